from __future__ import annotations

import os
from pathlib import Path

import pytest

from bge_desktop.watch.observers import Observation, Trouble, locate


def ignore(relative: str, is_folder: bool) -> None:
    """Take what is reported; these tests look at the observation itself."""


def test_locate_finds_a_folder_a_file_and_what_is_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/a.md").write_text("1")
    (tmp_path / "link").symlink_to("x/a.md")
    status = os.stat(tmp_path / "x")
    folder, file = locate(str(tmp_path / "x")), locate(str(tmp_path / "x/a.md"))
    assert folder
    assert file
    assert (folder.folder, folder.file) == (str(tmp_path / "x"), None)
    assert (folder.device, folder.inode) == (status.st_dev, status.st_ino)
    assert (file.folder, file.file) == (str(tmp_path / "x"), "a.md")
    assert locate(str(tmp_path / "link")) == file
    assert locate(str(tmp_path / "gone")) is None


def test_locate_tells_a_folder_from_the_one_that_took_its_place(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    before = locate(str(tmp_path / "x"))
    (tmp_path / "x").rename(tmp_path / "y")
    (tmp_path / "x").mkdir()
    assert locate(str(tmp_path / "x")) != before


@pytest.mark.parametrize("polled", [False, True])
def test_an_observation_is_sound_until_it_is_stopped(tmp_path: Path, polled: bool) -> None:
    place = locate(str(tmp_path))
    assert place
    observation = Observation(place, ignore, polled=polled)
    assert (observation.is_polled, observation.trouble()) == (polled, Trouble.NONE)
    observation.stop()
    assert observation.trouble() is Trouble.LOST


@pytest.mark.parametrize("polled", [False, True])
def test_a_place_that_is_gone_cannot_be_observed(tmp_path: Path, polled: bool) -> None:
    (tmp_path / "x").mkdir()
    place = locate(str(tmp_path / "x"))
    assert place
    (tmp_path / "x").rmdir()
    with pytest.raises((FileNotFoundError, PermissionError)):
        Observation(place, ignore, polled=polled)
