"""The page about models: what is asked of the worker, and what is shown of what it tells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from bge_desktop.messages import (
    AddingProgress,
    AddModel,
    AvailableModel,
    CancelAdding,
    CancelSwitch,
    ComingModels,
    FetchModel,
    ForgetFormer,
    LibraryStatus,
    ListModels,
    LookUpModel,
    ModelAdded,
    ModelFound,
    ModelNotAdded,
    ModelsListed,
    ModelStatus,
    RemoveModel,
    ReturnToFormer,
    UsedModel,
    UseModels,
)
from bge_desktop.settings import Settings, load, save
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.settings_dialog import SettingsDialog

ENGLISH, CHINESE = "bge-small-en-v1.5", "bge-small-zh-v1.5"
BUNDLED = (AvailableModel(ENGLISH, 384, 512, True), AvailableModel(CHINESE, 512, 512, True))
ADDED = AvailableModel("bge-m3", 1024, 8192, False, 2_271_000_000, "BAAI/bge-m3", "mit")
IN_USE = (UsedModel("en", ENGLISH, 384, 1234), UsedModel("zh", CHINESE, 512, 1))
COMING = (UsedModel("en", "bge-m3", 1024, 300), UsedModel("zh", "bge-m3", 1024, 0))
COMMIT = "5617a9f61b028005a4858fdac845db406aefb181"


@pytest.fixture
def dialog(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    save(str(tmp_path / "library"), Settings())
    choices = Choices(str(tmp_path / "library"), Settings())
    places = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    own = SettingsDialog(choices, str(tmp_path / "library"), places)
    qtbot.addWidget(own)
    own.list.setCurrentRow(own.pages.indexOf(own.model))
    own.show()
    qtbot.waitExposed(own)
    yield own
    own.close_background()
    choices.close()


@pytest.fixture
def asked(dialog):
    requests = []
    dialog.asked.connect(requests.append)
    return requests


@pytest.fixture
def page(dialog, asked):
    dialog.take(ModelsListed((*BUNDLED, ADDED), IN_USE))
    return dialog.model


def choose(page, language, name):
    box = page.choice.boxes[language]
    box.setCurrentText(name)
    box.activated.emit(box.currentIndex())


def click(qtbot, button):
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_models_are_asked_for_when_the_dialog_comes(dialog, asked, qtbot):
    dialog.hide()
    dialog.show()
    assert asked == [ListModels()]


def test_the_models_in_use_are_shown_and_where_they_run(dialog, page):
    models = (ModelStatus(ENGLISH, "OpenVINO bf16 on the processor", 384, 1234), ModelStatus(CHINESE, "", 512, 1))
    dialog.show_status(LibraryStatus((), 1, 2, 0, 0, models, 5))
    assert page.choice.text().splitlines() == [
        "English text and all other languages",
        f"In use: {ENGLISH}  ·  1,234 passages  ·  384 numbers a passage  ·  Runs with OpenVINO bf16 on the processor",
        "Chinese text",
        f"In use: {CHINESE}  ·  1 passage  ·  512 numbers a passage  ·  At rest",
    ]
    assert [box.currentText() for box in page.choice.boxes.values()] == [ENGLISH, CHINESE]


def test_another_model_is_used_only_once_the_button_is_pressed(page, asked, qtbot):
    assert not page.choice.use_button.isEnabled()
    choose(page, "en", "bge-m3")
    assert asked == []
    click(qtbot, page.choice.use_button)
    assert asked == [UseModels(en="bge-m3", zh=CHINESE)]


def test_what_is_chosen_and_not_used_yet_outlasts_news(dialog, page, qtbot):
    choose(page, "zh", "bge-m3")
    dialog.take(ModelsListed((*BUNDLED, ADDED), IN_USE))
    assert page.choice.boxes["zh"].currentText() == "bge-m3"
    assert page.choice.use_button.isEnabled()
    choose(page, "zh", CHINESE)
    assert not page.choice.use_button.isEnabled()


def test_a_switch_is_shown_with_its_time_left_and_may_be_cancelled(dialog, page, asked, qtbot):
    assert page.switch.text() == ""
    dialog.take(ModelsListed((*BUNDLED, ADDED), IN_USE, ComingModels(COMING, 300, 1235, 130.0)))
    assert page.switch.text() == "Reading the passages with bge-m3: 300 of 1,235  ·  about 3 minutes left"
    assert page.switch.bar.value() / page.switch.bar.maximum() == pytest.approx(300 / 1235, abs=0.001)
    assert [box.currentText() for box in page.choice.boxes.values()] == ["bge-m3", "bge-m3"]
    assert not page.choice.use_button.isEnabled()
    click(qtbot, page.switch.cancel_button)
    assert asked == [CancelSwitch()]
    dialog.take(ModelsListed((*BUNDLED, ADDED), IN_USE))
    assert page.switch.text() == ""
    assert [box.currentText() for box in page.choice.boxes.values()] == [ENGLISH, CHINESE]


def test_there_is_a_way_back_while_something_is_kept(dialog, page, asked, qtbot):
    assert not page.return_button.isVisible()
    dialog.take(ModelsListed((*BUNDLED, ADDED), COMING, former=IN_USE, former_bytes=2_500_000))
    assert page._former.text() == f"The former models are kept: {ENGLISH}, {CHINESE}, 2.5 MB"
    click(qtbot, page.return_button)
    click(qtbot, page.forget_button)
    assert asked == [ReturnToFormer(), ForgetFormer()]


def test_a_model_whose_files_are_gone_is_shown_as_in_use(dialog, page):
    dialog.take(ModelsListed(BUNDLED, (UsedModel("en", "gone", 8, 3), IN_USE[1])))
    assert page.choice.boxes["en"].currentText() == "gone"


def test_an_added_model_is_removed_unless_it_is_used(dialog, page, asked, qtbot):
    click(qtbot, page.added.buttons["bge-m3"])
    assert asked == [RemoveModel("bge-m3")]
    dialog.take(ModelsListed((*BUNDLED, ADDED), COMING))
    assert not page.added.buttons["bge-m3"].isEnabled()
    assert "in use" in page.added.buttons["bge-m3"].toolTip()
    dialog.take(ModelsListed(BUNDLED, IN_USE))
    assert page.added.buttons == {}
    assert page._none.isVisible()


def test_a_reranker_is_used_by_the_settings_and_not_for_passages(dialog, page, qtbot, tmp_path):
    reranker = AvailableModel(
        "bge-reranker-base", 1, 512, False, 1_100_000_000, "BAAI/bge-reranker-base", "mit", "/m/r"
    )
    dialog.take(ModelsListed((*BUNDLED, reranker), IN_USE))
    assert [page.choice.boxes["en"].itemText(row) for row in range(3)] == [ENGLISH, CHINESE, ""]
    assert page.added.buttons["bge-reranker-base"].isEnabled()
    click(qtbot, page.added.use_buttons["bge-reranker-base"])
    qtbot.waitUntil(lambda: load(str(tmp_path / "library"))[0].reranker == "/m/r")
    qtbot.waitUntil(lambda: not page.added.buttons["bge-reranker-base"].isEnabled())
    assert not page.added.use_buttons["bge-reranker-base"].isEnabled()


def test_a_folder_is_added(dialog, page, asked, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/models/bge-base")
    click(qtbot, page.folder_button)
    assert asked == [AddModel("/models/bge-base")]
    assert page.adding.text() == "Adding bge-base…"
    assert not page.folder_button.isEnabled()
    assert not page.download_button.isEnabled()
    dialog.take(AddingProgress("bge-base", 50_000_000, 200_000_000, 20.0))
    assert page.adding.text() == "Adding bge-base: 50.0 MB of 200.0 MB  ·  less than a minute left"
    dialog.take(ModelAdded("bge-base"))
    assert page.adding.text() == ""
    assert page.folder_button.isEnabled()


def test_a_folder_that_is_refused_is_told(dialog, page, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/models/other")
    click(qtbot, page.folder_button)
    dialog.take(ModelNotAdded("Model cannot be used", "Its weights are pickled.", "/models/other"))
    assert dialog.message_bar.text() == "Model cannot be used\nIts weights are pickled."
    assert page.adding.text() == ""


def test_no_folder_adds_nothing(page, asked, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    click(qtbot, page.folder_button)
    assert asked == []


def test_adding_may_be_cancelled(dialog, page, asked, qtbot):
    dialog.take(AddingProgress("bge-base", 1, 2))
    click(qtbot, page.adding.cancel_button)
    assert asked == [CancelAdding()]
    dialog.take(ModelNotAdded())
    assert page.adding.text() == ""
    assert not dialog.message_bar.isVisible()


class TestDownload:
    """The dialog that asks for a name."""

    @pytest.fixture
    def download(self, page, qtbot):
        click(qtbot, page.download_button)
        qtbot.waitExposed(page.download)
        return page.download

    def test_size_licence_and_revision_are_shown_before_anything_is_fetched(self, dialog, page, download, asked, qtbot):
        assert not download.action_button.isEnabled()
        qtbot.keyClicks(download.name_edit, "BAAI/bge-m3")
        assert download.action_button.text() == "Look up"
        qtbot.keyClick(download.name_edit, Qt.Key.Key_Return)
        assert asked == [LookUpModel("BAAI/bge-m3")]
        assert download.text() == "Asking the hub…"
        assert not download.action_button.isEnabled()
        dialog.take(ModelFound("BAAI/bge-m3", COMMIT, "mit", 2_271_000_000))
        assert download.text().splitlines() == ["Size: 2.3 GB", "Licence: mit", f"Revision: {COMMIT}"]
        assert download.action_button.text() == "Download"
        click(qtbot, download.action_button)
        assert asked[1:] == [FetchModel("BAAI/bge-m3", COMMIT)]
        assert page.download is None
        assert page.adding.text() == "Adding BAAI/bge-m3…"

    def test_another_name_is_looked_up_anew(self, dialog, download, asked, qtbot):
        qtbot.keyClicks(download.name_edit, "a/b")
        click(qtbot, download.action_button)
        dialog.take(ModelFound("a/b", COMMIT, "", 5))
        assert "Licence: not told" in download.text()
        qtbot.keyClicks(download.name_edit, "c")
        assert download.text() == ""
        qtbot.keyClicks(download.revision_edit, "v1")
        click(qtbot, download.action_button)
        assert asked == [LookUpModel("a/b"), LookUpModel("a/bc", "v1")]

    def test_what_the_hub_does_not_have_is_told_in_the_dialog(self, dialog, download, qtbot):
        qtbot.keyClicks(download.name_edit, "a/b")
        click(qtbot, download.action_button)
        dialog.take(ModelNotAdded("No such model", "The hub has none."))
        assert download.error.text() == "No such model. The hub has none."
        assert not dialog.message_bar.isVisible()
        assert download.action_button.isEnabled()

    def test_closing_it_gives_up_what_it_waits_for(self, dialog, page, download, asked, qtbot):
        qtbot.keyClicks(download.name_edit, "a/b")
        click(qtbot, download.action_button)
        click(qtbot, download.buttons.button(QDialogButtonBox.StandardButton.Cancel))
        assert asked == [LookUpModel("a/b"), CancelAdding()]
        dialog.take(ModelNotAdded())
        assert not dialog.message_bar.isVisible()
