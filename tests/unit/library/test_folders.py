import os
import time
import unicodedata
from dataclasses import replace

import pytest

from bge_desktop.errors import UserError
from bge_desktop.extract.readers import ReadFailure
from bge_desktop.extract.shortfalls import Shortfall
from bge_desktop.extract.unopened import PASSING
from bge_desktop.library.folders import Counts, name_words
from bge_desktop.messages import FolderRules
from bge_desktop.search.names import named_in_full
from bge_desktop.search.results import files_of
from bge_desktop.worker.scanning import compare


def _paths(files):
    return sorted(os.fsencode(path) for path in files)


def test_folders_are_kept_in_the_order_they_were_added(desk):
    folders = desk.library.folders
    added = [folders.add(path).path for path in ("/z", "/a", os.fsdecode(b"/\xff"))]
    assert [folder.path for folder in folders.all()] == ["/d", *added]
    assert folders.add("/z") == folders.all()[1]
    assert len(folders.all()) == 4


def test_folders_inside_a_new_folder_become_a_part_of_it(library, make_desk):
    inner, file, beside = (make_desk(library, path) for path in ("/home/docs", "/home/a.txt", "/homely"))
    inner.put("lease.txt", "rent")
    beside.put("b.txt", "rent too")
    outer = library.folders.add("/home")
    assert [folder.path for folder in library.folders.all()] == ["/homely", "/home"]
    assert list(library.folders.files(outer)) == ["/home/docs/lease.txt"]
    assert list(library.folders.files(beside.folder)) == ["/homely/b.txt"]
    assert library.folders.files(file.folder) == {}
    assert library.folders.files(outer)["/home/docs/lease.txt"].state == "indexed"


def test_the_root_of_the_file_system_takes_in_everything(library, make_desk):
    make_desk(library, "/home").put("a.txt", "rent")
    root = library.folders.add("/")
    assert [folder.path for folder in library.folders.all()] == ["/"]
    assert list(library.folders.files(root, "/home")) == ["/home/a.txt"]


def test_a_removed_folder_is_forgotten_with_its_files_and_failures(desk, make_desk, sound):
    desk.put("a.txt", "rent")
    failing = desk.start("b.txt")
    desk.library.folders.fail(failing.id, "Bad", "It is bad.")
    other = make_desk(desk.library, "/other")
    other.put("c.txt", "tea")
    desk.library.folders.remove(desk.folder)
    desk.library.remove_orphans()
    assert [folder.path for folder in desk.library.folders.all()] == ["/other"]
    assert desk.library.folders.failures() == []
    assert desk.library.db.execute("SELECT count(*) FROM failures").fetchone()[0] == 0
    assert list(desk.library.folders.documents_by_name()) == ["c.txt"]
    sound(desk.library)


def test_below_a_path_is_neither_beside_it_nor_above_it(desk):
    names = [b"a", b"ab", b"a/b", b"a/\xff", b"a/\xff\xff/c", b"a0", b"a.txt", b"a-b/c", b"A/b", b"\xff", b"\xff/d"]
    for name in names:
        desk.see(os.fsdecode(name))
    below = desk.library.folders.files(desk.folder, "/d/a")
    assert _paths(below) == [b"/d/a", b"/d/a/b", b"/d/a/\xff", b"/d/a/\xff\xff/c"]
    assert _paths(desk.library.folders.files(desk.folder, os.fsdecode(b"/d/\xff"))) == [b"/d/\xff", b"/d/\xff/d"]
    assert len(desk.library.folders.files(desk.folder, "/d")) == len(names)
    assert desk.library.folders.files(desk.folder, "/d/b") == {}


def test_a_folder_has_none_of_anothers_files(desk, make_desk):
    make_desk(desk.library, "/dd").see("x.txt")
    desk.see("y.txt")
    assert list(desk.library.folders.files(desk.folder)) == ["/d/y.txt"]
    assert desk.library.folders.files(desk.folder, "/dd") == {}


