"""Nothing is cut off in a longer language, from right to left, in large letters and in a small window."""

from __future__ import annotations

import contextlib
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui import pseudo_language
from tests.ui.scenes import SCENES
from tests.ui.shown_widgets import cut_off, cut_off_hints, outside, texts

_WORD = re.compile("[A-Za-z]{2}")
_NAMES = re.compile(r"/\S+|Documents|Pictures|disk|lease \d\.pdf|English")  # of files, and of languages in themselves
SMALLEST = (800, 600)


@pytest.fixture
def language(qapp):
    with pseudo_language.spoken(qapp):
        yield


@pytest.fixture(params=[1, 2], ids=["usual letters", "letters twice as large"])
def letters(request, qapp):
    before = QApplication.font()
    font = QApplication.font()
    font.setPointSizeF(before.pointSizeF() * request.param)
    QApplication.setFont(font)
    yield request.param
    QApplication.setFont(before)


@pytest.fixture(params=SCENES)
def scene(request, language, letters, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = SCENES[request.param](str(tmp_path))
    qtbot.addWidget(made, before_close_func=lambda own: getattr(own, "close_background", lambda: None)())
    made.resize(*SMALLEST)
    made.show()
    qtbot.waitExposed(made)
    return made


def settled(look, scene, qtbot):
    """What there is to complain of once all has its place."""
    with contextlib.suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not look(scene), timeout=1000)
    return look(scene)


def test_it_fits_into_a_small_window(scene, qtbot):
    assert scene.width() <= SMALLEST[0]
    assert scene.height() <= SMALLEST[1]
    assert not settled(outside, scene, qtbot)


def test_no_text_is_cut_off(scene, letters, qtbot):
    assert not settled(cut_off, scene, qtbot)
    assert letters > 1 or not cut_off_hints(scene)  # in large letters these are shortened


def test_nothing_is_left_in_english(scene):
    for text in texts(scene):
        assert not _WORD.search(_NAMES.sub("", pseudo_language.WHOLE.sub("", text))), text


def test_it_runs_from_right_to_left(scene):
    assert scene.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_a_text_is_stretched_and_its_places_are_kept():
    assert pseudo_language.stretched("Retry") == "[Rétrý ·]"
    text = "{count} documents were found in {took} ms"
    stretched = pseudo_language.stretched(text)
    assert stretched.startswith("[{count} ")
    assert "{took}" in stretched
    assert len(stretched) == pytest.approx(1.4 * len(text), abs=8)
    assert pseudo_language.stretched("d MMM yyyy") == "d MMM yyyy"
