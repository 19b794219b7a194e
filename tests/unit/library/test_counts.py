from bge_desktop.library.counts import count_passages


def test_passages_are_counted_by_folder_and_a_copy_once_more(desk):
    other = desk.library.folders.add("/e")
    desk.put("a.txt", "rent\ndeposit")
    desk.put("copy of a.txt", "rent\ndeposit")
    desk.put("b.txt", "notice")
    desk.start("c.txt")
    assert count_passages(desk.library.db) == {desk.folder.id: 5}
    assert other.id not in count_passages(desk.library.db)