def test_names_of_any_bytes_and_twins_of_normal_forms_are_files_of_their_own(desk, sound):
    names = [os.fsdecode(b"caf\xe9.txt"), *(unicodedata.normalize(form, "café.txt") for form in ("NFC", "NFD"))]
    names += ["a b.md", "a_b.md", "a\nb.md"]
    documents = {desk.put(name, f"text of {number}") for number, name in enumerate(names)}
    assert len(documents) == len(names)
    assert {file.path for file in desk.library.folders.files(desk.folder).values()} == {f"/d/{n}" for n in names}
    assert len(desk.finds("cafe", "name_words")) == 2
    sound(desk.library)
    desk.remove(names[1])
    assert desk.file(names[1]) is None
    assert desk.file(names[2]) is not None
    sound(desk.library)


def test_a_file_is_the_same_while_size_time_and_inode_are(desk):
    file = desk.see("a.txt", size=5, mtime_ns=6)
    assert file.is_same(desk.stamp("a.txt", size=5, mtime_ns=6))
    assert not file.is_same(desk.stamp("a.txt", size=6, mtime_ns=6))
    assert not file.is_same(desk.stamp("a.txt", size=5, mtime_ns=7))
    assert not file.is_same(desk.stamp("b.txt", size=5, mtime_ns=6))


def test_a_file_goes_from_pending_through_reading_to_indexed(desk):
    file = desk.see("a.txt")
    assert (file.state, file.document_id) == ("pending", None)
    assert [own.id for own in desk.library.folders.pending(10)] == [file.id]
    desk.library.folders.set_state([file.id], "reading")
    assert desk.library.folders.pending(10) == []
    assert desk.library.folders.counts()[desk.folder.id].pending == 1
    document = desk.library.store(file.id, desk.read("rent"))
    assert (desk.file("a.txt").state, desk.file("a.txt").document_id) == ("indexed", document)
    assert desk.library.folders.counts() == {desk.folder.id: Counts(files=1, pending=1)}  # to be embedded


def test_files_wait_in_the_order_they_were_found(desk):
    for name in "cab":
        desk.see(name)
    assert [file.path for file in desk.library.folders.pending(2)] == ["/d/c", "/d/a"]


def test_a_changed_file_stays_findable_until_it_is_read_again(desk, sound):
    old = desk.put("a.txt", "rent")
    assert desk.see("a.txt", mtime_ns=2).document_id == old
    assert desk.finds("rent") != []
    sound(desk.library)
    new = desk.put("a.txt", "lease")
    desk.library.remove_orphans()
    assert new != old
    assert desk.finds("rent") == []
    sound(desk.library)


def test_a_file_that_changes_while_it_is_read_is_read_again(desk):
    file = desk.start("a.txt")
    desk.see("a.txt", mtime_ns=2)
    desk.library.store(file.id, desk.read("rent"))
    assert desk.file("a.txt").state == "pending"
    assert desk.file("a.txt").mtime_ns == 2
    assert desk.finds("rent") != []  # what was read is better than nothing


def test_a_file_that_changes_while_its_reading_fails_is_no_failure(desk):
    file = desk.start("a.txt")
    desk.see("a.txt", mtime_ns=2)
    desk.library.folders.fail(file.id, "Bad", "It is bad.")
    assert desk.file("a.txt").state == "pending"
    assert desk.library.folders.failures() == []


def test_a_file_that_is_removed_while_it_is_read_leaves_nothing(desk, sound):
    file, failing = desk.start("a.txt"), desk.start("b.txt")
    desk.remove("a.txt")
    desk.remove("b.txt")
    desk.library.store(file.id, desk.read("rent"))
    desk.library.folders.fail(failing.id, "Bad", "It is bad.")
    assert desk.library.folders.files(desk.folder) == {}
    assert desk.library.folders.failures() == []
    assert desk.library.count_passages() == 0
    assert desk.embed() == 0
    sound(desk.library)
    assert desk.library.remove_orphans()
    assert desk.finds("rent") == []
    sound(desk.library)


