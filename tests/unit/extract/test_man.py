from __future__ import annotations

import pytest

from bge_desktop.extract.man import looks_like_man, read_man


def _text(source: str) -> str:
    return read_man(source.encode()).text


def test_a_page_of_man_macros() -> None:
    source = """.\\" comment
.TH HERON 1 2026
.SH NAME
heron \\- wait for fish
.SH "SEE ALSO"
.BR cron (8),
\\fBotter\\fR(1)
.TP
.B \\-v
Be
verbose.
"""
    document = read_man(source.encode())
    assert document.title == "heron(1)"
    assert document.text == "NAME\n\nheron - wait for fish\n\nSEE ALSO\n\ncron(8), otter(1)\n\n-v\nBe verbose."
    assert [place.label for place in document.places] == ["NAME", "SEE ALSO"]


def test_a_page_of_mdoc_macros() -> None:
    source = ".Dd today\n.Dt HERON 8\n.Sh NAME\n.Nm heron\n.Nd wait for fish\n.Sh SYNOPSIS\n.Nm\n"
    source += ".Op Fl v\n.Op Fl f Ar file\n.Sh 说明\nSee\n.Xr cron 8 .\n"
    document = read_man(source.encode())
    assert document.title == "heron(8)"
    assert document.text == "NAME\n\nheron — wait for fish\n\nSYNOPSIS\n\nheron [-v] [-f file]\n\n说明\n\nSee cron(8)."


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("a\\(emb \\[u4E2D] \\*(lqx\\*(rq", "a—b 中 x"),
        ("\\s-2small\\s0 \\h'3'moved \\e", "small moved \\"),
        (".de XX\nhidden\n..\nshown", "shown"),
        (".if n \\{\\\nhidden\n.\\}\nshown", "shown"),
        (".ie t .br\n.el .sp\nshown", "shown"),
        (".nf\na\n  b\n.fi\nc\nd", "a\n  b\nc d"),
        (".so man1/other.1\nshown", "shown"),
        (".TS\nl l.\na\tb\n_\n1\t2\n.T&\nr r.\n3\t\\fB4\\fR\n.TE\nafter", "a\tb\n1\t2\n3\t4\nafter"),
        (".TS H\nallbox tab(:);\nlb lb\nl l.\nName:Value\n.TH\na:\\_\n:c\n.TE", "Name\tValue\na\nc"),
        (
            ".TS\ntab(|);\nl l.\nT{\n.BR abs (3),\nlabs\nT}|Safety|T{\nlong\nT}\nx|y\n.TE",
            "abs(3), labs Safety long\nx\ty",
        ),
        (".TS\nl l\n.TE\nshown", "shown"),
    ],
)
def test_requests_go_and_words_stay(line: str, printed: str) -> None:
    assert _text(f".TH X 1\n{line}\n") == printed


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (".TH A 1\n", True),
        ('\'\\" t\n.\\" comment\n.de Sp\n..\n.TH A 1\n', True),
        (".Dd today\n.Dt A 1\n", True),
        ("...and then\n", False),
        ("text\n.TH A 1\n", False),
        (".gitignore\n.env\n", False),
    ],
)
def test_pages_are_known_by_their_first_lines(head: str, expected: bool) -> None:
    assert looks_like_man(head) is expected
