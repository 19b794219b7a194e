from __future__ import annotations

from dataclasses import replace

import pytest

from bge_desktop.messages import FolderState, FolderStatus, Held
from bge_desktop.ui import wording


@pytest.mark.parametrize(
    ("copies", "similar", "text"),
    [
        (0, 0, ""),
        (1, 0, "+1 copy"),
        (2, 0, "+2 copies"),
        (0, 1, "+1 similar copy"),
        (1, 1, "+2 similar copies"),
        (0, 1200, "+1,200 similar copies"),
    ],
)
def test_copies_are_counted_in_words(qapp, make_result, copies, similar, text):
    assert wording.copies_text(make_result(copies=("/c",) * copies, near_duplicates=("/s",) * similar)) == text


def test_of_many_copies_the_first_are_named(qapp, make_result):
    paths = tuple(f"/d/{number}.txt" for number in range(7))
    lines = wording.copies_lines(make_result(near_duplicates=paths))
    assert lines == [*(f"Almost the same: /d/{number}.txt" for number in range(5)), "and 2 more"]


@pytest.mark.parametrize(
    ("failed", "in_part", "text"),
    [
        (0, 0, ""),
        (1, 0, "1 file could not be read"),
        (0, 1, "1 file was read in part"),
        (3, 0, "3 files could not be read"),
        (0, 1200, "1,200 files were read in part"),
        (1, 2, "1 not read, 2 in part"),
    ],
)
def test_files_that_failed_and_that_were_read_in_part_are_counted_apart(qapp, failed, in_part, text):
    status = FolderStatus("/d", FolderState.WATCHED, files=9, pending=0, failed=failed, in_part=in_part)
    assert wording.failed_text(status) == text


@pytest.mark.parametrize("held", list(Held))
def test_it_is_said_why_indexing_stands_back_but_for_a_pause_which_the_folders_say(qapp, held):
    assert bool(wording.held_text(held)) is (held not in (Held.NOT, Held.PAUSED))


@pytest.mark.parametrize("state", list(FolderState))
def test_every_state_of_a_folder_has_its_words(qapp, state):
    status = FolderStatus("/d", state, files=1200, pending=0, failed=0)
    assert wording.state_text(status)
    assert bool(wording.state_tip(status)) is (
        state not in (FolderState.WAITING, FolderState.SCANNING, FolderState.INDEXING)
    )


def test_removing_counts_the_files_and_says_that_they_stay(qapp):
    one, two = (
        wording.removal_text(FolderStatus("/d", FolderState.WATCHED, files=count, pending=0, failed=0))
        for count in (1, 2)
    )
    assert one.startswith("1 file will no longer be found, and what the library knows of it ")
    assert one.endswith("The document itself is left alone, in /d.")
    assert two.startswith("2 files will no longer be found, and what the library knows of them ")
    assert two.endswith("The documents themselves are left alone, in /d.")


@pytest.mark.parametrize(
    ("state", "files", "pending", "text"),
    [
        (FolderState.PAUSED, 1500, 1473, "Paused  ·  27 of 1,500 files done"),
        (FolderState.PAUSED, 1, 1, "Paused  ·  0 of 1 file done"),
        (FolderState.PAUSED, 1500, 0, "Paused  ·  1,500 files"),
        (FolderState.INDEXING, 1, 1, "Indexing  ·  0 of 1 file"),
        (FolderState.INDEXING, 1500, 3, "Indexing  ·  1,497 of 1,500 files"),
    ],
)
def test_a_folder_says_how_many_files_are_done(qapp, state, files, pending, text):
    assert wording.state_text(FolderStatus("/d", state, files, pending, failed=0)) == text


def test_a_folder_says_how_many_passages_it_has_also_while_it_is_paused(qapp):
    folder = FolderStatus("/d", FolderState.PAUSED, files=12, pending=0, failed=0, passages=40)
    assert wording.state_text(folder) == "Paused  ·  12 files  ·  40 passages"


@pytest.mark.parametrize("is_file", [False, True])
def test_a_single_file_that_is_away_may_have_been_deleted(qapp, is_file):
    status = FolderStatus("/d", FolderState.AWAY, files=1, pending=0, failed=0, is_file=is_file)
    assert ("If it was deleted, remove it from the list." in wording.state_tip(status)) is is_file


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (3, "less than a minute left"),
        (55, "about a minute left"),
        (61, "about 2 minutes left"),
        (600, "about 10 minutes left"),
        (601, "about 15 minutes left"),
        (3300, "about 55 minutes left"),
        (3301, "about an hour left"),
        (3601, "about 2 hours left"),
        (86_400, "about 24 hours left"),
        (86_401, "more than a day left"),
    ],
)
def test_the_time_left_is_rounded_up_as_far_as_one_may_trust_it(qapp, seconds, text):
    assert wording.time_left_text(seconds) == text


@pytest.mark.parametrize(
    ("files", "size", "is_all", "text"),
    [
        (1234, 2_100_000_000, True, "1,234 files, 2.1 GB"),
        (1, 900, True, "1 file, 900 bytes"),
        (200_000, 12_345_678, False, "More than 200,000 files, 12.3 MB"),
        (0, 0, True, "Empty"),
    ],
)
def test_how_much_there_is_in_a_folder_is_told_in_words(qapp, files, size, is_all, text):
    assert wording.size_text(files, size, is_all=is_all) == text


def test_passages_are_counted_where_they_are_known(qapp):
    status = FolderStatus("/d", FolderState.WATCHED, files=2, pending=0, failed=0)
    assert wording.state_text(status) == "Up to date  ·  2 files"
    assert wording.state_text(replace(status, passages=1)) == "Up to date  ·  2 files  ·  1 passage"


def test_it_is_said_how_many_of_all_documents_are_there(qapp):
    texts = [wording.found_text(50, 1540), wording.found_text(121, 121), wording.found_text(1, 0)]
    assert texts == ["50 of 1,540 documents", "121 documents", "1 document"]
    assert wording.best_text(50, 1540) == "The best 50 of 1,540 documents"
    assert wording.exported_text(1, "/d/list.csv") == "1 document was written to /d/list.csv"
    assert wording.exported_text(1540, "/d/list.csv") == "1,540 documents were written to /d/list.csv"
