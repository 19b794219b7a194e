from __future__ import annotations


def folders(library, *names):
    return [library.folders.add(f"/d/{name}") for name in names]


def test_one_folder_is_paused_and_goes_on(library):
    first, _ = folders(library, "a", "b")
    library.pauses.begin("/d/a")
    assert library.pauses.folder_ids() == {first.id}
    library.pauses.end("/d/a")
    assert library.pauses.folder_ids() == set()


def test_with_all_paused_so_is_one_that_comes_later(library):
    first, second = folders(library, "a", "b")
    library.pauses.begin(None)
    (third,) = folders(library, "c")
    assert library.pauses.are_all
    assert library.pauses.folder_ids() == {first.id, second.id, third.id}


def test_one_that_goes_on_alone_leaves_the_others_paused(library):
    first, second = folders(library, "a", "b")
    library.pauses.begin(None)
    library.pauses.end("/d/b")
    assert (library.pauses.are_all, library.pauses.folder_ids()) == (False, {first.id})
    assert second.id not in library.pauses.folder_ids()


def test_all_go_on_those_paused_one_by_one_too(library):
    folders(library, "a", "b")
    library.pauses.begin("/d/a")
    library.pauses.begin(None)
    library.pauses.end(None)
    assert library.pauses.folder_ids() == set()


def test_nothing_of_a_paused_folder_waits_to_be_read_or_embedded(desk):
    desk.put("a.txt", "rent")
    documents, folder = desk.library.documents, desk.folder
    assert documents.to_embed(9, 0) != []
    assert documents.to_embed(9, 0, [folder.id]) == []
    file = next(iter(desk.library.folders.files(folder).values()))
    desk.library.folders.set_state([file.id], "pending")
    assert [own.id for own in desk.library.folders.pending(9)] == [file.id]
    assert desk.library.folders.pending(9, [folder.id]) == []
