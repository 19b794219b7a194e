import pytest

from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.new_documents import main_language


def test_passages_are_cut_from_the_text_by_characters(desk):
    text = "🏳️‍🌈 Miete für März\n租房合同"
    document = desk.put("a.txt", text)
    [first, second] = desk.library.documents.passages(document)
    assert [first.text, second.text] == text.split("\n")
    assert (second.document_id, second.start, second.end, second.page) == (document, len(text) - 4, len(text), None)
    assert desk.library.documents.by_id([second.id, 999]) == {second.id: second}
    assert desk.library.documents.by_id([]) == {}


def test_pages_are_kept(desk):
    file = desk.start("a.pdf")
    read = ReadResult(
        "",
        "h",
        False,
        "one two",
        "T",
        "pdf",
        (ReadPassage(0, 3, 1, "en"), ReadPassage(4, 7, 2, "en", "Two", '[[1,3," b"]]')),
    )
    document = desk.library.store(file.id, read)
    first, second = desk.library.documents.passages(document)
    assert (first.page, first.text, first.place, first.places) == (1, "one", "", "")
    assert (second.page, second.text, second.place, second.places) == (2, "two", "Two", '[[1,3," b"]]')


def test_a_document_without_text_is_stored_too(desk, sound):
    document = desk.library.store(desk.start("scan.pdf").id, ReadResult("", "h", False, "", "", "pdf", ()))
    assert desk.library.documents.passages(document) == []
    assert desk.file("scan.pdf").state == "indexed"
    assert desk.finds("scan", "name_words") != []
    sound(desk.library)


@pytest.mark.parametrize(
    ("languages", "language"),
    [([], ""), (["en"], "en"), (["zh", "en"], "both"), (["zh", "en", "zh"], "zh"), (["en", "zh", "en"], "en")],
)
def test_the_language_of_a_document_is_that_of_most_passages(languages, language):
    assert main_language(languages) == language


def test_contents_of_files_of_a_size_are_known_by_their_hash(desk):
    document = desk.put("a.txt", "rent")
    desk.put("copy.txt", "rent")
    other = desk.put("other.txt", "food")
    documents = desk.library.documents
    known = documents.with_sizes([4, 5])
    assert {size: sorted(hashes) for size, hashes in known.items()} == {4: ["hash of food", "hash of rent"]}
    assert documents.find_all(["hash of rent", "nothing", "hash of food"]) == {
        "hash of rent": document,
        "hash of food": other,
    }
    assert documents.find("nothing") is None


def test_passages_wait_for_the_encoder_in_order_and_in_portions(desk):
    desk.put("a.txt", "one\n二\nthree")
    desk.put("b.txt", "four")
    waiting = desk.library.documents.to_embed(2, after=0)
    assert [(own.text, language) for own, language in waiting] == [("one", "en"), ("二", "zh")]
    rest = desk.library.documents.to_embed(9, after=waiting[-1][0].id)
    assert [own.text for own, _ in rest] == ["three", "four"]
    assert isinstance(rest[0][0], StoredPassage)
    assert desk.embed() == 4
    assert desk.library.documents.to_embed(9, after=0) == []


def test_passages_of_a_document_without_a_file_are_not_embedded(desk):
    desk.put("a.txt", "one")
    desk.put("b.txt", "two")
    desk.remove("a.txt")
    assert [own.text for own, _ in desk.library.documents.to_embed(9, after=0)] == ["two"]
    desk.put("c.txt", "one")
    assert desk.embed() == 2


def test_orphans_are_removed_with_their_words_and_vectors(desk, sound):
    kept, gone = desk.put("a.txt", "rent\n租房"), desk.put("b.txt", "lease\n租约")
    desk.embed()
    desk.remove("b.txt")
    assert desk.library.documents.orphans() == [gone]
    assert desk.finds("leas") != []
    assert desk.library.remove_orphans()
    assert not desk.library.remove_orphans()
    for index in ("passage_words", "document_words"):
        assert desk.finds("leas", index) == desk.finds("租约", index) == []
        assert desk.finds("rent", index) != []
    assert desk.library.documents.document_ids() == [kept]
    assert desk.library.db.execute("SELECT count(*) FROM vectors").fetchone()[0] == 2
    assert desk.library.db.execute("PRAGMA foreign_key_check").fetchall() == []
    sound(desk.library)


def test_orphans_may_be_removed_in_portions(desk, sound):
    for number in range(5):
        desk.put(f"{number}.txt", f"rent {number}")
        desk.remove(f"{number}.txt")
    portions = 0
    while desk.library.remove_orphans(limit=2):
        portions += 1
        sound(desk.library)
    assert portions == 3
    assert desk.library.documents.document_ids() == []


def test_refreshed_words_are_the_same_words(desk, sound):
    desk.put("a.txt", "rent\n租房")
    desk.put("b.txt", "lease")
    desk.library.documents.refresh_words()
    sound(desk.library)


@pytest.mark.parametrize("count", [40_000])
def test_more_passages_can_be_asked_for_than_sqlite_takes_values(desk, count):
    [passage] = desk.library.documents.passages(desk.put("a.txt", "rent"))
    assert list(desk.library.documents.by_id(range(1, count))) == [passage.id]
