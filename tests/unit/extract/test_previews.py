"""What a reader process says is believed only where it can be true: it may have been taken over."""

from __future__ import annotations

from typing import Any

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.pictures import LONGEST_SIDE
from bge_desktop.extract.previews import Wanted, drawn, recognised, rows, styles
from bge_desktop.messages import Span, Style, StyledSpan

WANTED = Wanted("/a.pdf", "", 1, 100)
TRUE = {"width": 2, "height": 1, "page": 1, "pages": 1, "text": "a", "is_scan": False}
PAYLOAD = bytes(8) + bytes(8)


def _saying(header: Any, payload: bytes = b""):
    return lambda request: (header, payload)


def test_what_can_be_true_is_believed() -> None:
    found = drawn(_saying(TRUE, PAYLOAD), WANTED)
    assert found is not None
    assert (found.width, found.height, found.page, found.letters.text) == (2, 1, 1, "a")
    assert drawn(_saying({"undrawn": True}), WANTED) is None


@pytest.mark.parametrize(
    "lie",
    [
        {"width": 0},
        {"width": -2},
        {"width": True},
        {"width": 2.0},
        {"width": "2"},
        {"width": None},
        {"width": LONGEST_SIDE + 1, "height": 1},
        {"width": LONGEST_SIDE, "height": LONGEST_SIDE},
        {"width": 3},
        {"page": 2},
        {"page": 0},
        {"pages": 0},
        {"pages": 10**9},
        {"text": "ab"},
        {"text": None},
        {"text": ["a"]},
    ],
)
def test_a_picture_that_cannot_be_is_refused(lie: dict[str, Any]) -> None:
    with pytest.raises(ExtractionError, match="gave nonsense"):
        drawn(_saying({**TRUE, **lie}, PAYLOAD), WANTED)


@pytest.mark.parametrize("left_out", list(TRUE))
def test_a_picture_of_which_something_is_not_told_is_refused(left_out: str) -> None:
    with pytest.raises(ExtractionError, match="gave nonsense"):
        drawn(_saying({key: value for key, value in TRUE.items() if key != left_out}, PAYLOAD), WANTED)


@pytest.mark.parametrize("payload", [b"", PAYLOAD[:-1], PAYLOAD + b"x"])
def test_pixels_that_are_not_as_many_as_told_are_refused(payload: bytes) -> None:
    with pytest.raises(ExtractionError, match="gave nonsense"):
        drawn(_saying(TRUE, payload), WANTED)


@pytest.mark.parametrize("header", [{}, {"text": 1}, {"text": "ab"}, {"text": "x" * 1_000_001}])
def test_letters_that_cannot_be_are_refused(header: dict[str, Any]) -> None:
    with pytest.raises(ExtractionError, match="gave nonsense"):
        recognised(_saying(header, bytes(8)), WANTED)


def test_rows_are_what_they_can_be() -> None:
    assert rows(_saying({"rows": [[2, {"1": "a", "3": "c"}]]}), "/a.csv", 1, 5) == {2: {1: "a", 3: "c"}}
    for lie in ([[9, {}]], [[0, {}]], [[1, {"0": "a"}]], [[1, {"x": "a"}]], [[1]], [5], None):
        with pytest.raises(ExtractionError, match="gave nonsense"):
            rows(_saying({"rows": lie}), "/a.csv", 1, 5)


def test_styles_are_what_they_can_be() -> None:
    told = {"styles": [[0, 2, "keyword"], [2, 4, "name"]]}
    assert styles(_saying(told), "a.py", "text") == (
        StyledSpan(Span(0, 2), Style.KEYWORD),
        StyledSpan(Span(2, 4), Style.NAME),
    )
    lies = ([[0, 5, "name"]], [[-1, 2, "name"]], [[2, 1, "name"]], [[0, 2, "name"], [1, 3, "name"]], [[0, 1, "loud"]])
    for lie in (*lies, [[0, 1.5, "name"]], [[0]], [1], None):
        with pytest.raises(ExtractionError, match="gave nonsense"):
            styles(_saying({"styles": lie}), "a.py", "text")
