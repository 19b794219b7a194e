from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QDialogButtonBox

from bge_desktop.ui import wording
from bge_desktop.ui.languages import CHINESE, ENGLISH, Speech, language_for, locale_for
from bge_desktop.ui.search_bar import SearchBar


@pytest.mark.parametrize(
    ("system", "language"),
    [
        (["zh-Hans-CN", "zh-CN", "zh"], CHINESE),
        (["zh-SG"], CHINESE),
        (["zh"], CHINESE),
        (["de-DE", "zh-CN", "en-US"], CHINESE),
        (["de-DE", "en-US", "zh-CN"], ENGLISH),
        (["zh-Hant-TW", "zh-TW", "zh"], ENGLISH),
        (["zh-HK"], ENGLISH),
        (["fr-FR"], ENGLISH),
        (["C"], ENGLISH),
        ([], ENGLISH),
    ],
)
def test_the_first_language_of_the_system_that_the_window_has_is_spoken(system, language):
    assert language_for("", system) == language


@pytest.mark.parametrize("chosen", [CHINESE, ENGLISH])
def test_what_was_chosen_goes_before_what_the_system_speaks(chosen):
    assert language_for(chosen, ["zh-CN", "en-US"]) == chosen


@pytest.mark.parametrize(
    ("language", "system", "locale"),
    [
        (ENGLISH, "en_GB", "en_GB"),
        (ENGLISH, "de_DE", "en_DE"),
        (ENGLISH, "C", "en_US"),
        (CHINESE, "zh_SG", "zh_SG"),
        (CHINESE, "zh_TW", "zh_CN"),
        (CHINESE, "en_US", "zh_CN"),
    ],
)
def test_numbers_and_dates_follow_the_language_and_the_persons_region(language, system, locale):
    assert locale_for(language, QLocale(system)).name() == locale


def test_the_window_and_qt_itself_speak_chinese(qtbot, chinese):
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    bar = SearchBar()
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "搜索"
    assert buttons.buttons()[0].text() == "取消"
    assert wording.files_text(1234) == "1,234 个文件"
    assert QLocale().toString(QDate(2024, 5, 6), QLocale.FormatType.LongFormat).startswith("2024年5月6日")


def test_what_is_made_after_another_choice_speaks_that(qtbot, chinese, qapp):
    assert chinese.language == CHINESE
    assert chinese.choose(ENGLISH)
    assert not chinese.choose(ENGLISH)
    assert wording.files_text(1234) == "1,234 files"
    assert chinese.choose(CHINESE)
    assert wording.files_text(1234) == "1,234 个文件"
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_a_translation_that_is_not_there_is_logged_and_english_goes_on(qapp, monkeypatch, tmp_path, caplog):
    before = QLocale()
    monkeypatch.setattr("bge_desktop.ui.languages.resources.path", lambda *parts: str(tmp_path))
    speech = Speech(qapp)
    speech.choose(CHINESE)
    assert wording.files_text(2) == "2 files"
    assert "bge-desktop_zh_CN" in caplog.text
    speech.choose(ENGLISH)
    QLocale.setDefault(before)
