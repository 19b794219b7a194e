import dataclasses

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED, Cosines
from bge_desktop.library import switch as switch_module
from bge_desktop.library.library import Library
from bge_desktop.library.spread import Spread
from bge_desktop.library.stored_models import StoredModels
from tests.graphs import graph_files, make_graphs
from tests.unit.library.conftest import vector_of

ENGLISH, CHINESE = BUNDLED["en"], BUNDLED["zh"]
OTHER = dataclasses.replace(ENGLISH, name="other", dimension=8, location="/models/other", recorded="1a2b")


@pytest.fixture
def filled(desk):
    """A library with three English passages and a Chinese one, all embedded."""
    desk.put("a.txt", "one\ntwo\n租房")
    desk.put("b.txt", "three")
    desk.embed()
    return desk


@pytest.fixture
def switch(filled):
    return filled.library.switch


def embed_some(switch, limit=100):
    """Embed the next passages for the coming models; return their texts."""
    waiting = switch.next(limit)
    for passage, language in waiting:
        switch.store(language, [passage.id], vector_of(passage.text, switch.coming[language].model.dimension)[None])
    return [passage.text for passage, _ in waiting]


def finish(switch):
    """Embed all that is left, and put the coming models to use; return the texts that were embedded."""
    texts = []
    while not switch.is_covered:
        texts += embed_some(switch)
    while not switch.load_some():
        pass
    switch.take_effect()
    return texts


def held(library, language="en"):
    """The texts of the passages that an index finds, by their vectors."""
    ids, vectors = library.vectors[language].held(library.catalogue.passages.astype(np.int64))
    texts = {number: own.text for number, own in library.documents.by_id(ids.tolist()).items()}
    dimension = library.models[language].dimension
    for number, vector in zip(ids.tolist(), vectors, strict=True):
        np.testing.assert_allclose(vector, vector_of(texts[number], dimension), atol=1e-3)
    return sorted(texts.values())


def embedded(library):
    return dict(library.db.execute("SELECT id, embedded FROM passages"))


def roles(library):
    return {(own.language, own.model.name, str(own.role)) for own in StoredModels(library.db)._all()}


def test_nothing_changes_before_it_takes_effect(filled, switch):
    switch.begin({"en": OTHER})
    assert embed_some(switch) == ["one", "two", "three"]
    assert filled.library.models == BUNDLED
    assert held(filled.library) == ["one", "three", "two"]
    assert (switch.done, switch.total) == (3, 3)
    finish(switch)
    assert filled.library.models == {"en": OTHER, "zh": CHINESE}
    assert held(filled.library) == ["one", "three", "two"]
    assert held(filled.library, "zh") == ["租房"]
    assert (switch.is_under_way, switch.total) == (False, 0)


def test_it_goes_on_after_a_restart_and_embeds_nothing_twice(filled, switch, folder):
    switch.begin({"en": OTHER})
    assert embed_some(switch, 2) == ["one", "two"]
    filled.library.close()
    library = Library(folder)
    assert (library.switch.is_under_way, library.switch.done) == (True, 2)
    assert finish(library.switch) == ["three"]
    library.close()
    library = Library(folder)
    assert library.models["en"] == OTHER
    assert held(library) == ["one", "three", "two"]
    library.close()


def test_what_comes_meanwhile_is_embedded_by_both_models(filled, switch):
    switch.begin({"en": OTHER})
    embed_some(switch)
    assert switch.next(9) == []
    assert switch.is_covered
    while not switch.load_some():
        pass
    filled.put("c.txt", "four")
    [passage] = filled.library.documents.passage_ids_of(3)
    filled.embed()
    switch.note_embedded([passage])
    assert not switch.is_covered
    assert finish(switch) == ["four"]
    assert held(filled.library) == ["four", "one", "three", "two"]


def test_what_is_removed_meanwhile_is_in_no_index(filled, switch):
    switch.begin({"en": OTHER})
    embed_some(switch)
    while not switch.load_some():
        pass
    filled.remove("b.txt")
    filled.library.remove_orphans()
    finish(switch)
    assert held(filled.library) == ["one", "two"]
    assert filled.library.db.execute("SELECT count(*) FROM vectors").fetchone()[0] == 5


def test_a_passage_that_cannot_be_embedded_holds_nothing_up_and_is_tried_at_the_next_start(filled, switch, folder):
    switch.begin({"en": OTHER})
    [(passage, _), *_] = switch.next(9)
    switch.give_up(passage.id)
    switch.restart()
    assert finish(switch) == ["two", "three"]
    assert embedded(filled.library)[passage.id] == 2
    filled.library.close()
    library = Library(folder)
    assert [own.text for own, _ in library.documents.to_embed(9, after=0)] == ["one"]
    library.close()


def test_what_the_model_in_use_gave_up_waits_for_the_coming_one(filled, switch):
    filled.put("c.txt", "four")
    [passage] = filled.library.documents.passage_ids_of(3)
    filled.library.documents.give_up(passage)
    switch.begin({"en": OTHER})
    finish(switch)
    assert [own.text for own, _ in filled.library.documents.to_embed(9, after=0)] == ["four"]


