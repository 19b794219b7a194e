"""That no library tells anybody that it is used."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["bge_desktop.bge.openvino_encoder", "bge_desktop.extract.ocr"])
def test_openvino_brings_no_telemetry_into_a_process(module):
    script = f"import sys, {module}, openvino, rapidocr; sys.exit(any('telemetry' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0


@pytest.mark.parametrize(
    "prepare",
    [
        "from bge_desktop.bge import hub; hub._hub()",
        "from bge_desktop.cli import mteb; mteb.mteb_package.prepare(is_online=True)",
    ],
)
def test_a_hub_learns_nothing_but_what_is_asked_of_it(prepare):
    script = f"{prepare}\n" + (
        "import sys\nsys.modules.pop('pandas', None)\nimport datasets.config\n"
        "from huggingface_hub import constants, utils\n"
        "assert constants.HF_HUB_DISABLE_TELEMETRY and not datasets.config.HF_UPDATE_DOWNLOAD_COUNTS\n"
        "assert constants.HF_HUB_DISABLE_XET and constants.HF_HUB_DISABLE_UPDATE_CHECK\n"
        "assert 'authorization' not in utils.build_hf_headers()\n"
    )
    saved = {**os.environ, "HF_TOKEN": "hf_of_the_person"}
    subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=True, env=saved)


def test_the_process_of_the_window_holds_no_pandas_though_there_is_one():
    script = "import sys, bge_desktop.worker, bge_desktop.ui.app; sys.exit(sys.modules['pandas'] is not None)"
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0


def test_the_process_of_the_window_has_nothing_that_speaks_with_a_hub():
    script = "import sys, bge_desktop.worker, bge_desktop.ui.app; sys.exit('huggingface_hub' in sys.modules)"
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0
