from bge_desktop.library.library import Library
from bge_desktop.messages import FolderState
from bge_desktop.worker.status import library_status, progress


def test_passages_of_folders_are_counted_for_a_status_only(tmp_path):
    library = Library(str(tmp_path))
    library.folders.add("/d")
    assert [own.passages for own in progress(library, lambda _: FolderState.WATCHED, ()).folders] == [None]
    assert [own.passages for own in library_status(library, "", lambda _: FolderState.WATCHED, ()).folders] == [0]
    library.close()
