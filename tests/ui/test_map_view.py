"""The map as one uses it: with the mouse, the wheel, two fingers, and the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPalette, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from bge_desktop.messages import DescribedDocument, DocumentsDescribed
from bge_desktop.ui.map_view import MapView
from bge_desktop.ui.topics_colours import topic_colour
from tests.dragging import drag
from tests.ui.made_topics import HOME, LEASES, POINTS, RECIPES, TREE, large_map, map_of

LEFT, SHIFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(qtbot) -> MapView:
    made = MapView()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    with qtbot.waitSignal(made.scatter.filled):
        made.show_map(TREE, map_of())
    qtbot.waitUntil(lambda: bool(made.overlay.names()))
    yield made
    QToolTip.hideText()


def viewport(view):
    return view.overlay.parentWidget()


def at(view, x: float, y: float) -> QPoint:
    return view.frame().shown(x, y).toPoint()


def colour_at(view, x: float, y: float) -> QColor:
    view.overlay.hide()  # names may lie over it
    return viewport(view).grab().toImage().pixelColor(at(view, x, y))


def around(view, left: float, bottom: float, right: float, top: float) -> list[QPoint]:
    return [at(view, *own) for own in ((left, bottom), (right, bottom), (right, top), (left, top))]


def heard(signal) -> list[object]:
    values: list[object] = []
    signal.connect(values.append)
    return values


def test_a_point_is_where_it_is_said_to_be_in_the_colour_of_its_topic(view):
    for _, topic, x, y in POINTS:
        colour = next((own.colour for own in TREE if own.id == topic), None)
        expected = topic_colour(colour, view.palette()) if colour is not None else None
        assert expected is None or colour_at(view, x, y) == expected


def test_a_topic_is_lit_up_and_the_others_stand_back(view, qtbot):
    with qtbot.waitSignal(view.scatter.filled):
        view.light_up(RECIPES.id, frozenset((RECIPES.id,)))
    assert colour_at(view, 0.8, 0.8) == topic_colour(RECIPES.colour, view.palette())
    assert colour_at(view, 0.2, 0.1).lightness() > 200
    view.light_up(0, frozenset())
    assert colour_at(view, 0.2, 0.1) == topic_colour(LEASES.colour, view.palette())


@pytest.fixture
def dense(view) -> MapView:
    """A map on which the topics below the top are small heaps."""
    shifts = ((number, number * 0.001) for number in range(9))
    points = [(1000 * own + number, own, x + by, 0.5) for number, by in shifts for own, x in ((2, 0.48), (3, 0.52))]
    view.show_map(TREE, map_of([*points, (1, 0, 0.0, 0.0), (2, 0, 1.0, 1.0)]))
    return view


def test_names_of_the_top_stand_on_the_map_and_of_what_is_chosen(dense):
    assert dense.overlay.names() == ["Home"]
    dense.light_up(LEASES.id, frozenset((LEASES.id,)))
    assert dense.overlay.names()[0] == "Leases & deposits"
    assert "Boilers" not in dense.overlay.names()


def test_nearer_there_are_more_names(dense):
    dense.zoom(30, QPointF(at(dense, 0.48, 0.5)))
    assert dense.overlay.names() == ["Leases & deposits"]


def test_a_click_on_a_point_or_a_name_chooses_its_topic_and_elsewhere_none(view, qtbot):
    chosen = heard(view.topic_chosen)
    qtbot.mouseClick(viewport(view), LEFT, pos=at(view, 0.2, 0.8))
    qtbot.mouseClick(viewport(view), LEFT, pos=at(view, 0.15, 0.2))
    qtbot.mouseClick(viewport(view), LEFT, pos=at(view, 0.5, 0.5))
    assert chosen == [3, HOME.id, 0]  # the name of Home stands in the middle of its documents


def test_dragging_moves_the_map(view, qtbot):
    before = at(view, 0.5, 0.5)
    with qtbot.assertNotEmitted(view.topic_chosen):
        drag(viewport(view), before, before + QPoint(30, 10), before + QPoint(60, 20))
    assert at(view, 0.5, 0.5) == before + QPoint(60, 20)


def test_the_wheel_zooms_around_the_mouse_and_a_double_click_shows_all(view, qtbot):
    place, before = QPointF(at(view, 0.2, 0.2)), view.frame()
    turned = QWheelEvent(
        *(place, QPointF(viewport(view).mapToGlobal(place))),
        *(QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(viewport(view), turned)
    assert view.frame().across > 1.3 * before.across
    assert QPointF(at(view, 0.2, 0.2)) == place
    qtbot.mouseDClick(viewport(view), LEFT, pos=place.toPoint())
    assert view.frame() == pytest.approx(before)


def test_two_fingers_zoom(view):
    before, place = view.frame().across, QPointF(400, 300)
    pinch = QNativeGestureEvent(
        *(Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, place, place, place),
        *(0.5, QPointF()),
    )
    QApplication.sendEvent(viewport(view), pinch)
    assert view.frame().across == pytest.approx(1.5 * before)


def test_one_cannot_get_lost(view):
    for _ in range(40):
        view.zoom(2)
    assert view.frame().across <= 800 / 0.01 * 1.01
    for _ in range(60):
        view.zoom(0.5)
    assert view.frame().across >= 800 / 1.61


def test_a_line_with_shift_marks_the_documents_inside(view, qtbot):
    marked, before = heard(view.documents_wanted), view.frame()
    drag(viewport(view), *around(view, 0.05, 0.05, 0.25, 0.3), modifier=SHIFT)
    assert marked == [(101, 102, 103)]
    assert view.frame() == before


def test_with_the_lasso_chosen_a_line_needs_no_shift_and_leaves_it(view, qtbot):
    marked, left = heard(view.documents_wanted), []
    view.lasso_left.connect(lambda: left.append(True))
    view.draw_lasso(True)
    before = view.frame()
    drag(viewport(view), *around(view, 0.75, 0.7, 0.95, 0.9))
    assert (marked, left) == ([(106, 107)], [True])
    assert view.frame() == before


def test_a_line_around_nothing_asks_for_nothing(view, qtbot):
    with qtbot.assertNotEmitted(view.documents_wanted):
        drag(viewport(view), *around(view, 0.4, 0.4, 0.6, 0.6), modifier=SHIFT)


def test_esc_gives_the_line_up(view, qtbot):
    view.draw_lasso(True)
    first, *further = around(view, 0.05, 0.05, 0.25, 0.3)
    qtbot.mousePress(viewport(view), LEFT, NONE, first)
    qtbot.mouseMove(viewport(view), further[0])
    with qtbot.waitSignal(view.lasso_left), qtbot.assertNotEmitted(view.documents_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
        qtbot.mouseRelease(viewport(view), LEFT, NONE, further[1])
    assert not view.gestures.is_drawing


def test_esc_chooses_nothing(view, qtbot):
    view.light_up(RECIPES.id, frozenset((RECIPES.id,)))
    with qtbot.waitSignal(view.topic_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert chosen.args == [0]


def test_where_the_mouse_rests_it_says_what_the_document_is(view, qtbot):
    with qtbot.waitSignal(view.describe_wanted) as asked:
        qtbot.mouseMove(viewport(view), at(view, 0.9, 0.8))
    [request] = asked.args
    assert request.documents == (107,)
    document = DescribedDocument(107, "/home/me/R&D/caf\udce9 <b>.txt", "Cake & more", RECIPES.id, "Mix\n the <eggs>")
    view.show_described(DocumentsDescribed(request.number, (document,)))
    assert QToolTip.text() == (
        "<b>Cake &amp; more</b><br>caf\ufffd &lt;b&gt;.txt<br>菜谱<br><i>Mix the &lt;eggs&gt;</i>"
    )
    qtbot.mouseMove(viewport(view), at(view, 0.5, 0.5))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_what_is_told_too_late_is_not_shown(view, qtbot):
    with qtbot.waitSignal(view.describe_wanted) as asked:
        qtbot.mouseMove(viewport(view), at(view, 0.9, 0.8))
    QApplication.sendEvent(viewport(view), QEvent(QEvent.Type.Leave))
    described = DescribedDocument(107, "/home/me/a.txt", "", 0, "")
    view.show_described(DocumentsDescribed(asked.args[0].number, (described,)))
    assert not QToolTip.isVisible()


def test_the_keyboard_moves_zooms_and_shows_all(view, qtbot):
    before = view.frame()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.frame().across > before.across
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.frame() == pytest.approx(before)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.frame().left < before.left
    assert view.frame().top < before.top
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.frame() == pytest.approx(before)


def test_it_follows_the_systems_colours(view, qtbot):
    palette = QPalette(view.palette())
    for role, colour in ((QPalette.ColorRole.Base, "#1e1f22"), (QPalette.ColorRole.Text, "#ececec")):
        palette.setColor(role, QColor(colour))
    with qtbot.waitSignal(view.scatter.filled):
        view.setPalette(palette)
    assert colour_at(view, 0.5, 0.5) == QColor("#1e1f22")
    assert (
        colour_at(view, 0.8, 0.8) == topic_colour(RECIPES.colour, palette) != topic_colour(RECIPES.colour, QPalette())
    )


def test_fifty_thousand_documents_are_shown_marked_and_lit_up(view, qtbot):
    many = large_map(50_000, 80)
    with qtbot.waitSignal(view.scatter.filled):
        view.show_map(many.topics, many.points)
    marked = heard(view.documents_wanted)
    drag(viewport(view), *around(view, -0.01, -0.01, 1.01, 1.01), modifier=SHIFT)
    assert [len(own) for own in marked] == [50_000]
    view.light_up(1, frozenset((1,)))
    view.zoom(3)
    assert not viewport(view).grab().isNull()


def test_a_smaller_map_leaves_nothing_of_the_one_before(view, qtbot):
    with qtbot.waitSignal(view.scatter.filled):
        view.show_map(TREE[:3], map_of((*POINTS[:5], POINTS[-1])))
    assert colour_at(view, 0.8, 0.8) == view.palette().color(QPalette.ColorRole.Base)
    assert RECIPES.name not in view.overlay.names()


def test_all_points_are_in_view_until_one_looks_nearer(view):
    seen = viewport(view).rect()
    for points in (POINTS, POINTS[:2], ((1, 2, 0.0, 0.0), (2, 2, 1.0, 1.0)), POINTS[:1]):
        view.show_map(TREE, map_of(points))
        assert all(seen.contains(at(view, x, y)) for _, _, x, y in points)
    view.zoom(2)
    before = view.frame()
    view.show_map(TREE, map_of())
    assert view.frame() == before
    view.reset()
    assert all(seen.contains(at(view, x, y)) for _, _, x, y in POINTS)
