from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from bge_desktop.ui.rows_model import RowsModel


@dataclass(frozen=True)
class Named:
    key: str
    text: str = ""

    def looks_like(self, other: object) -> bool:
        return self == other


class Names(RowsModel[Named]):
    def data(self, index, role=0):
        return self._rows[index.row()].key if role == 0 else None


@pytest.fixture
def model(qapp):
    made = Names()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    tester.deleteLater()


def steps_of(model: Names) -> list[tuple[object, ...]]:
    seen: list[tuple[object, ...]] = []
    for name in ("rowsInserted", "rowsRemoved"):
        getattr(model, name).connect(lambda _, first, last, name=name: seen.append((name, first, last)))
    model.layoutChanged.connect(lambda: seen.append(("layoutChanged",)))
    model.dataChanged.connect(lambda first, last: seen.append(("dataChanged", first.row(), last.row())))
    return seen


@pytest.mark.parametrize(
    ("before", "after", "steps"),
    [
        ("", "abc", [("rowsInserted", 0, 2)]),
        ("abc", "", [("rowsRemoved", 0, 2)]),
        ("abc", "abXYc", [("rowsInserted", 2, 3)]),
        ("abXYc", "abc", [("rowsRemoved", 2, 3)]),
        ("abc", "Xabc", [("rowsInserted", 0, 0)]),
        ("abc", "abcX", [("rowsInserted", 3, 3)]),
        ("abXc", "abYc", [("rowsRemoved", 2, 2), ("rowsInserted", 2, 2)]),
        ("abcd", "acbd", [("layoutChanged",)]),
        ("aXbYc", "aPbQc", [("layoutChanged",), ("rowsRemoved", 2, 3), ("rowsInserted", 2, 3), ("layoutChanged",)]),
        ("aaa"[:1], "a", []),
    ],
)
def test_no_more_steps_are_taken_than_the_difference_needs(model, before, after, steps):
    model.become([Named(key) for key in before])
    seen = steps_of(model)
    model.become([Named(key) for key in after])
    assert seen == steps
    assert "".join(model.index(row).data() for row in range(model.rowCount())) == after


def test_only_the_stretch_that_looks_different_is_announced(model):
    model.become([Named(key) for key in "abcdef"])
    seen = steps_of(model)
    model.become([Named(key, "new" if key in "bd" else "") for key in "abcdef"])
    assert seen == [("dataChanged", 1, 3)]


def test_indices_follow_their_rows_through_any_change(model):
    choose = random.Random(2)
    model.become([Named(str(number)) for number in range(40)])
    for _ in range(50):
        kept = {key: QPersistentModelIndex(model.index(row)) for row, key in enumerate(keys(model))}
        wanted = [Named(str(number)) for number in choose.sample(range(60), choose.randrange(40))]
        model.become(wanted)
        assert keys(model) == [row.key for row in wanted]
        for key, index in kept.items():
            assert index.isValid() == (key in keys(model))
            assert not index.isValid() or index.data() == key


def keys(model: Names) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]
