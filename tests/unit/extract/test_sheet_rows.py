from __future__ import annotations

from pathlib import Path

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.sheet_rows import rows


def _rows(path: Path, first: int, last: int):
    return rows({"path": str(path), "label": "", "first": first, "last": last})[0]["rows"]


def test_values_stand_in_their_columns_and_the_first_row_is_always_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,size,note\n" + "".join(f"bird {n},,seen {n}\n" for n in range(2, 50)))
    assert _rows(tmp_path / "a.csv", 10, 11) == [
        [1, {1: "name", 2: "size", 3: "note"}],
        [10, {1: "bird 10", 3: "seen 10"}],
        [11, {1: "bird 11", 3: "seen 11"}],
    ]


def test_of_a_monster_little_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",".join(["x" * 5000] * 300) + "\n")
    ((_, cells),) = _rows(tmp_path / "a.csv", 1, 1)
    assert (max(cells), {len(text) for text in cells.values()}) == (200, {1000})


def test_a_file_that_is_gone_has_its_reason(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="Vanished"):
        _rows(tmp_path / "gone.csv", 1, 2)
