from __future__ import annotations

from bge_desktop.extract.settings_text import read_sections, read_yaml


def test_sections_are_places_and_the_text_is_as_it_was() -> None:
    source = "# top\r\n[server]\r\nport = 1\r\n\r\n[[items]]\r\nname = '苍鹭'\r\n"
    document = read_sections(source.encode())
    assert document.text == source.replace("\r\n", "\n")
    assert [place.label for place in document.places] == ["line 2: [server]", "line 5: [items]"]


def test_the_topmost_keys_of_yaml_are_places() -> None:
    document = read_yaml('a: 1\n"b c":\n  d: 2\n# e: 3\n- f: 4\n王: 5\n'.encode())
    assert [place.label for place in document.places] == ["line 1: a", "line 2: b c", "line 5: f", "line 6: 王"]
