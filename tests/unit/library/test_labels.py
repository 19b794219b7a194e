"""Labels in the database: they go with a document's content, with its file when that changes, and through a repair."""

from __future__ import annotations

import contextlib
import sqlite3

import numpy as np
import pytest

from bge_desktop.errors import RequestError
from bge_desktop.library import storage
from bge_desktop.library.library import Library
from bge_desktop.messages import Decision, LabelOfDocument, Standing

YES, NO, NONE = Decision.YES, Decision.NO, Decision.NONE


@pytest.fixture
def labels(desk):
    return desk.library.labels


def accepted(desk, label):
    """Return the names of the files whose document a person has given a label."""
    sql = "SELECT files.path FROM files JOIN label_decisions USING (document_id) WHERE label_id = ? AND accepted"
    return sorted(row[0].decode().rpartition("/")[2] for row in desk.library.db.execute(sql, [label]))


def guess(desk, label, document, confidence):
    desk.library.labels.guesses.record([document], [(label, document, confidence)])


def test_a_label_is_found_however_its_name_is_written_and_made_once(labels):
    tax = labels.add("  Tax   2024 ")
    assert labels.add("tax 2024") == labels.find("ＴＡＸ “2024”") == labels.at("Tax 2024") == tax
    assert [(own.name, own.colour) for own in labels.all()] == [("Tax 2024", 0)]
    labels.rename(tax, "Taxes")
    assert labels.find("Tax 2024") is None
    with pytest.raises(RequestError, match="no label"):
        labels.at("Tax 2024")


@pytest.mark.parametrize("name", ["", "  ", '""', "none", "None", "無", "x" * 61])
def test_what_can_be_no_name_is_refused(labels, name):
    with pytest.raises(RequestError):
        labels.add(name)


def test_no_two_labels_are_called_the_same(labels):
    tax, _ = labels.add("Tax"), labels.add("Recipes")
    with pytest.raises(RequestError, match="Another label"):
        labels.rename(tax, "recipes")
    labels.rename(tax, "TAX")
    assert [own.name for own in labels.all()] == ["Recipes", "TAX"]


def test_twelve_labels_have_twelve_colours_and_a_removed_one_gives_its_back(labels):
    made = [labels.add(f"label {number}") for number in range(12)]
    assert sorted(own.colour for own in labels.all()) == list(range(12))
    labels.remove(made[3])
    labels.add("another")
    assert sorted(own.colour for own in labels.all()) == list(range(12))


def test_what_a_person_decides_stands_before_what_is_guessed(desk, labels):
    rent, cake, pie = (desk.put(f"{name}.txt", name) for name in ("rent", "cake", "pie"))
    recipes = labels.add("Recipes")
    labels.decisions.set(recipes, [cake], YES)
    for document, confidence in ((rent, 0.4), (cake, 0.9), (pie, 0.8)):
        guess(desk, recipes, document, confidence)
    assert labels.of([rent, cake, pie]) == {
        rent: (LabelOfDocument(recipes, "Recipes", 0, Standing.PROPOSED, 0.4),),
        cake: (LabelOfDocument(recipes, "Recipes", 0, Standing.GIVEN, 1.0),),
        pie: (LabelOfDocument(recipes, "Recipes", 0, Standing.PROPOSED, 0.8),),
    }
    labels.set_threshold(recipes, 0.8)
    assert labels.of([pie])[pie][0].standing is Standing.APPLIED
    [own] = labels.all()
    assert (own.documents, own.proposed, own.examples, own.threshold) == (2, 1, 1, 0.8)
    assert [guessed.document for guessed in labels.guessed(recipes, 9)] == [rent, pie]
    labels.decisions.set(recipes, [pie], NO)
    assert pie not in labels.of([pie])
    labels.decisions.set(recipes, [pie], NONE)
    assert labels.of([pie])[pie][0].standing is Standing.APPLIED
    assert labels.count_guessed(recipes) == 2


