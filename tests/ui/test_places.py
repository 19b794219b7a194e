from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from bge_desktop.ui.places import elided_place

PLACE = "2024/work/finance/reports/quarterly report of the whole company.xlsx › Sheet1!B7"


@pytest.fixture
def metrics(qapp):
    return QFontMetrics(QFont())


def shown(metrics, share: float, place: str = PLACE, page: str = "page 12", *, has_folders: bool = True) -> str:
    width = round(metrics.horizontalAdvance(f"{place}, {page}") * share)
    text = elided_place(place, page, metrics, width, has_folders=has_folders)
    assert metrics.horizontalAdvance(text) <= width
    return text


def test_a_place_that_fits_is_whole(metrics):
    assert shown(metrics, 1.0) == f"{PLACE}, page 12"


def test_the_folders_of_a_member_go_first(metrics):
    assert shown(metrics, 0.85) == "…/quarterly report of the whole company.xlsx › Sheet1!B7, page 12"


def test_then_the_middle_goes_and_the_name_the_cell_and_the_page_stay(metrics):
    text = shown(metrics, 0.45)
    assert text.startswith("…/quarterly")
    assert text.endswith("Sheet1!B7, page 12")


def test_folders_are_told_from_headings(metrics):
    assert shown(metrics, 0.9, "TCP/IP: a long introduction", has_folders=False).startswith("TCP/IP")


@pytest.mark.parametrize(("place", "page", "text"), [("", "page 3", "page 3"), ("a.txt", "", "a.txt"), ("", "", "")])
def test_what_there_is_not_leaves_no_trace(metrics, place, page, text):
    assert elided_place(place, page, metrics, 1000, has_folders=True) == text


def test_no_room_leaves_the_page(metrics):
    assert elided_place(PLACE, "page 12", metrics, 0, has_folders=True).endswith(", page 12")
