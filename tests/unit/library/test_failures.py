import time
from dataclasses import replace

from bge_desktop.errors import UserError
from bge_desktop.extract.readers import ReadFailure
from bge_desktop.extract.shortfalls import Shortfall
from bge_desktop.library.counts import Counts, count_files
from bge_desktop.search.names import named_in_full
from bge_desktop.search.results import files_of


def test_a_file_that_could_not_be_read_is_found_by_its_name(desk, sound):
    failing = desk.start("taxreturn.pdf")
    desk.library.fail(failing.id, ReadFailure("/d/taxreturn.pdf", "Encrypted", "It has a password."))
    document = desk.file("taxreturn.pdf").document_id
    assert named_in_full(desk.library.db, "taxreturn").tolist() == [document]
    assert document in desk.library.catalogue.documents
    assert [failure.title for failure in desk.library.failures.all()] == ["Encrypted"]
    assert desk.library.failures.reason("/d/taxreturn.pdf") == ("Encrypted", "It has a password.")
    assert desk.library.failures.reason("/d/other.pdf") is None
    assert not desk.library.remove_orphans()
    sound(desk.library)
    desk.library.failures.retry_all()
    assert desk.put("taxreturn.pdf", "rent") != document
    assert desk.library.remove_orphans()
    sound(desk.library)


def test_failures_are_told_newest_first_and_retried(desk):
    for name in ("a.txt", "b.txt"):
        desk.fail(desk.start(name).id, f"Bad {name}", "It is bad.")
    assert [failure.path for failure in desk.library.failures.all()] == ["/d/b.txt", "/d/a.txt"]
    assert [failure.title for failure in desk.library.failures.all(1)] == ["Bad b.txt"]
    assert count_files(desk.library.db) == {desk.folder.id: Counts(files=2, failed=2)}
    assert count_files(desk.library.db)[desk.folder.id].pending == 0
    desk.library.failures.retry_all()
    assert desk.library.failures.all() == []
    assert len(desk.library.folders.pending(10)) == 2
    desk.put("a.txt", "rent")
    assert desk.library.db.execute("SELECT count(*) FROM failures").fetchone()[0] == 1


def test_files_that_were_read_in_part_are_told_with_their_copies_and_read_again(desk, sound):
    read = replace(desk.read("rent"), shortfall=Shortfall("Read in part", "b.pdf: Damaged."))
    document = desk.library.store(desk.start("a.zip").id, read)
    desk.library.store(desk.start("copy.zip").id, desk.read("rent", known=True))
    desk.put("c.txt", "lease")
    expected = [(f"/d/{name}.zip", "Read in part", "b.pdf: Damaged.", True) for name in ("a", "copy")]
    told = desk.library.failures.all()
    assert [(failure.path, failure.title, failure.message, failure.in_part) for failure in told] == expected
    assert count_files(desk.library.db) == {desk.folder.id: Counts(files=3, pending=3, in_part=2)}

    assert not desk.library.retry("/d/c.txt")
    assert desk.library.retry("/d/copy.zip")
    assert desk.library.failures.all() == []
    waiting = desk.library.folders.pending(10)
    assert [file.path for file in waiting] == ["/d/a.zip", "/d/copy.zip"]
    desk.library.folders.set_state([file.id for file in waiting], "reading")
    assert desk.library.documents.find(read.hash) is None
    assert desk.library.store(waiting[0].id, replace(read, shortfall=None)) == document
    assert desk.library.store(waiting[1].id, desk.read("rent", known=True)) == document
    assert desk.library.failures.all() == []
    assert not desk.library.retry_in_part()
    sound(desk.library)


def test_a_failure_to_open_keeps_the_earlier_content_findable(desk, sound):
    document = desk.put("a.txt", "rent")
    file = desk.start("a.txt", mtime_ns=2)
    for _ in range(2):
        desk.library.fail(file.id, ReadFailure(file.path, "No permission", "It is so.", passing=True))
    assert [failure.title for failure in desk.library.failures.all()] == ["No permission"]
    assert desk.file("a.txt").document_id == document
    assert not desk.library.remove_orphans()
    assert desk.file("a.txt").is_to_be_read_again(0)
    sound(desk.library)