def test_a_file_that_could_not_be_read_is_found_by_its_name(desk, sound):
    failing = desk.start("taxreturn.pdf")
    desk.library.fail(failing.id, ReadFailure("/d/taxreturn.pdf", "Encrypted", "It has a password."))
    document = desk.file("taxreturn.pdf").document_id
    assert named_in_full(desk.library.db, "taxreturn").tolist() == [document]
    assert document in desk.library.catalogue.documents
    assert [failure.title for failure in desk.library.folders.failures()] == ["Encrypted"]
    assert not desk.library.remove_orphans()
    sound(desk.library)
    desk.library.folders.retry_failed()
    assert desk.put("taxreturn.pdf", "rent") != document
    assert desk.library.remove_orphans()
    sound(desk.library)


def test_failures_are_told_newest_first_and_retried(desk):
    for name in ("a.txt", "b.txt"):
        desk.library.folders.fail(desk.start(name).id, f"Bad {name}", "It is bad.")
    assert [failure.path for failure in desk.library.folders.failures()] == ["/d/b.txt", "/d/a.txt"]
    assert [failure.title for failure in desk.library.folders.failures(1)] == ["Bad b.txt"]
    assert desk.library.folders.counts() == {desk.folder.id: Counts(files=2, failed=2)}
    assert desk.library.folders.counts()[desk.folder.id].pending == 0
    desk.library.folders.retry_failed()
    assert desk.library.folders.failures() == []
    assert len(desk.library.folders.pending(10)) == 2
    desk.put("a.txt", "rent")
    assert desk.library.db.execute("SELECT count(*) FROM failures").fetchone()[0] == 1


def test_files_that_were_read_in_part_are_told_with_their_copies_and_read_again(desk, sound):
    read = replace(desk.read("rent"), shortfall=Shortfall("Read in part", "b.pdf: Damaged."))
    document = desk.library.store(desk.start("a.zip").id, read)
    desk.library.store(desk.start("copy.zip").id, desk.read("rent", known=True))
    desk.put("c.txt", "lease")
    expected = [(f"/d/{name}.zip", "Read in part", "b.pdf: Damaged.", True) for name in ("a", "copy")]
    told = desk.library.folders.failures()
    assert [(failure.path, failure.title, failure.message, failure.in_part) for failure in told] == expected
    assert desk.library.folders.counts() == {desk.folder.id: Counts(files=3, pending=3, in_part=2)}

    assert not desk.library.retry("/d/c.txt")
    assert desk.library.retry("/d/copy.zip")
    assert desk.library.folders.failures() == []
    waiting = desk.library.folders.pending(10)
    assert [file.path for file in waiting] == ["/d/a.zip", "/d/copy.zip"]
    desk.library.folders.set_state([file.id for file in waiting], "reading")
    assert desk.library.documents.find(read.hash) is None
    assert desk.library.store(waiting[0].id, replace(read, shortfall=None)) == document
    assert desk.library.store(waiting[1].id, desk.read("rent", known=True)) == document
    assert desk.library.folders.failures() == []
    assert not desk.library.retry_in_part()
    sound(desk.library)


@pytest.mark.parametrize("title", PASSING)
def test_a_failure_to_open_keeps_the_earlier_content_findable(desk, sound, title):
    document = desk.put("a.txt", "rent")
    file = desk.start("a.txt", mtime_ns=2)
    for _ in range(2):
        desk.library.fail(file.id, ReadFailure(file.path, title, "It is so."))
    assert [failure.title for failure in desk.library.folders.failures()] == [title]
    assert desk.file("a.txt").document_id == document
    assert not desk.library.remove_orphans()
    assert desk.library.folders.passing_failures() == {file.id}
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
    assert desk.library.folders.passing_failures() == set()
    desk.remove("a.txt")
    assert desk.library.remove_orphans()
    assert desk.finds("rent") == []
    sound(desk.library)


