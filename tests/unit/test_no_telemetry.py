"""That no library tells anybody that it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["bge_desktop.bge.openvino_encoder", "bge_desktop.extract.ocr"])
def test_openvino_brings_no_telemetry_into_a_process(module):
    script = f"import sys, {module}, openvino, rapidocr; sys.exit(any('telemetry' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0
