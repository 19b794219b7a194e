"""The preview of real documents, by the real worker and its processes."""

from __future__ import annotations

import os
import time

import psutil
import pytest

from bge_desktop import resources
from bge_desktop.messages import AddFolder, PicturePreview, Preview, ShowPreview, TextPreview
from tests.end_to_end.client import Client


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    before = set(psutil.Process().children())
    own = Client(tmp_path_factory.mktemp("preview") / "library")
    own.worker.submit(AddFolder(resources.path("samples")))
    assert own.worker.wait_until_idle(170)
    yield own
    own.worker.stop()
    assert own.errors == []
    left = set(psutil.Process().children()) - before
    assert not [child for child in left if child.status() != psutil.STATUS_ZOMBIE]


def _shown(client, query, name, number):
    """Return what the worker shows of the document that a query finds."""
    result = next(own for own in client.search(query).results if os.path.basename(own.path) == name)
    place = (result.start, result.end, result.page, result.place)
    client.worker.submit(ShowPreview(number, result.path, *place, query, 800))
    deadline = time.monotonic() + 60
    while True:
        event = client.events.get(timeout=deadline - time.monotonic())
        if isinstance(event, Preview) and event.number == number:
            return result, event


@pytest.mark.parametrize(
    ("query", "name", "number"),
    [
        ("押金什么时候退还", "租房合同 枫桥苑.pdf", 1),
        ("how much notice must I give before moving out", "Tenancy agreement - 18 Harbour Row.pdf", 2),
    ],
)
def test_a_page_is_shown_with_its_passage(client, query, name, number):
    result, shown = _shown(client, query, name, number)
    assert isinstance(shown, PicturePreview)
    assert (shown.width, shown.page) == (800, result.page)
    assert len(shown.pixels) == 4 * shown.width * shown.height
    assert shown.boxes
    assert shown.marks
    for box in (*shown.boxes, *shown.marks):
        assert 0 <= box.left < box.right <= 1
        assert 0 <= box.top < box.bottom <= 1


def test_a_text_is_shown_with_its_passage(client):
    name = "Staff handbook - leave and expenses.html"
    result, shown = _shown(client, "how many days of annual leave", name, 3)
    assert isinstance(shown, TextPreview)
    assert shown.text[shown.passage.start : shown.passage.end] == result.passage
    assert shown.marks
    assert shown.styles
