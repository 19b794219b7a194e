from __future__ import annotations

import pytest

from bge_desktop.extract.highlighting import styles
from bge_desktop.messages import Style


def _styled(name: str, text: str) -> list[tuple[str, Style]]:
    header, payload = styles({"name": name, "text": text})
    assert payload == b""
    return [(text[start:end], style) for start, end, style in header["styles"]]


def test_pieces_of_source_are_told_apart() -> None:
    found = _styled("a.py", 'def load(path):\n    return "词" + str(12)  # 😀 done\n')
    assert ("def", Style.KEYWORD) in found
    assert ("load", Style.NAME) in found
    assert ("词", Style.STRING) in found
    assert ("12", Style.NUMBER) in found
    assert ("# 😀 done", Style.COMMENT) in found


@pytest.mark.parametrize(
    ("name", "text", "piece"),
    [
        ("A.PY", "import os", "import"),
        ("Makefile", "# all\nall:\n", "all"),
        ("a.toml", "[pond]\n", "pond"),
        ("a.rs", "fn main() {}", "fn"),
        ("people.json", "name: Anna\n", "name"),
        ("birds.xml", "name: Anna\n", "name"),
    ],
)
def test_languages_are_known_by_the_names_of_files(name: str, text: str, piece: str) -> None:
    assert piece in [found for found, _ in _styled(name, text)]


def test_what_is_in_no_known_language_is_plain() -> None:
    assert _styled("a.unknown", "def load") == []
    assert _styled("noending", "def load") == []


def test_a_stretch_that_begins_anywhere_is_read_as_well_as_it_goes() -> None:
    assert ("return", Style.KEYWORD) in _styled("a.py", "a call)\n    return 1\n")
    assert len(_styled("a.py", "x = 1\n" * 30_000)) == 20_000
