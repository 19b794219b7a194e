from __future__ import annotations

import os
import sys

import pytest

from bge_desktop.ui.viewers import Spot, command_at, spot_of
from tests.ui.files import make

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there one can ask for the program")


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A system with these programs, where `xdg-mime` tells which is the person's own for a type of file."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")

    def set_up(*names: str, **own: str) -> None:
        cases = "\n".join(f"{kind.replace('_', '/')}) echo {desktop};;" for kind, desktop in own.items())
        make(programs, "xdg-mime", 0o755, f'#!/bin/sh\ncase "$3" in\n{cases}\nesac\n')
        for name in names:
            make(programs, name, 0o755)

    return set_up


@pytest.mark.parametrize(
    ("desktop_file", "arguments"),
    [
        ("org.gnome.Evince.desktop", ["evince", "--page-index=7", "{}"]),
        ("org.gnome.Papers.desktop", ["papers", "--page-index=7", "{}"]),
        ("atril.desktop", ["atril", "--page-index=7", "{}"]),
        ("okularApplication_pdf.desktop", ["okular", "--page", "7", "{}"]),
        ("org.pwmt.zathura.desktop", ["zathura", "--page=7", "{}"]),
    ],
)
def test_a_known_viewer_is_told_the_page(desktop, tmp_path, desktop_file, arguments):
    desktop(arguments[0], application_pdf=desktop_file)
    path = make(tmp_path, "a b {page}.pdf", text="%PDF-1.7")
    assert command_at(path, Spot(page=7)) == [argument.replace("{}", path) for argument in arguments]


@pytest.mark.parametrize(
    ("desktop_file", "arguments"),
    [
        ("code.desktop", ["code", "--goto", "{}:120"]),
        ("org.gnome.gedit.desktop", ["gedit", "+120", "{}"]),
        ("org.kde.kate.desktop", ["kate", "--line", "120", "{}"]),
    ],
)
def test_a_known_editor_is_told_the_line_also_where_it_is_the_one_for_all_text(
    desktop, tmp_path, desktop_file, arguments
):
    desktop(arguments[0], text_plain=desktop_file)
    path = make(tmp_path, "pond.c", text="int x;")
    assert command_at(path, Spot(line=120)) == [argument.replace("{}", path) for argument in arguments]


def test_any_other_program_opens_the_file_as_usual(desktop, tmp_path):
    desktop("soffice", "evince", application_pdf="org.gnome.Evince.desktop", text_plain="unknown.desktop")
    pdf, text = make(tmp_path, "a.pdf", text="%PDF-1.7"), make(tmp_path, "a.txt")
    assert command_at(text, Spot(line=3)) is None
    assert command_at(pdf, Spot(line=3)) is None  # a viewer of pages knows no lines
    assert command_at(pdf, Spot()) is None
    assert command_at(make(tmp_path, "caf\udce9.pdf", text="%PDF-1.7"), Spot(page=3)) is None


def test_a_program_that_is_not_on_the_path_and_a_system_that_does_not_tell_are_no_errors(
    desktop, tmp_path, monkeypatch
):
    pdf = make(tmp_path, "a.pdf", text="%PDF-1.7")
    desktop(application_pdf="org.pwmt.zathura.desktop")  # as of a Flatpak
    assert command_at(pdf, Spot(page=3)) is None
    monkeypatch.setenv("PATH", "")
    assert command_at(pdf, Spot(page=3)) is None


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("line 120: def load_index", 120),
        ("line 12", 12),
        ("src.tar.gz › pond.c › line 3: main", 3),
        ("an airline 3", None),
        ("Sheet1!B7", None),
        ("", None),
    ],
)
def test_the_line_is_found_in_the_place(place, line):
    assert spot_of(place, 4) == Spot(4, line)
