from __future__ import annotations

import os
from pathlib import Path

import pytest

from bge_desktop.watch import volumes
from bge_desktop.watch.mounts import Mount
from bge_desktop.watch.volumes import Volumes


def name(path: Path) -> str:
    return Volumes().name(os.stat(path).st_dev, str(path))


def test_one_file_system_has_one_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert name(tmp_path) == name(tmp_path / "sub") != ""


def test_a_share_is_called_by_its_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for source, kind in (("nas:/export", "nfs4"), ("//nas/papers", "cifs"), ("me@nas:", "fuse.sshfs")):
        table = (Mount(str(tmp_path), source, kind, "rw"),)
        monkeypatch.setattr(volumes, "mounts", lambda table=table: table)
        assert name(tmp_path) == source
    monkeypatch.setattr(volumes, "mounts", lambda: (Mount(str(tmp_path), "portal", "fuse.portal", "rw"),))
    assert name(tmp_path) != "portal"


def test_a_disk_is_called_by_its_uuid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "1234-ABCD").symlink_to("/dev/null")
    (tmp_path / "gone").symlink_to("nowhere")
    monkeypatch.setattr(volumes, "_DISKS", str(tmp_path))
    (tmp_path / "gone").unlink()
    assert Volumes().name(os.stat("/dev/null").st_rdev, str(tmp_path)) == "uuid 1234-ABCD"


def test_what_says_nothing_of_itself_is_called_by_its_number() -> None:
    assert Volumes().name(77, "/nowhere") == "77"
