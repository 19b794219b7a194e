"""The real worker and encoder on a folder in which things move, are copied and saved, and which itself comes and goes.

Nothing of it costs an embedding that has been made before.
"""

from __future__ import annotations

import os
import shutil

import pytest

from bge_desktop.library.library import reading
from bge_desktop.messages import AddFolder, LibraryStatus, ReportStatus
from tests.end_to_end.client import Client
from tests.torture import privileges

COUNT = 30


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    (path / "letters").mkdir(parents=True)
    for number in range(COUNT):
        (path / "letters" / f"{number:02}.txt").write_text(f"Letter {number}: the gardener planted {number} tulips.")
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    return path


@pytest.fixture
def client(tmp_path, folder):
    own = started(tmp_path, folder)
    yield own
    own.worker.stop()
    assert own.errors == []


def started(tmp_path, folder):
    client = Client(tmp_path / "library")
    client.worker.submit(AddFolder(str(folder)))
    assert client.worker.wait_until_idle(60)
    assert embedded(client) == COUNT + 1
    return client


def embedded(client):
    """How many passages were embedded since the worker started."""
    client.worker.submit(ReportStatus())
    while not isinstance(event := client.events.get(timeout=60), LibraryStatus):
        pass
    return event.embedded


def text_of(folder, path):
    with reading(str(folder.parent / "library")) as library:
        sql = "SELECT unpacked(text) FROM documents JOIN files ON document_id = documents.id WHERE path = ?"
        return library.db.execute(sql, [os.fsencode(path)]).fetchone()[0]


def ctimes(folder):
    with reading(str(folder.parent / "library")) as library:
        rows = library.db.execute("SELECT path, ctime_ns FROM files").fetchall()
    return {os.fsdecode(path): ctime for path, ctime in rows}


def indexed(folder):
    """The paths of the files that are in the library, relative to the documents' folder."""
    with reading(str(folder.parent / "library")) as library:
        rows = library.db.execute("SELECT path FROM files WHERE state = 'indexed'").fetchall()
    return {os.path.relpath(os.fsdecode(path), folder) for (path,) in rows}


def on_disk(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def wait_until_in_step(client, folder):
    client.wait_for(lambda: indexed(folder) == on_disk(folder))
    assert client.worker.wait_until_idle(60)


def test_a_moved_folder_is_found_at_its_new_place(client, folder):
    (folder / "archive").mkdir()
    (folder / "letters").rename(folder / "archive" / "old letters")
    wait_until_in_step(client, folder)
    assert embedded(client) == COUNT + 1


def test_renamed_files_are_found_by_their_new_names(client, folder):
    for number in range(COUNT):
        (folder / "letters" / f"{number:02}.txt").rename(folder / "letters" / f"tulips {number}.txt")
    wait_until_in_step(client, folder)
    assert embedded(client) == COUNT + 1


def test_an_edit_that_sets_the_time_back_is_noticed_and_other_changes_of_a_file_embed_nothing(client, folder):
    lease, letter = folder / "lease.txt", folder / "letters" / "07.txt"
    letter.chmod(0o600)
    status, text = lease.stat(), lease.read_text()
    lease.write_text(text.replace("tenant", "lessee"))
    os.utime(lease, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert lease.stat().st_size == status.st_size
    client.wait_for(lambda: "lessee" in text_of(folder, lease))
    assert client.worker.wait_until_idle(60)
    assert embedded(client) == COUNT + 2
    assert ctimes(folder) == {str(path): path.stat().st_ctime_ns for path in folder.rglob("*.txt")}


def test_copies_are_known_and_stay_when_the_original_goes(client, folder):
    shutil.copytree(folder / "letters", folder / "copies")
    wait_until_in_step(client, folder)
    shutil.rmtree(folder / "letters")
    wait_until_in_step(client, folder)
    assert embedded(client) == COUNT + 1


def test_a_folder_that_is_away_stays_searchable_and_comes_back_for_nothing(client, folder):
    away = folder.rename(folder.parent / "away")
    client.wait_for(lambda: state(client) == "away")
    assert client.names("how do I move out of my flat")[0] == "lease.txt"
    away.rename(folder)
    client.wait_for(lambda: state(client) == "watched")
    wait_until_in_step(client, folder)
    assert embedded(client) == COUNT + 1


def test_what_moved_while_its_folder_was_away_is_found_there(client, folder):
    away = folder.rename(folder.parent / "away")
    client.wait_for(lambda: state(client) == "away")
    (away / "letters").rename(away / "post")
    away.rename(folder)
    wait_until_in_step(client, folder)
    assert embedded(client) == COUNT + 1


def state(client):
    client.worker.submit(ReportStatus())
    while not isinstance(event := client.events.get(timeout=60), LibraryStatus):
        pass
    return event.folders[0].state


@pytest.fixture
def disk(tmp_path):
    """A disk, and the place where it is plugged in."""
    plugged, place = tmp_path / "disk", tmp_path / "documents"
    plugged.mkdir()
    place.mkdir()
    if not privileges.can_mount(str(place)):
        pytest.skip("the system does not let this user mount")
    privileges.mount_new(str(plugged))
    privileges.mount(str(plugged), str(place))
    for number in range(COUNT):
        (place / f"{number:02}.txt").write_text(f"Letter {number}: the gardener planted {number} tulips.")
    (place / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    yield plugged, place
    for mounted in (place, plugged):
        privileges.unmount(str(mounted))


def test_a_disk_that_was_unplugged_stays_searchable_and_comes_back_for_nothing(tmp_path, disk):
    plugged, place = disk
    client = started(tmp_path, place)
    privileges.unmount(str(place))
    client.wait_for(lambda: state(client) != "scanning")
    client.worker.submit(AddFolder(str(place)))  # which looks at the empty place
    assert client.worker.wait_until_idle(60)
    assert client.names("how do I move out of my flat")[0] == "lease.txt"
    (plugged / "new.txt").write_text("Feed the goldfish twice a week, and never more.")
    privileges.mount(str(plugged), str(place))
    client.wait_for(lambda: client.names("goldfish")[:1] == ["new.txt"])
    wait_until_in_step(client, place)
    assert embedded(client) == COUNT + 2
    client.worker.stop()
