"""The largest that the worker may tell is shown without the main thread taking long over it.

Measured is the processor time that it takes for itself in a turn of its event loop, the least of several tries.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest

from bge_desktop.messages import (
    Box,
    FacetCount,
    Facets,
    Failure,
    FolderState,
    FolderStatus,
    LibraryStatus,
    PicturePreview,
    Progress,
    SearchAnswer,
    ShowPreview,
    Span,
    TablePreview,
    TextPreview,
)
from bge_desktop.ui.window import MainWindow
from bge_desktop.ui.window_pages import WindowPage
from tests.ui.stalls import Stalls

_LONGEST_S = 0.05
_TRIES = 3
_SHOWN_MS = 300
_FOLDERS = tuple(
    FolderStatus(f"/home/me/folder {number}", FolderState.INDEXING, files=9000 + number, pending=number, failed=200)
    for number in range(50)
)
_FAILURES = tuple(
    Failure(f"/home/me/folder {number % 50}/report {number}.pdf", "Damaged file", "It is cut off.", "pdf", 1.7e9)
    for number in range(10_000)
)
_PROGRESS = Progress(_FOLDERS, files=450_000, passages=900_000, pending=1275, busy=True, failures=_FAILURES[:50])
_STATUS = LibraryStatus(_FOLDERS, 450_000, 900_000, 10_000, 1275, (), 1 << 33, _FAILURES)


@pytest.fixture(autouse=True)
def without_the_objects_of_the_tests() -> Iterator[None]:
    """Keep the garbage collector from what the test run has left: the app has none of that."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def longest(qtbot) -> Callable[[Callable[[], None]], None]:
    """Check that nothing takes long that follows from an act."""

    def check(act: Callable[[], None]) -> None:
        worst = []
        for _ in range(_TRIES):
            with Stalls() as watch:
                act()
                qtbot.wait(_SHOWN_MS)
            worst.append(max(watch.turns, key=lambda turn: turn.main_s))
        best = min(worst, key=lambda turn: turn.main_s)
        assert best.main_s <= _LONGEST_S, "\n".join((f"{best.main_s:.3f} s", *best.stacks))

    return check


def test_fifty_folders_that_are_being_indexed(window: MainWindow, stage, longest):
    window.show_page(WindowPage.LIBRARY)
    longest(lambda: stage.worker.emit(_PROGRESS))


def test_ten_thousand_files_that_could_not_be_read(window: MainWindow, stage, longest):
    window.show_page(WindowPage.LIBRARY)
    window.library.show_failures_of(_FOLDERS[0].path)
    stage.worker.emit(_PROGRESS)
    longest(lambda: stage.worker.emit(_STATUS))


def test_filters_with_thousands_of_values(window: MainWindow, stage, ask, make_result, longest):
    ask("deposit", make_result())
    generation = stage.worker.newest_search().generation
    folders = tuple(FacetCount(f"/home/me/Documents/folder {number}", 10_000 - number) for number in range(5000))
    kinds = tuple(FacetCount(kind, 7) for kind in ("pdf", "docx", "txt", "md", "html", "zip", "other"))
    longest(lambda: stage.worker.emit(Facets(generation, folders, kinds, (FacetCount("en", 9),), ())))


def test_a_thousand_results(window: MainWindow, stage, ask, make_result, longest):
    ask("deposit", make_result())
    results = tuple(make_result(f"/home/me/Documents/lease {number}.pdf") for number in range(1000))
    generation = stage.worker.newest_search().generation
    longest(lambda: stage.worker.emit(SearchAnswer("deposit", generation, results, 12.0)))


def _picture(number: int) -> PicturePreview:
    marks = tuple(Box(0.1, row / 100, 0.9, row / 100 + 0.005) for row in range(100))
    pixels = bytes(4000 * 5600 * 4)
    return PicturePreview(number, "/home/me/Documents/lease.pdf", 4000, 5600, pixels, marks, marks, page=3, pages=9)


def _text(number: int) -> TextPreview:
    text = "The deposit is returned within two weeks. 押金在两周内退还。\n" * 400
    marks = tuple(Span(start, start + 7) for start in range(4, len(text) - 7, 60))
    return TextPreview(number, "/home/me/Documents/lease.pdf", text, Span(0, 500), marks)


def _table(number: int) -> TablePreview:
    rows = tuple(tuple(f"cell {row} {column}" for column in range(50)) for row in range(200))
    columns = tuple(map(str, range(50)))
    return TablePreview(number, "/home/me/Documents/lease.pdf", "Sheet1", 1, columns, rows, Span(3, 9), ((4, 4),))


@pytest.mark.parametrize("make", [_picture, _text, _table])
def test_large_previews(window: MainWindow, stage, ask, make_result, qtbot, longest, make):
    ask("deposit", make_result())
    qtbot.waitUntil(lambda: bool(stage.worker.of(ShowPreview)))
    preview = make(stage.worker.of(ShowPreview)[-1].number)
    longest(lambda: stage.worker.emit(preview))
