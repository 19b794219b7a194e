"""Labels among the filters: in the panel, as chips, and in what is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from bge_desktop.messages import FacetCount, Facets
from bge_desktop.ui.filter_names import term_name
from bge_desktop.ui.filters_panel import FiltersPanel
from bge_desktop.ui.query_edit import is_active, terms, toggled

FACETS = Facets(1, (), (), (), (), labels=(FacetCount("Home & garden", 4), FacetCount("Tax", 2)))


@pytest.fixture
def panel(qtbot, tmp_path):
    own = FiltersPanel(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(own)
    own.show()
    qtbot.waitExposed(own)
    own.show_facets(FACETS)
    return own


def test_labels_are_a_group_of_the_panel_as_long_as_there_are_any(panel, qtbot):
    group = panel.groups["label"]
    assert [(row.choice.name, row.choice.count) for row in group.rows.values()] == [("Home & garden", 4), ("Tax", 2)]
    panel.show_query('label:"home & garden"')
    assert [name for name, row in group.rows.items() if row.isChecked()] == ["Home & garden"]
    with qtbot.waitSignal(panel.toggled) as toggle:
        group.rows["Tax"].click()
    assert toggle.args == ["label", "Tax"]
    panel.show_query("")
    panel.show_facets(Facets(2, (), (), (), ()))
    assert group.isHidden()


def test_a_label_is_written_so_that_it_is_read_again(qapp):
    typed = toggled("rent", "label", "Home & garden")
    assert typed == 'rent label:"Home & garden"'
    assert is_active(typed, "label", "home & GARDEN")
    assert toggled(typed, "label", "Home & garden") == "rent"
    assert toggled("rent label:tax,recipes", "label", "Tax") == "rent label:recipes"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("label:tax", "Label tax"), ("-标签:税", "Not label 税"), ("label:tax,recipes", "Label tax, recipes")],
)
def test_a_chip_says_which_label(qapp, typed, name):
    assert term_name(terms(typed)[0]) == name
