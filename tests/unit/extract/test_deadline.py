from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bge_desktop.extract import deadline
from bge_desktop.extract.readers import Readers, ReadResult
from tests.unit.extract.test_readers import read

FILM = Path(__file__).parents[2] / "data" / "hostile" / "lengths that lie.mov"


def test_what_a_call_returns_or_raises_comes_back() -> None:
    assert deadline.within(60, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        deadline.within(60, lambda: 1 // 0)
    assert not deadline.is_stuck()


def test_a_call_that_does_not_come_back_is_given_up() -> None:
    script = (
        "import time\n"
        "from bge_desktop.extract import deadline\n"
        "try:\n    deadline.within(0.1, lambda: time.sleep(600))\n"
        "except TimeoutError:\n    print(deadline.is_stuck())\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert finished.stdout == "True\n"


@pytest.mark.usefixtures("nothing_is_left_behind")
def test_a_film_that_hangs_its_library_is_found_by_its_name_and_its_reader_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    readers = Readers()
    [film] = read(readers, FILM)
    [text] = read(readers, tmp_path / "a.txt")
    readers.close()
    assert isinstance(film, ReadResult)
    assert (film.kind, film.text) == ("video", "")
    assert isinstance(text, ReadResult)