def test_a_label_that_is_removed_leaves_nothing(desk, labels):
    cake = desk.put("cake.txt", "cake")
    recipes = labels.add("Recipes")
    labels.decisions.set(recipes, [cake], YES)
    guess(desk, recipes, cake, 0.9)
    labels.guesses.learn({"model": {recipes: np.ones(4, np.float32)}}, "state")
    labels.remove(recipes)
    for table in ("labels", "label_decisions", "label_guesses", "label_weights"):
        assert desk.library.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    guess(desk, recipes, cake, 0.9)  # what was under way meanwhile
    labels.guesses.learn({"model": {recipes: np.ones(4, np.float32)}}, "state")
    assert labels.of([cake]) == {}
    assert labels.guesses.weights("model", 3) == {}


def test_a_copied_and_a_moved_file_keep_what_was_decided_of_their_content(desk, labels):
    cake, recipes = desk.put("cake.txt", "cake"), labels.add("Recipes")
    labels.decisions.set(recipes, [cake], YES)
    desk.put("copy.txt", "cake")
    desk.remove("cake.txt")
    assert accepted(desk, recipes) == ["copy.txt"]


def test_an_edited_file_keeps_what_was_decided_and_its_copy_too(desk, labels):
    cake, recipes = desk.put("cake.txt", "cake"), labels.add("Recipes")
    desk.put("copy.txt", "cake")
    labels.decisions.set(recipes, [cake], YES)
    edited = desk.put("cake.txt", "cake with lemon")
    assert edited != cake
    assert accepted(desk, recipes) == ["cake.txt", "copy.txt"]
    desk.library.remove_orphans()
    desk.put("copy.txt", "something else")
    assert desk.library.remove_orphans()
    assert accepted(desk, recipes) == ["cake.txt", "copy.txt"]


def test_a_file_that_becomes_like_another_takes_nothing_from_it_that_was_decided(desk, labels):
    cake, pie, recipes = desk.put("cake.txt", "cake"), desk.put("pie.txt", "pie"), labels.add("Recipes")
    labels.decisions.set(recipes, [cake], YES)
    labels.decisions.set(recipes, [pie], NO)
    desk.put("cake.txt", "pie")
    assert accepted(desk, recipes) == []


def test_documents_that_are_removed_take_their_labels_along(desk, labels):
    cake, recipes = desk.put("cake.txt", "cake"), labels.add("Recipes")
    labels.decisions.set(recipes, [cake], YES)
    guess(desk, recipes, cake, 0.9)
    desk.remove("cake.txt")
    assert desk.library.remove_orphans()
    assert labels.decisions.examples() == []
    assert labels.all()[0].documents == 0


def test_a_file_that_cannot_be_read_for_a_while_keeps_its_labels(desk, labels, folder):
    cake, recipes = desk.put("cake.txt", "cake"), labels.add("Recipes")
    labels.decisions.set(recipes, [cake], YES)
    file = desk.start("cake.txt", size=99)
    desk.fail(file.id)
    desk.put("cake.txt", "cake with cream")
    assert accepted(desk, recipes) == ["cake.txt"]


def test_weights_come_back_as_they_were_and_others_are_passed_over(labels):
    tax = labels.add("Tax")
    weights = np.arange(5, dtype=np.float32)
    labels.guesses.learn({"model": {tax: weights}, "other": {}}, "state")
    assert labels.guesses.learnt_from == "state"
    np.testing.assert_array_equal(labels.guesses.weights("model", 4)[tax], weights)
    assert labels.guesses.weights("model", 3) == {}
    assert labels.guesses.weights("other", 4) == {}


def test_guesses_say_whether_anything_is_new(desk, labels):
    cake, tax = desk.put("cake.txt", "cake"), labels.add("Tax")
    assert labels.guesses.record([cake], [(tax, cake, 0.5)])
    assert not labels.guesses.record([cake], [(tax, cake, 0.501)])
    assert labels.guesses.record([cake], [])


