from __future__ import annotations

import random
from itertools import permutations

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from bge_desktop.messages import FoundPassage, FoundPassages, PassagePlace, Sentences, Span, Why
from bge_desktop.ui.result_order import Order
from bge_desktop.ui.result_rows import RowKind
from bge_desktop.ui.result_texts import place_text
from bge_desktop.ui.results_model import ResultsModel, Role


@pytest.fixture
def model(qapp):
    made = ResultsModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    tester.deleteLater()


def changes_of(model: ResultsModel) -> list[str]:
    """Return a list to which the name of every signal is added that says that the rows have changed."""
    seen: list[str] = []
    for name in ("rowsInserted", "rowsRemoved", "rowsMoved", "modelReset", "layoutChanged", "dataChanged"):
        getattr(model, name).connect(lambda *_, name=name: seen.append(name))
    return seen


def test_every_order_can_become_every_other(model, make_result):
    results = [make_result(f"/d/{name}.txt") for name in "abcd"]
    for order in permutations(results):
        model.set_results(order)
        assert model.results() == order


def test_random_lists_replace_each_other(model, make_result):
    choose = random.Random(0)
    results = [make_result(f"/d/{number}.txt") for number in range(30)]
    for _ in range(60):
        wanted = choose.sample(results, choose.randrange(20))
        model.set_results(wanted)
        assert model.results() == tuple(wanted)


def test_the_same_rows_only_change_their_data(model, make_result, qtbot):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    changes = changes_of(model)
    with qtbot.waitSignal(model.dataChanged) as change:
        model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt", page=9)])
    assert change.args[0].row() == 1
    assert changes == ["dataChanged"]


def test_the_same_answer_twice_changes_nothing(model, make_result):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    changes = changes_of(model)
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    assert changes == []


def test_scores_alone_change_nothing_that_is_shown(model, make_result):
    model.set_results([make_result("/d/a.txt", score=2.0), make_result("/d/b.txt", score=1.0)])
    changes = changes_of(model)
    model.set_results([make_result("/d/a.txt", score=1.5), make_result("/d/b.txt", score=1.2)])
    assert changes == []
    assert [result.score for result in model.results()] == [1.5, 1.2]


def test_meaning_after_words_in_the_same_order_changes_only_the_rows_that_look_different(model, make_result):
    model.set_results([make_result("/d/a.txt", why=Why.WORDS), make_result("/d/b.txt", why=Why.WORDS)])
    changes = changes_of(model)
    model.set_results([make_result("/d/a.txt", why=Why.WORDS, score=0.4), make_result("/d/b.txt", why=Why.MEANING)])
    assert changes == ["dataChanged"]


def test_one_more_document_at_the_end_is_one_row_inserted(model, make_result):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    changes = changes_of(model)
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt"), make_result("/d/c.txt")])
    assert changes == ["rowsInserted"]


def test_another_order_only_moves_rows(model, make_result):
    a, b, c = (make_result(f"/d/{name}.txt") for name in "abc")
    model.set_results([a, b, c])
    changes = changes_of(model)
    model.set_results([c, a, b])
    assert changes == ["layoutChanged"]
    assert model.results() == (c, a, b)
    model.set_results([b, a, c])
    assert set(changes) == {"layoutChanged"}


def test_a_row_keeps_its_index_when_others_come_before_it(model, make_result):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    kept = QPersistentModelIndex(model.index(1))
    model.set_results([make_result("/d/c.txt"), make_result("/d/b.txt"), make_result("/d/a.txt")])
    assert kept.data(Role.RESULT).path == "/d/b.txt"
    assert kept.row() == 1


def test_sentences_arrive_later(model, make_result, qtbot):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    with qtbot.waitSignal(model.dataChanged):
        model.set_sentences(Sentences(1, (("/d/b.txt", Span(0, 3)), ("/d/gone.txt", Span(0, 1)))))
    assert [result.sentence for result in model.results()] == [None, Span(0, 3)]


def test_a_sentence_that_arrives_later_brings_its_place(model, make_result):
    places = (PassagePlace(0, "00:00:01"), PassagePlace(12, "00:01:05"))
    model.set_results([make_result("/d/film.srt", page=None, place="00:00:01", places=places, marks=())])
    model.set_sentences(Sentences(1, (("/d/film.srt", Span(12, 24)),)))
    assert place_text(model.results()[0]) == "00:01:05"