def test_a_file_that_cannot_be_opened_any_more_is_told_only_where_no_other_holds_the_same(desk):
    document = desk.put("a.txt", "rent")
    desk.put("b.txt", "rent")
    file = desk.start("b.txt", mtime_ns=2)
    desk.library.fail(file.id, ReadFailure(file.path, PASSING[0], "It is so."))
    assert [own.path for own in files_of(desk.library.db, [document])[document]] == ["/d/a.txt"]
    desk.remove("a.txt")
    assert [own.path for own in files_of(desk.library.db, [document])[document]] == ["/d/b.txt"]


def test_a_scan_has_what_could_not_be_opened_read_again(library, make_desk, tmp_path):
    desk = make_desk(library, str(tmp_path / "documents"))
    (tmp_path / "documents").mkdir()
    for name in ("closed.txt", "damaged.txt"):
        (tmp_path / "documents" / name).write_text(name)
    list(compare(library.folders, desk.folder, desk.root, leave_out=library.folder))
    for file in library.folders.pending(10):
        library.folders.set_state([file.id], "reading")
        title = "No permission" if "closed" in file.path else "Damaged file"
        library.fail(file.id, ReadFailure(file.path, title, "It is so."))
    list(compare(library.folders, desk.folder, desk.root, leave_out=library.folder))
    assert [os.path.basename(file.path) for file in library.folders.pending(10)] == ["closed.txt"]


def test_what_cannot_be_looked_at_is_a_failure_until_it_can(desk, sound):
    folders, error = desk.library.folders, UserError("Could not be read", "Denied.", "/d/sub")
    for _ in range(2):
        folders.fail_unread(desk.folder, error)
    assert [(failure.path, failure.message) for failure in folders.failures()] == [("/d/sub", "Denied.")]
    folders.retry_failed()  # a scan looks at it anyway; there is nothing to read
    assert folders.pending(10) == []
    assert not desk.file("sub").is_same(desk.stamp("sub"))
    desk.put("sub", "a file after all")
    assert folders.failures() == []
    sound(desk.library)


def test_an_indexed_file_that_cannot_be_looked_at_stays_as_it_is(desk):
    desk.put("a.txt", "rent")
    desk.library.folders.fail_unread(desk.folder, UserError("Could not be read", "Denied.", "/d/a.txt"))
    assert desk.file("a.txt").state == "indexed"


def test_files_that_were_being_read_wait_again_after_a_crash(desk):
    crashed, current = desk.start("a.txt"), desk.start("b.txt")
    desk.library.folders.recover(but={current.id})
    assert desk.file("a.txt").state == "pending"
    assert desk.file("b.txt").state == "reading"
    assert [file.id for file in desk.library.folders.pending(10)] == [crashed.id]


def test_pending_counts_files_whose_passages_are_not_embedded_yet(desk):
    desk.put("a.txt", "rent\n租房")
    desk.put("copy.txt", "rent\n租房")
    desk.put("b.txt", "tea")
    desk.see("c.txt")
    desk.see("a.txt", mtime_ns=2)  # waits for both, and counts once
    assert desk.library.folders.counts()[desk.folder.id].pending == 4
    desk.embed()
    assert desk.library.folders.counts()[desk.folder.id].pending == 2


def test_names_are_found_by_their_own_and_their_folders_words(desk, sound):
    document = desk.put("Mietvertrag Wohnung/租房合同 2024.txt", "rent")
    file = desk.file("Mietvertrag Wohnung/租房合同 2024.txt")
    assert file.document_id == document
    for word in name_words(file.path).split():
        assert desk.finds(word, "name_words") == [file.id]
    desk.remove("Mietvertrag Wohnung/租房合同 2024.txt")
    assert desk.finds("2024", "name_words") == []
    sound(desk.library)


def test_removing_a_file_goes_by_what_is_known_now(desk, sound):
    seen = desk.start("a.txt")  # a scan remembers it without a document
    desk.library.store(seen.id, desk.read("rent"))
    desk.library.folders.remove_files(iter([seen]))
    assert desk.finds("a", "name_words") == []
    sound(desk.library)


