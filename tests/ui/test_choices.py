from __future__ import annotations

import os

import pytest

from bge_desktop.settings import Settings, load, save, settings_path
from bge_desktop.ui.choices import Choices


@pytest.fixture
def library(tmp_path):
    return str(tmp_path)


@pytest.fixture
def choices(library, qtbot):
    own = Choices(library, Settings())
    own.heard, own.errors = [], []
    own.changed.connect(own.heard.append)
    own.failed.connect(own.errors.append)
    yield own
    own.close()


def test_a_change_holds_at_once_and_is_written(choices, library, qtbot):
    with qtbot.waitSignal(choices.saved):
        choices.change(threads=2)
        assert choices.settings == Settings(threads=2)
        assert choices.heard == [Settings(threads=2)]
    assert load(library) == (Settings(threads=2), None)
    assert choices.heard == [Settings(threads=2)]


def test_what_changes_nothing_is_not_written(choices, library, qtbot):
    choices.change(threads=0)
    qtbot.wait(20)
    assert (choices.heard, os.listdir(library)) == ([], [])


def test_quick_changes_are_all_written_and_none_is_taken_back_for_a_moment(choices, library, qtbot):
    for threads in range(1, 9):
        choices.change(threads=threads)
    choices.change(language="zh")
    expected = Settings(threads=8, language="zh")
    qtbot.waitUntil(lambda: load(library)[0] == expected)
    qtbot.waitUntil(lambda: not choices._background.is_busy)
    assert [own.threads for own in choices.heard] == [*range(1, 9), 8]
    assert choices.settings == expected


def test_what_another_program_has_changed_meanwhile_stays(choices, library, qtbot):
    save(library, Settings(idle_minutes=9.0))
    with qtbot.waitSignal(choices.saved):
        choices.change(threads=2)
    assert load(library)[0] == choices.settings == Settings(threads=2, idle_minutes=9.0)


def test_a_value_that_is_not_allowed_goes_back_and_is_told(choices, library, qtbot):
    with qtbot.waitSignal(choices.failed):
        choices.change(quick_search_keys="A")
    assert "keys such as" in choices.errors[0].message
    assert choices.settings == Settings()
    assert choices.heard == [Settings(quick_search_keys="A"), Settings()]


def test_a_file_that_cannot_be_written_is_told_and_the_settings_go_back(choices, library, qtbot, monkeypatch):
    def full(_file):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with qtbot.waitSignal(choices.failed):
        choices.change(threads=2)
    assert "No space left" in choices.errors[0].message
    assert choices.errors[0].path == settings_path(library)
    assert choices.settings == Settings()


def test_what_stands_in_the_file_is_taken(choices, library, qtbot):
    save(library, Settings(language="zh"))
    with qtbot.waitSignal(choices.changed):
        choices.read_again()
    assert choices.settings == Settings(language="zh")


def test_at_the_end_all_is_written(choices, library):
    choices.change(threads=2)
    choices.change(threads=3)
    choices.close()
    assert load(library)[0].threads == 3
