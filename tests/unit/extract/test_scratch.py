"""Folders for what is only passing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bge_desktop.extract.scratch import scratch_folder, sweep


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def dead() -> int:
    """Return the number of a process that is gone."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_what_a_killed_process_left_is_swept(temporary: Path, dead: int) -> None:
    for role in ("reader", "converter"):
        left = temporary / f"bge-desktop-{role}-{dead}-abc_1234"
        left.mkdir()
        (left / "a.txt").touch()
    sweep()
    assert list(temporary.iterdir()) == []


def test_what_is_in_use_or_somebody_elses_stays(temporary: Path, dead: int) -> None:
    with scratch_folder("reader") as used:
        (temporary / f"bge-desktop-papers-{dead}-abc").mkdir()
        (temporary / f"bge-desktop-reader-{dead}-file").touch()
        (temporary / "theirs").mkdir()
        os.symlink(temporary / "theirs", temporary / f"bge-desktop-reader-{dead}-link")
        before = set(temporary.iterdir())
        sweep()
        assert set(temporary.iterdir()) == before
        assert os.path.isdir(used)
    assert not os.path.exists(used)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives folders away")
def test_what_another_persons_process_left_stays(temporary: Path, dead: int) -> None:
    left = temporary / f"bge-desktop-reader-{dead}-abc"
    left.mkdir()
    os.chown(left, 65534, 65534)
    sweep()
    assert left.exists()


def test_without_a_temporary_folder_nothing_is_swept(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "nowhere"))
    sweep()