def test_a_repair_keeps_labels_and_decisions_also_of_documents_that_are_read_again(folder, make_desk, sound):
    with contextlib.closing(Library(folder)) as library:
        desk = make_desk(library)
        cake, pie = desk.put("cake.txt", "cake"), desk.put("pie.txt", "pie")
        recipes = library.labels.add("Recipes")
        library.labels.set_threshold(recipes, 0.9)
        library.labels.decisions.set(recipes, [cake], YES)
        library.labels.decisions.set(recipes, [pie], NO)
    with contextlib.closing(sqlite3.connect(storage.database_path(folder))) as db:
        db.execute("UPDATE documents SET title = 'spoilt' WHERE id = ?", [cake])
        db.execute("UPDATE folders SET rules = 'spoilt'")
        db.commit()
    with contextlib.closing(Library(folder)) as library:
        assert "could be kept" in library.notice
        [own] = library.labels.all()
        assert (own.name, own.threshold, own.examples) == ("Recipes", 0.9, 0)
        desk = make_desk(library)
        again = desk.put("cake.txt", "cake")
        assert [(one.document, one.is_accepted) for one in library.labels.decisions.examples()] == sorted(
            [(again, True), (pie, False)]
        )
        sound(library)


def test_what_is_kept_of_a_file_goes_with_it(folder, make_desk):
    with contextlib.closing(Library(folder)) as library:
        desk = make_desk(library)
        file, recipes = desk.see("cake.txt"), library.labels.add("Recipes")
        sql = "INSERT INTO label_decisions (label_id, path, accepted) VALUES (?, '/d/cake.txt', 1)"
        library.db.execute(sql.replace("'/d/cake.txt'", "CAST('/d/cake.txt' AS BLOB)"), [recipes])
        library.folders.remove_files([file])
        assert library.db.execute("SELECT count(*) FROM label_decisions").fetchone()[0] == 0


def fill(desk, label, documents):
    """Have a label guessed for documents of one file each, by their ids."""
    document = "INSERT INTO documents (id, hash, kind, title, text) VALUES (?1, ?1, 'text', '', '')"
    file = (
        "INSERT INTO files (folder_id, path, size, mtime_ns, inode, state, document_id)"
        " VALUES (?1, '/d/' || ?2, 1, 1, '', 'indexed', ?2)"
    )
    conn = desk.library.db.conn
    conn.executemany(document, [(number,) for number in documents])
    conn.executemany(file, [(desk.folder.id, number) for number in documents])
    guesses = [(label, number, 0.3 + 0.7 * (number % 997) / 997) for number in documents]
    desk.library.labels.guesses.record(documents, guesses)


def steps_of(db, ask):
    """Return how many hundreds of steps SQLite takes."""
    steps = []
    db.conn.set_progress_handler(lambda: steps.append(None), 100)
    ask()
    db.conn.set_progress_handler(None, 0)
    return len(steps)


@pytest.mark.parametrize("threshold", [None, 0.5])
def test_to_show_the_best_takes_no_longer_the_more_there_are(desk, labels, threshold):
    db, tax, steps = desk.library.db, labels.add("Tax"), []
    labels.set_threshold(tax, threshold)
    for documents in (range(1, 500), range(500, 5000)):
        fill(desk, tax, documents)
        steps.append(steps_of(db, lambda: labels.guessed(tax, 20)))
    assert steps[1] < 3 * steps[0]
    assert steps_of(db, lambda: labels.count_guessed(tax)) < 10 * 5000 / 100
    assert labels.count_guessed(tax) == 4999


def test_the_best_proposals_come_first_and_then_what_was_applied(desk, labels):
    tax = labels.add("Tax")
    documents = [desk.put(f"{number}.txt", str(number)) for number in range(6)]
    for number, document in enumerate(documents):
        guess(desk, tax, document, 0.4 + number / 10)
    desk.remove("1.txt")
    assert [(own.document, own.is_applied) for own in labels.guessed(tax, 2)] == [
        (documents[5], False),
        (documents[4], False),
    ]
    labels.set_threshold(tax, 0.65)
    found = [(documents.index(own.document), own.is_applied) for own in labels.guessed(tax, 4)]
    assert found == [(2, False), (0, False), (5, True), (4, True)]
