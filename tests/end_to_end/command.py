"""The installed command, run as a person or a script runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

COMMAND = os.path.join(os.path.dirname(sys.executable), "bge-desktop")


def run(*arguments, check=True, timeout=170, **options):
    """Run the installed command; return the finished process with its output as text."""
    finished = subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=timeout, check=False, **options
    )
    assert not check or finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr, finished.stderr
    return finished


def run_json(*arguments, **options):
    """Run the command with --json; return the one object that it prints."""
    return json.loads(run(*arguments, "--json", **options).stdout)