def test_a_file_that_cannot_be_read_any_more_is_no_copy_of_what_it_held(desk, sound):
    document = desk.put("a.txt", "rent")
    assert desk.put("b.txt", "rent") == document
    file = desk.start("b.txt", mtime_ns=2)
    for _ in range(2):
        desk.library.fail(file.id, ReadFailure(file.path, "Damaged file", "It is damaged."))
    unread = desk.file("b.txt").document_id
    found = files_of(desk.library.db, [document, unread])
    assert {number: [own.path for own in own] for number, own in found.items()} == {
        document: ["/d/a.txt"],
        unread: ["/d/b.txt"],
    }
    assert not desk.file("b.txt").is_to_be_read_again(0)
    desk.remove("a.txt")
    assert desk.library.remove_orphans()
    assert desk.finds("rent") == []
    sound(desk.library)


def test_a_file_that_cannot_be_opened_any_more_is_told_only_where_no_other_holds_the_same(desk):
    document = desk.put("a.txt", "rent")
    desk.put("b.txt", "rent")
    file = desk.start("b.txt", mtime_ns=2)
    desk.library.fail(file.id, ReadFailure(file.path, "No permission", "It is so.", passing=True))
    assert [own.path for own in files_of(desk.library.db, [document])[document]] == ["/d/a.txt"]
    desk.remove("a.txt")
    assert [own.path for own in files_of(desk.library.db, [document])[document]] == ["/d/b.txt"]


def test_what_cannot_be_looked_at_is_a_failure_until_it_can(desk, sound):
    failures, error = desk.library.failures, UserError("Could not be read", "Denied.", "/d/sub")
    for _ in range(2):
        failures.record_unread(desk.folder, error)
    assert [(failure.path, failure.message) for failure in failures.all()] == [("/d/sub", "Denied.")]
    failures.retry_all()  # a scan looks at it anyway; there is nothing to read
    assert desk.library.folders.pending(10) == []
    assert not desk.file("sub").is_same(desk.stamp("sub"))
    desk.put("sub", "a file after all")
    assert failures.all() == []
    sound(desk.library)


def test_an_indexed_file_that_cannot_be_looked_at_stays_as_it_is(desk):
    desk.put("a.txt", "rent")
    desk.library.failures.record_unread(desk.folder, UserError("Could not be read", "Denied.", "/d/a.txt"))
    assert desk.file("a.txt").state == "indexed"


def test_a_failure_tells_the_kind_that_its_name_promises_and_when(desk):
    before = time.time()
    desk.fail(desk.start("Scan 1.PDF").id, "Bad", "It is bad.")
    desk.fail(desk.start("nameless").id, "Bad", "It is bad.")
    other, pdf = sorted(desk.library.failures.all(), key=lambda failure: failure.kind)
    assert (other.kind, pdf.kind) == ("other", "pdf")
    assert before <= pdf.when <= time.time()
    assert not pdf.is_aside


def _fail(desk, name, kills):
    """A file that is to be read ends so many readers."""
    file = desk.file(name)
    desk.library.folders.set_state([file.id], "reading")
    desk.fail(file.id, kills=kills)


def _waits(desk, name):
    return desk.file(name).state == "pending"


def test_a_file_that_killed_its_reader_twice_is_put_aside(desk):
    desk.see("once.pdf")
    _fail(desk, "once.pdf", kills=1)
    desk.library.failures.retry_all()
    assert _waits(desk, "once.pdf")
    _fail(desk, "once.pdf", kills=1)
    desk.library.failures.retry_all()
    desk.library.folders.recover()
    assert not _waits(desk, "once.pdf")
    [failure] = desk.library.failures.all()
    assert failure.is_aside
    assert failure.message.startswith("It is bad. It is put aside until it changes")


def test_what_was_put_aside_is_read_again_once_it_has_changed(desk):
    desk.see("a.pdf")
    _fail(desk, "a.pdf", kills=2)
    desk.see("a.pdf", mtime_ns=2)
    assert _waits(desk, "a.pdf")
    _fail(desk, "a.pdf", kills=1)  # the count began anew
    desk.library.failures.retry_all()
    assert _waits(desk, "a.pdf")


def test_what_was_put_aside_is_read_again_when_a_person_names_it(desk):
    desk.see("a.pdf")
    desk.see("b.pdf")
    _fail(desk, "a.pdf", kills=2)
    _fail(desk, "b.pdf", kills=2)
    assert desk.library.failures.retry("/d/a.pdf")
    assert _waits(desk, "a.pdf")
    assert not _waits(desk, "b.pdf")
    assert not desk.library.failures.retry("/d/a.pdf")  # it is not failed any more
    assert not desk.library.failures.retry("/d/never seen")


def test_what_cannot_be_looked_at_does_not_wait_to_be_read_when_it_is_named(desk):
    desk.library.failures.record_unread(desk.folder, UserError("Could not be read", "Denied.", "/d/sub"))
    assert desk.library.failures.retry("/d/sub")
    assert desk.library.folders.pending(10) == []
