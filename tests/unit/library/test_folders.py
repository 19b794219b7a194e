import os
import unicodedata

import pytest

from bge_desktop.errors import UserError
from bge_desktop.library.counts import Counts, count_files
from bge_desktop.library.file_names import name_words
from bge_desktop.messages import FolderRules


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


def test_what_a_folder_leaves_out_is_left_out_of_the_one_that_takes_it_in(library, make_desk):
    inner = make_desk(library, "/home/docs")
    library.folders.set_rules(inner.folder, FolderRules(left_out=("private*",), hidden=True))
    outer = library.folders.add("/home")
    assert outer == library.folders.all()[0]
    assert outer.rules == FolderRules(left_out=("/docs/**/private*",))


def test_a_removed_folder_is_forgotten_with_its_files_and_failures(desk, make_desk, sound):
    desk.put("a.txt", "rent")
    failing = desk.start("b.txt")
    desk.fail(failing.id, "Bad", "It is bad.")
    other = make_desk(desk.library, "/other")
    other.put("c.txt", "tea")
    desk.library.remove_folder(desk.folder)
    assert [folder.path for folder in desk.library.folders.all()] == ["/other"]
    while desk.library.remove_orphans():
        pass
    assert [folder.path for folder in desk.library.folders.all()] == ["/other"]
    assert desk.library.failures.all() == []
    assert desk.library.db.execute("SELECT count(*) FROM failures").fetchone()[0] == 0
    assert list(desk.library.folders.documents_by_name()) == ["c.txt"]
    sound(desk.library)


def test_the_files_of_a_removed_folder_go_in_portions(desk):
    for number in range(12):
        desk.put(f"{number}.txt", f"rent {number}")
    desk.library.remove_folder(desk.folder)
    counts = []
    while desk.library.remove_orphans(1):
        counts.append(desk.library.db.execute("SELECT count(*) FROM files").fetchone()[0])
    assert counts[:3] == [7, 2, 0]
    assert desk.library.db.execute("SELECT count(*) FROM folders").fetchone()[0] == 0
    assert desk.library.documents.document_ids() == []


@pytest.mark.parametrize(("removed", "added"), [("/d", "/d"), ("/d", "/d/a"), ("/d/a", "/d"), ("/d", "/d/a/b.txt")])
def test_a_folder_that_is_added_while_another_is_being_removed_keeps_its_files(library, make_desk, removed, added):
    desk = make_desk(library, removed)
    document = desk.put(os.path.relpath("/d/a/b.txt", removed), "rent")
    library.remove_folder(desk.folder)
    folder = library.folders.add(added)
    while library.remove_orphans():
        pass
    assert [file.document_id for file in library.folders.files(folder).values()] == [document]


def test_what_is_being_removed_is_not_read(desk):
    desk.see("a.txt")
    desk.library.remove_folder(desk.folder)
    assert desk.library.folders.pending(9) == []


def test_what_is_being_removed_is_not_embedded(desk):
    desk.put("a.txt", "rent")
    assert len(desk.library.documents.to_embed(9, 0)) == 1
    desk.library.remove_folder(desk.folder)
    assert desk.library.documents.to_embed(9, 0) == []


def test_a_removed_folder_that_is_added_again_is_a_new_one(desk):
    library = desk.library
    library.folders.set_rules(desk.folder, FolderRules(left_out=("*.secret",)))
    library.pauses.begin(desk.folder.path)
    library.remove_folder(desk.folder)
    assert library.folders.add(desk.folder.path).rules == FolderRules()
    assert library.pauses.folder_ids() == frozenset()


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
    assert file.is_same(desk.stamp("a.txt", size=5, mtime_ns=6)._replace(device="renumbered"))


def test_a_file_goes_from_pending_through_reading_to_indexed(desk):
    file = desk.see("a.txt")
    assert (file.state, file.document_id) == ("pending", None)
    assert [own.id for own in desk.library.folders.pending(10)] == [file.id]
    desk.library.folders.set_state([file.id], "reading")
    assert desk.library.folders.pending(10) == []
    assert count_files(desk.library.db)[desk.folder.id].pending == 1
    document = desk.library.store(file.id, desk.read("rent"))
    assert (desk.file("a.txt").state, desk.file("a.txt").document_id) == ("indexed", document)
    assert count_files(desk.library.db) == {desk.folder.id: Counts(files=1, pending=1)}  # to be embedded


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
    desk.fail(file.id, "Bad", "It is bad.")
    assert desk.file("a.txt").state == "pending"
    assert desk.library.failures.all() == []


def test_a_file_that_is_removed_while_it_is_read_leaves_nothing(desk, sound):
    file, failing = desk.start("a.txt"), desk.start("b.txt")
    desk.remove("a.txt")
    desk.remove("b.txt")
    desk.library.store(file.id, desk.read("rent"))
    desk.fail(failing.id, "Bad", "It is bad.")
    assert desk.library.folders.files(desk.folder) == {}
    assert desk.library.failures.all() == []
    assert desk.library.count_passages() == 0
    assert desk.embed() == 0
    sound(desk.library)
    assert desk.library.remove_orphans()
    assert desk.finds("rent") == []
    sound(desk.library)


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
    assert count_files(desk.library.db)[desk.folder.id].pending == 4
    desk.embed()
    assert count_files(desk.library.db)[desk.folder.id].pending == 2


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


def test_files_are_told_in_portions_in_the_order_of_their_paths(desk):
    names = ["sub", "sub-way", "sub.txt", "sub/a", "sub/b/c", "sub/b", "sub/ü"]
    for name in names:
        desk.see(name)
    below = [f"/d/{name}" for name in ("sub", "sub/a", "sub/b", "sub/b/c", "sub/ü")]
    told, after = [], ""
    while portion := list(desk.library.folders.files(desk.folder, "/d/sub", after, 2)):
        assert len(portion) <= 2
        told += portion
        after = told[-1]
    assert told == below == list(desk.library.folders.files(desk.folder, "/d/sub"))
    assert list(desk.library.folders.known(["/d/sub.txt", "/d/gone"])) == ["/d/sub.txt"]
    assert desk.library.folders.known([]) == {}


def test_a_folder_that_is_a_single_file_is_told_from_one_that_could_not_be_looked_at(library, make_desk):
    library.folders.add("/empty")
    library.failures.record_unread(library.folders.add("/closed"), UserError("Could not be read", "So.", "/closed"))
    desk = make_desk(library, "/d/a.txt")
    desk.see("/d/a.txt")
    assert library.folders.single_files() == {desk.folder.id}


def test_a_folder_is_away_until_it_is_found_again(desk):
    assert not desk.folder.is_away
    for is_away in (True, True, False):
        desk.library.folders.set_away(desk.folder, is_away)
        assert [folder.is_away for folder in desk.library.folders.all()] == [is_away]
