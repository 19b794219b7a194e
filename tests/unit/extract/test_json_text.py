from __future__ import annotations

import json

import pytest

from bge_desktop.extract.json_text import looks_like_json, read_json


def test_keys_and_values_are_lines_and_records_have_places() -> None:
    content = {"title": "Birds", "count": 2, "people": [{"name": "王小明", "tags": ["a", "b"]}, {"name": "Anna\nB."}]}
    document = read_json(json.dumps(content).encode())
    assert (document.kind, document.title) == ("data", "Birds")
    assert document.text == "title: Birds\ncount: 2\n\nname: 王小明\ntags: a\ntags: b\n\nname: Anna\nB."
    assert [place.label for place in document.places] == ["line 1", "line 1: people[0]", "line 1: people[1]"]


def test_each_line_of_json_lines_is_a_record() -> None:
    document = read_json(b'{"a": "x"}\n{"a": "y"}\n\n{"a": "z"}\n')
    assert document.text == "a: x\n\na: y\n\na: z"
    assert [place.label for place in document.places] == ["line 1", "line 2", "line 4"]


@pytest.mark.parametrize("source", [b'{"a": "x", "b": ', b'{"a": "x", "b"', b'["a: x"', b"{a: x}"])
def test_what_follows_a_mistake_or_is_cut_off_is_still_read(source: bytes) -> None:
    assert "x" in read_json(source).text


def test_data_in_base64_is_left_out() -> None:
    assert read_json(json.dumps({"picture": "QUJD" * 5000, "note": "words"}).encode()).text == "note: words"


def test_depth_costs_no_stack() -> None:
    assert read_json(b'[{"a":' * 200_000 + b'"deep"').text == "a: deep"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('{"level": "info"}', True),
        ("{}", True),
        ('[\n  {"a": 1}', True),
        ('["a", "b"]', True),
        ("[1, 2]", True),
        ("[2026-11-25 12:00] started", False),
        ("[INFO] started", False),
        ("[[wiki link]] text", False),
        ("[1] A reference, 2020", False),
        ("{ return; }", False),
        ("[section]\nkey=value", False),
    ],
)
def test_json_is_known_by_how_it_begins(head: str, expected: bool) -> None:
    assert looks_like_json(head) is expected
