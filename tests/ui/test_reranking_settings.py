"""The page of the settings that chooses a reranker."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox

from bge_desktop.settings import Settings, load, save
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.reranking_settings import RerankingSettings
from tests.small_models import save_bert, save_bert_reranker


@pytest.fixture
def choices(tmp_path, qtbot):
    library = str(tmp_path / "library")
    save(library, Settings())
    own = Choices(library, Settings())
    yield own
    own.close()


@pytest.fixture
def page(choices, qtbot):
    made = RerankingSettings(choices)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close_background()


@pytest.fixture(scope="module")
def reranker(tmp_path_factory):
    return str(save_bert_reranker(tmp_path_factory.mktemp("models") / "small-reranker"))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return str(save_bert(tmp_path_factory.mktemp("models") / "encoder"))


def test_it_is_off_at_first(page):
    assert page._name.text() == "Off"
    assert page.off_button.isHidden()


def test_a_folder_with_a_reranker_is_taken_in_use_and_named(page, choices, reranker, tmp_path, qtbot):
    page.take(reranker)
    qtbot.waitUntil(lambda: choices.settings.reranker == reranker)
    assert page._name.text() == "small-reranker"
    qtbot.waitUntil(lambda: load(str(tmp_path / "library"))[0].reranker == reranker)


def test_a_folder_without_one_is_refused_and_what_holds_is_kept(page, choices, encoder, qtbot):
    with qtbot.waitSignal(page.failed) as told:
        page.take(encoder)
    assert "is no reranker" in told.args[0].message
    assert choices.settings.reranker == ""
    assert page.choose_button.isEnabled()


def test_it_can_be_turned_off(page, choices, reranker, qtbot):
    choices.change(reranker=reranker)
    qtbot.mouseClick(page.off_button, Qt.MouseButton.LeftButton)
    assert choices.settings.reranker == ""
    assert page._name.text() == "Off"


def test_the_time_is_chosen(page, choices):
    page.findChild(QSpinBox).setValue(700)
    assert choices.settings.reranking_ms == 700
