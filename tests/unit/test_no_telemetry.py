"""That no library tells anybody that it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["bge_desktop.bge.openvino_encoder", "bge_desktop.extract.ocr"])
def test_openvino_brings_no_telemetry_into_a_process(module):
    script = f"import sys, {module}, openvino, rapidocr; sys.exit(any('telemetry' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0


def test_a_hub_learns_nothing_but_what_is_asked_of_it():
    script = (
        "import sys\nfrom bge_desktop.bge import hub\nhub._hub()\nfrom huggingface_hub import constants\n"
        "off = constants.HF_HUB_DISABLE_TELEMETRY and constants.HF_HUB_DISABLE_IMPLICIT_TOKEN\nsys.exit(not off)"
    )
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0


def test_the_process_of_the_window_has_nothing_that_speaks_with_a_hub():
    script = "import sys, bge_desktop.worker, bge_desktop.ui.app; sys.exit('huggingface_hub' in sys.modules)"
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0
