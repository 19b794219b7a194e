"""What each piece of the window gives to those who do not see it, or do not use a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView

from bge_desktop.ui import theme
from bge_desktop.ui.topics_colours import colour_of_none, topic_colour
from tests.ui.scenes import SCENES
from tests.ui.shown_widgets import by_tab, described, nameless, shown, tab_stops

LIGHT = {"Base": "#ffffff", "Window": "#f0f0f0", "Text": "#000000", "WindowText": "#000000"}
DARK = {"Base": "#1e1f22", "Window": "#26282b", "Text": "#ffffff", "WindowText": "#ffffff"}
ACCENTS = ("#308cc6", "#e9a100", "#c2185b")  # blue, amber, pink
READABLE = 4.5
SEEN = 3.0
"""What WCAG asks of a drawing."""


@pytest.fixture
def steady_caret(qapp):
    before = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(before)


@pytest.fixture(params=SCENES)
def scene(request, qtbot, steady_caret, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = SCENES[request.param](str(tmp_path))
    qtbot.addWidget(made, before_close_func=lambda own: getattr(own, "close_background", lambda: None)())
    made.resize(960, 720)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def test_a_screen_reader_can_say_what_each_control_is(scene):
    assert not nameless(scene)


def test_the_tab_key_reaches_each_control_and_one_sees_where_it_is(scene):
    reached = by_tab(scene)
    assert not [described(own) for own in tab_stops(scene) if own not in reached], "not reached"
    assert not [described(own) for own, is_unseen in reached.items() if is_unseen], "not seen"


def test_each_row_of_a_list_is_readable(scene):
    for view in shown(scene, QAbstractItemView):
        for row in range(view.model().rowCount()):
            index = view.model().index(row, 0)
            assert str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "").strip(), described(view)


def luminance(color: QColor) -> float:
    """Return the relative luminance of a colour, as WCAG 2.1 defines it: 0 to 1."""
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3])
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, as WCAG 2.1 defines it: 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(qapp, colors, accent):
    palette = QPalette(qapp.palette())
    for role, color in {**colors, "Highlight": accent}.items():
        palette.setColor(QPalette.ColorRole[role], QColor(color))
    base, window, text = (palette.color(QPalette.ColorRole[role]) for role in ("Base", "Window", "Text"))
    tints = [theme.tint(palette, share) for share in (0.05, 0.14, 0.16)]
    for behind in (base, window, theme.alarm(palette, 0.16), *tints):
        assert contrast(text, behind) >= READABLE
        assert contrast(theme.dimmed(palette), behind) >= READABLE
    assert contrast(text, theme.tint(palette, 0.35)) >= READABLE  # a word that is marked


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_the_dots_of_topics_stand_out_and_differ(qapp, colors):
    palette = QPalette(qapp.palette())
    for role, color in colors.items():
        palette.setColor(QPalette.ColorRole[role], QColor(color))
    dots = [topic_colour(number, palette) for number in range(12)]
    for dot in (*dots, colour_of_none(palette)):
        assert contrast(dot, palette.color(QPalette.ColorRole.Base)) >= SEEN
    assert len({dot.rgb() for dot in dots}) == 12
