"""The package `mteb`: clearly missed where it is missing, and silent where it is there."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest

from bge_desktop.errors import RequestError
from bge_desktop.evaluate import mteb_package


def test_without_it_the_way_to_install_it_is_told(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(RequestError, match=r'pip install "bge-desktop\[mteb\]"'):
        mteb_package.prepare(is_online=False)


@pytest.mark.parametrize("is_online", [False, True])
def test_nothing_is_told_and_only_public_tasks_go_online(is_online):
    script = (
        "from bge_desktop.evaluate import mteb_package\n"
        f"mteb_package.prepare(is_online={is_online})\n"
        "import datasets.config, huggingface_hub.constants as hub\n"
        "assert hub.HF_HUB_DISABLE_TELEMETRY and not datasets.config.HF_UPDATE_DOWNLOAD_COUNTS\n"
        f"assert hub.HF_HUB_OFFLINE is not {is_online}\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=True, env=environment)


def test_no_other_command_and_no_window_imports_it():
    script = (
        "import sys\n"
        "from bge_desktop.cli import doctor, evaluate, index, main, search, similar, status\n"
        "import bge_desktop.ui.app\n"
        "main._parser()\n"
        "sys.exit(any(name in sys.modules for name in ('mteb', 'datasets', 'torch')))"
    )
    assert subprocess.run([sys.executable, "-P", "-c", script], timeout=120, check=False).returncode == 0