def test_cancelling_keeps_the_models_in_use_and_removes_the_rest(filled, switch):
    switch.begin({"en": OTHER})
    embed_some(switch, 2)
    switch.cancel()
    assert (switch.is_under_way, filled.library.models) == (False, BUNDLED)
    while switch.remove_some():
        pass
    assert roles(filled.library) == {("en", ENGLISH.name, "current"), ("zh", CHINESE.name, "current")}
    assert filled.library.db.execute("SELECT count(*) FROM vectors").fetchone()[0] == 4
    assert filled.library.tidying.is_asked


def test_a_return_uses_what_was_kept(filled, switch):
    switch.begin({"en": OTHER})
    finish(switch)
    filled.put("c.txt", "four")
    [(passage, _)] = filled.library.documents.to_embed(9, after=0)
    filled.library.vectors.store("en", [passage.id], vector_of("four", OTHER.dimension)[None])
    switch.begin({"en": ENGLISH})
    assert switch.is_return
    assert finish(switch) == ["four"]
    assert filled.library.models == BUNDLED
    assert held(filled.library) == ["four", "one", "three", "two"]
    assert {own.model for own in switch.former.values()} == {OTHER}


def test_a_return_that_is_cancelled_keeps_the_way_back(filled, switch):
    switch.begin({"en": OTHER})
    finish(switch)
    switch.begin({"en": ENGLISH})
    switch.cancel()
    assert {own.model for own in switch.former.values()} == {ENGLISH}
    assert not switch.remove_some()


def test_another_change_keeps_what_the_cancelled_one_had_embedded_of_the_same_model(filled, switch):
    switch.begin({"en": OTHER})
    embed_some(switch, 2)
    switch.begin({"en": OTHER, "zh": OTHER})
    assert sorted(finish(switch)) == ["three", "租房"]


def test_only_the_last_change_can_be_undone(filled, switch):
    switch.begin({"en": OTHER})
    finish(switch)
    switch.begin({"zh": ENGLISH})
    finish(switch)
    assert {language: own.model for language, own in switch.former.items()} == {"zh": CHINESE}
    while switch.remove_some():
        pass
    assert roles(filled.library) == {
        ("en", "other", "current"),
        ("zh", ENGLISH.name, "current"),
        ("zh", CHINESE.name, "former"),
    }


def test_the_former_ones_are_forgotten_a_portion_at_a_time(filled, switch, monkeypatch):
    monkeypatch.setattr(switch_module, "_REMOVED", 1)
    switch.begin({"en": OTHER})
    finish(switch)
    switch.forget_former()
    assert not switch.former
    portions = 0
    while switch.remove_some():
        portions += 1
    assert portions == 4
    assert roles(filled.library) == {("en", "other", "current"), ("zh", CHINESE.name, "current")}


def test_what_the_former_ones_embedded_is_counted_once_as_long_as_it_is_the_same(filled, switch):
    switch.begin({"en": OTHER})
    finish(switch)
    statements = []
    filled.library.db.conn.set_trace_callback(statements.append)
    assert [switch.count_former("en") for _ in range(3)] == [3, 3, 3]
    assert len([own for own in statements if "count" in own]) == 1
    filled.remove("b.txt")
    filled.library.remove_orphans()
    assert switch.count_former("en") == 2
    switch.begin({"zh": OTHER})
    finish(switch)
    assert switch.count_former("zh") == 1


def test_passages_are_looked_through_a_window_at_a_time(filled, switch, monkeypatch):
    monkeypatch.setattr(switch_module, "_WINDOW", 1)
    switch.begin({"en": OTHER})
    assert finish(switch) == ["one", "two", "three"]


def test_graphs_of_the_former_model_go(folder, make_desk):
    library = Library(folder, exact_limit=10)
    desk = make_desk(library)
    for number in range(20):
        desk.put(f"{number}.txt", f"document number {number}")
    desk.embed()
    make_graphs(library)
    assert graph_files(folder)
    library.switch.begin({"en": OTHER})
    finish(library.switch)
    assert not graph_files(folder)
    assert not library.vectors["en"].has_graph
    make_graphs(library)
    assert library.vectors["en"].has_graph
    library.close()
    library = Library(folder, exact_limit=10)
    make_graphs(library)
    assert len(held(library)) == 20
    library.close()


def test_how_the_cosines_are_spread_is_kept_with_a_model(filled, switch, folder):
    spread = Spread(Cosines(0.1, 0.2), Cosines(0.3, 0.4), Cosines(0.5, 0.6))
    switch.begin({"en": OTHER})
    assert not switch.coming["en"].is_measured
    switch.set_spread(switch.coming["en"], spread)
    finish(switch)
    assert filled.library.vectors.in_use["en"].spread == spread
    filled.library.close()
    library = Library(folder)
    assert library.vectors.in_use["en"].spread == spread
    library.close()


def test_an_empty_library_changes_at_once(library):
    library.switch.begin({"en": OTHER})
    assert finish(library.switch) == []
    assert library.models["en"] == OTHER


def test_what_is_in_use_already_does_not_come(filled, switch):
    switch.begin({"en": ENGLISH, "zh": CHINESE})
    assert not switch.is_under_way


def test_a_reader_sees_the_models_of_one_moment(filled, switch, folder):
    reader = Library(folder, write=False)
    switch.begin({"en": OTHER})
    finish(switch)
    assert reader.models == BUNDLED
    assert held(reader) == ["one", "three", "two"]
    reader.close()
    reader = Library(folder, write=False)
    assert reader.models["en"] == OTHER
    reader.close()
