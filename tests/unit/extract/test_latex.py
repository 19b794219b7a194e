from __future__ import annotations

import time

import pytest

from bge_desktop.extract.latex import read_latex


def _text(source: str) -> str:
    return read_latex(source.encode()).text


def test_a_document_gives_its_title_its_sections_and_no_preamble() -> None:
    source = r"""\documentclass{article}
\newcommand{\x}[1]{hidden}
\title{On \emph{Herons}}
\begin{document}
\maketitle
\section[short]{观察 \textbf{notes}}\label{sec:a}
Text.
\end{document}
after"""
    document = read_latex(source.encode())
    assert document.title == "On Herons"
    assert document.text == "On Herons\n\n观察 notes\n\nText."
    assert [place.label for place in document.places] == ["On Herons", "观察 notes"]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        (r"5\% of $\alpha \le \frac{a}{b}$", "5% of α ≤ a/b"),
        (r"$E = mc^2$, \(\sin\theta\)", "E = mc^2, sinθ"),
        (r"Caf\'e, na{\"\i}ve, Fran\c{c}ois, \v{S}koda, stra\ss e", "Café, naïve, François, Škoda, straß e"),
        (r"``quoted'' --- 1--2~km", "“quoted” — 1–2 km"),
        (r"as shown~\cite[p.~2]{smith} here", "as shown  here"),
        (r"\href{https://example.org}{the site} \url{https://example.org}", "the site https://example.org"),
        (r"a\footnote{note} b", "a note b"),
        ("one % comment\ntwo \\% three", "one two % three"),
        ("\\begin{itemize}\n\\item one\n\\item two\n\\end{itemize}", "- one\n- two"),
        (r"\begin{itemize}\item[$\square$] one \item[] two \item[A] three\end{itemize}", "- one\n- two\n- [A] three"),
        ("\\begin{tabular}{l|l} a & b \\\\ c & d \\end{tabular}", " a  |  b\n c  |  d"),
        ("\\begin{verbatim}\n\\raw{x}\n\\end{verbatim}", "\\raw{x}"),
        (r"\verb|a_b{c}|", "a_b{c}"),
        ("\\begin{tikzpicture}\\draw (0,0);\\end{tikzpicture} after", "after"),
        (r"\input{other} \includegraphics[width=3cm]{x.png}words", "words"),
    ],
)
def test_commands_go_and_words_stay(source: str, plain: str) -> None:
    assert _text(source).strip() == plain.strip()


@pytest.mark.parametrize(
    "piece", ["{", "\\title{", "\\begin{tabular}{", "\\begin{tikzpicture}", "\\cite{{", "\n\n\\item"]
)
def test_what_is_never_closed_takes_linear_time(piece: str) -> None:
    source = (piece * (200_000 // len(piece))).encode()
    start = time.perf_counter()
    read_latex(source)
    assert time.perf_counter() - start < 15
