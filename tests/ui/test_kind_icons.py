from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QColor

from bge_desktop import resources
from bge_desktop.search.kinds import KINDS
from bge_desktop.ui import theme
from bge_desktop.ui.theme import kind_icon

OWN = {"fold", "unfold", "export"}
ENDINGS = sorted({ending for endings in KINDS.values() for ending in endings})


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_kind_that_can_be_asked_for_has_an_icon(ending):
    name = kind_icon(f"/d/a.{ending}")
    assert name != "file"
    assert os.path.isfile(resources.path("icons", f"{name}.svg"))


@pytest.mark.parametrize(
    ("name", "icon"),
    [
        ("Lease.PDF", "pdf"),
        ("budget.xlsx", "sheet"),
        ("a.tar.gz", "archive"),
        ("main.py", "code"),
        ("notes.md", "text"),
        ("README", "file"),
        ("a.unknown", "file"),
        (".zip", "file"),
        ("caf\udce9.mp3", "audio"),
    ],
)
def test_the_ending_tells_the_icon(name, icon):
    assert kind_icon(f"/d/{name}") == icon


@pytest.mark.parametrize("name", sorted({kind_icon(f"a.{ending}") for ending in ENDINGS} | OWN))
def test_every_icon_draws_something_inside_its_edges(qapp, name):
    image = theme.pixmap(name, 48, QColor("black"), 1.0).toImage()
    inked = [(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 30]
    assert len(inked) > 40
    assert all(1 < x < 46 and 1 < y < 46 for x, y in inked)
