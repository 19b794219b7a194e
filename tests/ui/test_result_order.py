from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from bge_desktop.ui.result_order import Order, in_order


@pytest.fixture
def locale(request) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


def names(results) -> list[str]:
    return [result.path.rpartition("/")[2] for result in results]


@pytest.mark.parametrize("locale", ["C", "en_US"], indirect=True)
def test_names_are_ordered_as_people_order_them(locale, make_result):
    given = ["b.txt", "Report 10.txt", "report 9.txt", "Ärger.txt", "A.txt"]
    ordered = names(in_order([make_result(f"/d/{name}") for name in given], Order.NAME))
    assert ordered == ["A.txt", "Ärger.txt", "b.txt", "report 9.txt", "Report 10.txt"]


@pytest.mark.parametrize("locale", ["zh_CN"], indirect=True)
def test_chinese_names_are_ordered_by_how_they_are_read(locale, make_result):
    given = ["租约.pdf", "合同.pdf", "北京.pdf"]
    assert names(in_order([make_result(f"/d/{name}") for name in given], Order.NAME)) == given[::-1]


def test_the_newest_come_first_and_equal_ones_stay_best_first(make_result):
    given = [make_result("/d/old", modified=1.0), make_result("/d/new", modified=9.0), make_result("/d/o2", modified=1)]
    assert names(in_order(given, Order.DATE)) == ["new", "old", "o2"]
    same = [make_result(f"/{folder}/same.txt") for folder in "zab"]
    assert in_order(same, Order.NAME) == same


def test_by_relevance_the_order_is_the_answers(make_result):
    given = [make_result(f"/d/{name}") for name in "cab"]
    assert in_order(given, Order.RELEVANCE) == given