@pytest.mark.parametrize("removed", [[], ["nowhere.txt"]])
def test_removing_nothing_changes_nothing(desk, removed):
    desk.put("a.txt", "rent")
    for name in removed:
        desk.remove(name)
    assert desk.file("a.txt").state == "indexed"


def test_a_failure_tells_the_kind_that_its_name_promises_and_when(desk):
    before = time.time()
    desk.library.folders.fail(desk.start("Scan 1.PDF").id, "Bad", "It is bad.")
    desk.library.folders.fail(desk.start("nameless").id, "Bad", "It is bad.")
    other, pdf = sorted(desk.library.folders.failures(), key=lambda failure: failure.kind)
    assert (other.kind, pdf.kind) == ("other", "pdf")
    assert before <= pdf.when <= time.time()
    assert not pdf.is_aside


def _fail(desk, name, kills):
    """A file that is to be read ends so many readers."""
    file = desk.file(name)
    desk.library.folders.set_state([file.id], "reading")
    desk.library.folders.fail(file.id, "Bad", "It is bad.", kills)


def _waits(desk, name):
    return desk.file(name).state == "pending"


def test_a_file_that_killed_its_reader_twice_is_put_aside(desk):
    desk.see("once.pdf")
    _fail(desk, "once.pdf", kills=1)
    desk.library.folders.retry_failed()
    assert _waits(desk, "once.pdf")
    _fail(desk, "once.pdf", kills=1)
    desk.library.folders.retry_failed()
    desk.library.folders.recover()
    assert not _waits(desk, "once.pdf")
    [failure] = desk.library.folders.failures()
    assert failure.is_aside
    assert failure.message.startswith("It is bad. It is put aside until it changes")


def test_what_was_put_aside_is_read_again_once_it_has_changed(desk):
    desk.see("a.pdf")
    _fail(desk, "a.pdf", kills=2)
    desk.see("a.pdf", mtime_ns=2)
    assert _waits(desk, "a.pdf")
    _fail(desk, "a.pdf", kills=1)  # the count began anew
    desk.library.folders.retry_failed()
    assert _waits(desk, "a.pdf")


def test_what_was_put_aside_is_read_again_when_a_person_names_it(desk):
    desk.see("a.pdf")
    desk.see("b.pdf")
    _fail(desk, "a.pdf", kills=2)
    _fail(desk, "b.pdf", kills=2)
    assert desk.library.folders.retry("/d/a.pdf")
    assert _waits(desk, "a.pdf")
    assert not _waits(desk, "b.pdf")
    assert not desk.library.folders.retry("/d/a.pdf")  # it is not failed any more
    assert not desk.library.folders.retry("/d/never seen")


def test_what_cannot_be_looked_at_does_not_wait_to_be_read_when_it_is_named(desk):
    desk.library.folders.fail_unread(desk.folder, UserError("Could not be read", "Denied.", "/d/sub"))
    assert desk.library.folders.retry("/d/sub")
    assert desk.library.folders.pending(10) == []


@pytest.mark.parametrize("pattern", ["*.log", "草稿/", os.fsdecode(b"\xff*")])
def test_the_rules_of_a_folder_are_kept(desk, pattern):
    rules = FolderRules((pattern,), ("build",), hidden=True, limit_mb=5)
    assert desk.folder.rules == FolderRules()
    desk.library.folders.set_rules(desk.folder, rules)
    assert [folder.rules for folder in desk.library.folders.all()] == [rules]


def test_another_limit_has_the_files_read_again_that_it_concerns(desk):
    for name, size in (("small", 1), ("between", 7 << 20), ("large", 300 << 20)):
        desk.see(name, size=size)
    desk.library.folders.set_rules(desk.folder, FolderRules(limit_mb=5))
    assert list(desk.library.folders.files(desk.folder)) == ["/d/small"]
    desk.see("between", size=7 << 20)
    [folder] = desk.library.folders.all()
    desk.library.folders.set_rules(folder, FolderRules(hidden=True, limit_mb=5))
    assert desk.file("between") is not None
