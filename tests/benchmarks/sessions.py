"""The app in a process of its own, on Qt's offscreen platform, and what it tells."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def session(name: str, *arguments: object) -> Iterator[tuple[subprocess.Popen[bytes], Iterator[dict[str, Any]]]]:
    """Run a session of `window_sessions`; give its process, and one thing after the other that it tells."""
    command = [sys.executable, "-m", "tests.benchmarks.window_sessions", name, *map(str, arguments)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as app:
        assert app.stdout
        try:
            yield app, map(json.loads, app.stdout)
        finally:
            app.terminate()
