from __future__ import annotations

from pathlib import Path

from bge_desktop.extract.regular_files import opened, read_up_to


def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"words")
    for most, data in ((5, b"words"), (4, None), (1 << 40, b"words")):
        with opened(str(tmp_path / "a")) as stream:
            assert read_up_to(stream, most) == data