def test_a_row_can_be_read_aloud(model, make_result):
    model.set_results([make_result("/d/租约.pdf", why=Why.WORDS, copies=("/d/copy.pdf",))])
    index = model.index(0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "租约.pdf, in /d, page 3, Words, +1 copy, The deposit is returned."
    assert index.data() == "租约.pdf"
    assert index.data(Qt.ItemDataRole.EditRole) is None


def test_the_tool_tip_tells_copies_from_documents_that_say_almost_the_same(model, make_result):
    lease = make_result("/d/a.pdf", title="Lease", copies=("/d/b.pdf",), near_duplicates=("/d/draft\udce9.pdf",))
    model.set_results([lease])
    tip = "Lease\n/d/a.pdf\npage 3\nThe same: /d/b.pdf\nAlmost the same: /d/draft\ufffd.pdf"
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) == tip


def test_the_tool_tip_shows_a_title_that_looks_like_html_as_it_is(model, make_result):
    model.set_results([make_result("/d/a.html", title="<img src='x'> & so on")])
    assert "&lt;img src='x'&gt; &amp; so on" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_name_that_is_not_utf8_keeps_its_bytes(model, make_result):
    model.set_results([make_result("/d/caf\udce9.txt")])
    assert model.index(0).data(Role.RESULT).path == "/d/caf\udce9.txt"
    assert model.index(0).data() == "caf\ufffd.txt"


def test_further_passages_stand_below_their_document_in_the_order_of_the_answer_without_its_own(model, make_result):
    model.set_results([make_result("/d/a.pdf", start=10, end=20), make_result("/d/b.pdf")])
    model.unfold("/d/a.pdf")
    assert model.kinds() == [RowKind.BRIEF_DOCUMENT, RowKind.WAITING, RowKind.BRIEF_DOCUMENT]
    found = (
        FoundPassage(0, 9, 1, "", "One"),
        FoundPassage(10, 20, 1, "", "Own"),
        FoundPassage(30, 39, None, "", "Two"),
    )
    model.set_passages(FoundPassages(1, "/d/a.pdf", found))
    assert [model.index(row).data() for row in range(4)] == ["a.pdf", "page 1", "Passage 2", "b.pdf"]
    assert model.count() == 2
    model.fold("/d/a.pdf")
    assert model.kinds() == [RowKind.BRIEF_DOCUMENT, RowKind.BRIEF_DOCUMENT]


def test_passages_of_a_document_that_was_folded_meanwhile_are_not_shown(model, make_result):
    model.set_results([make_result("/d/a.pdf")])
    model.set_passages(FoundPassages(1, "/d/a.pdf", (FoundPassage(30, 39, 1, "", "One"),)))
    assert model.rowCount() == 1


def test_passages_go_with_their_document_and_follow_it_in_another_order(model, make_result):
    a, b = make_result("/d/a.pdf"), make_result("/d/b.pdf", modified=1.8e9)
    model.set_results([a, b])
    model.unfold(a.path)
    model.set_passages(FoundPassages(1, a.path, (FoundPassage(30, 39, 1, "", "One"),)))
    model.set_order(Order.DATE)
    assert model.kinds() == [RowKind.BRIEF_DOCUMENT, RowKind.BRIEF_DOCUMENT, RowKind.PASSAGE]
    model.set_results([b])
    assert model.kinds() == [RowKind.BRIEF_DOCUMENT]


def test_a_document_without_text_has_nothing_to_unfold(model, make_result):
    model.set_results([make_result("/d/a.mp3", " \n", page=None, why=Why.NAME)])
    model.unfold("/d/a.mp3")
    model.set_passages(FoundPassages(1, "/d/a.mp3", ()))
    assert model.kinds() == [RowKind.BARE_DOCUMENT, RowKind.NO_MORE]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "a.mp3, in /d, Name, No further passage"


def test_unfolded_rows_can_be_read_aloud(model, make_result):
    model.set_results([make_result("/d/a.pdf")])
    model.unfold("/d/a.pdf")
    about = "a.pdf, in /d, page 3, Meaning"
    assert spoken(model) == [
        f"{about}, Looking for further passages…, The deposit is returned.",
        "Looking for further passages…",
    ]
    model.set_passages(FoundPassages(1, "/d/a.pdf", (FoundPassage(30, 39, 7, "", "One\ntwo"),)))
    assert spoken(model) == [
        f"{about}, further passages are shown below, The deposit is returned.",
        "Further passage of a.pdf, page 7, One two",
    ]


def spoken(model: ResultsModel) -> list[str]:
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_notes_can_be_neither_selected_nor_dragged(model, make_result):
    model.set_results([make_result("/d/a.pdf")])
    model.unfold("/d/a.pdf")
    can = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    assert (model.index(0).flags() & can, model.index(1).flags() & can) == (can, Qt.ItemFlag.NoItemFlags)
    assert model.index(1).data(Role.RESULT) is None
