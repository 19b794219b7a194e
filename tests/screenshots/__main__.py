"""Takes the pictures of docs/screenshots: `python -m tests.screenshots DIR`.

Each visit is the real app in a process of its own, on Qt's offscreen platform, in the home of a made-up person: no path
of the machine that it runs on is to be seen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.screenshots.home import make_home
from tests.screenshots.visits import VISITS

_LIBRARY = os.path.join(".local", "share", "bge-desktop")
_LIMIT_S = 300


def take(target: str) -> None:
    """Take all pictures."""
    target = os.path.abspath(target)
    os.makedirs(target, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        make_home(home)
        for name, visit in VISITS.items():
            command = [sys.executable, "-m", "tests.screenshots.visits", name, target, os.path.join(home, _LIBRARY)]
            subprocess.run(command, env=_environment(home, visit.locale), check=True, timeout=_LIMIT_S)


def _environment(home: str, locale: str) -> dict[str, str]:
    own = {"HOME": home, "USERPROFILE": home, "QT_QPA_PLATFORM": "offscreen", "LANG": locale}
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "LC_", "LANG"))}
    return {**kept, **own}


if __name__ == "__main__":
    take(sys.argv[1])
