"""semantra, run as its users run it, in an environment of its own: it wants an older NumPy than the other peers."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess

from tests.benchmarks.figures import seconds_of
from tests.benchmarks.peer import PeerMissingError

COMMAND = os.environ.get("BGE_DESKTOP_SEMANTRA", os.path.join("build", "semantra", "bin", "semantra"))


def semantra_seconds(model: str, files: str, work: str) -> float:
    """Return the seconds in which it makes the files of a folder searchable, its start included.

    Raises:
        PeerMissingError: it is not installed, or fails.
    """
    if not os.path.exists(COMMAND):
        raise PeerMissingError("not installed: run `make peers`")
    kept = os.path.join(work, "semantra")
    shutil.rmtree(kept, ignore_errors=True)
    options = ["--transformer-model", model, "--no-server", "--silent", "--semantra-dir", kept]
    command = [COMMAND, *options, *sorted(glob.glob(os.path.join(glob.escape(files), "*")))]
    try:
        return seconds_of(lambda: subprocess.run(command, check=True, capture_output=True, text=True))
    except subprocess.CalledProcessError as error:
        raise PeerMissingError(f"it fails: {error.stderr.strip().splitlines()[-1]}") from error
