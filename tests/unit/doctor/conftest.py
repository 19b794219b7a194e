"""A library filled by hand, closed, for looks that only read."""

from __future__ import annotations

import contextlib

import pytest

from bge_desktop.library.library import Library
from tests.unit.library.conftest import Desk

TEXTS = {"a.txt": "The boiler was serviced.\n锅炉已经检修。", "b.txt": "The hedge was cut.", "c.txt": "围巾洗好了。"}


@pytest.fixture
def library(tmp_path):
    folder = str(tmp_path / "library")
    with contextlib.closing(Library(folder)) as opened:
        desk = Desk(opened, str(tmp_path / "documents"))
        for name, text in TEXTS.items():
            desk.put(name, text)
        desk.embed()
    return folder


@pytest.fixture
def change(library):
    """Change the database behind the app's back."""

    def changed(*statements: str) -> None:
        with contextlib.closing(Library(library)) as opened:
            opened.db.execute("PRAGMA foreign_keys = OFF")
            for sql in statements:
                opened.db.execute(sql)

    return changed
