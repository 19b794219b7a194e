from __future__ import annotations

import pytest

from bge_desktop.watch.mounts import Mount, concerns, is_remote, mount_of, mounts

TABLE = (
    Mount("/", "/dev/sda1", "ext4", "rw"),
    Mount("/mnt/nas", "systemd-1", "autofs", "rw"),
    Mount("/mnt/nas", "nas:/export", "nfs4", "rw,vers=4.2"),
    Mount("/mnt/nas/local", "/dev/sdb1", "ext4", "rw"),
    Mount("/home/me/phone", "jmtpfs", "fuse.jmtpfs", "rw"),
    Mount("/home/me/stick", "/dev/sdc1", "fuseblk", "rw"),
)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("/", "/dev/sda1"),
        ("/home/me", "/dev/sda1"),
        ("/mnt/nashville", "/dev/sda1"),
        ("/mnt/nas", "nas:/export"),
        ("/mnt/nas/papers", "nas:/export"),
        ("/mnt/nas/local/papers", "/dev/sdb1"),
    ],
)
def test_the_nearest_mount_above_holds_a_path_and_of_several_in_one_place_the_last(path: str, source: str) -> None:
    mount = mount_of(path, TABLE)
    assert mount
    assert mount.source == source


def test_without_a_table_no_mount_is_known() -> None:
    assert mount_of("/home", ()) is None
    assert not is_remote("/home", ())


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/home/me", False), ("/mnt/nas/a", True), ("/mnt/nas/local/a", False), ("/home/me/phone", True)],
)
def test_what_lies_on_another_machine_is_known_by_its_mount(path: str, expected: bool) -> None:
    assert is_remote(path, TABLE) is expected


@pytest.mark.parametrize("kind", ["nfs", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "vboxsf", "SMBFS"])
def test_kinds_that_tell_of_nothing_are_remote(kind: str) -> None:
    assert Mount("/m", "x", kind, "rw").is_remote


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "xfs", "tmpfs", "vfat", "fuseblk", "apfs", "NTFS"])
def test_local_kinds_are_not(kind: str) -> None:
    assert not Mount("/m", "x", kind, "rw,fixed").is_remote


def test_a_drive_that_windows_calls_remote_is() -> None:
    assert Mount("Z:\\", "Z:\\", "NTFS", "rw,remote").is_remote


def test_a_mount_concerns_the_roots_above_and_below_it() -> None:
    assert concerns("/home/me/stick", "/home/me")
    assert concerns("/home", "/home/me")
    assert concerns("/home/me", "/home/me")
    assert not concerns("/home/me/stick", "/home/me/sticky")


def test_the_system_tells_its_mounts() -> None:
    assert mount_of("/", mounts()) is not None
