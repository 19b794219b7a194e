"""Results as text for the clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QUrl

from bge_desktop.messages import SearchResult, displayable
from bge_desktop.ui.paths import file_url, shown_name
from bge_desktop.ui.result_texts import place_text

translate = QCoreApplication.translate
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|])")
# What makes a list, a heading or a rule of a line.
_MARKDOWN_STARTS = re.compile(r"^(\s*\d*)([-+#=.)~])", re.MULTILINE)


def paths(results: Iterable[SearchResult]) -> str:
    """Return the files' paths, one a line, each once."""
    return "\n".join(dict.fromkeys(displayable(result.path) for result in results))


def plain_text(results: Iterable[SearchResult]) -> str:
    """Return the documents' names, with the place and the text of each passage below."""
    return "\n\n".join("\n".join(filter(None, (_heading(result), lines(result.passage)))) for result in results)


def markdown(results: Iterable[SearchResult]) -> str:
    """Return links to the files, with each passage as a quotation below."""
    return "\n\n".join(map(_markdown, results))


def citations(results: Iterable[SearchResult]) -> str:
    """Return lines such as “lease.pdf, p. 3: “The deposit is returned.””, in the punctuation of the passage."""
    return "\n".join(map(_citation, results))


def lines(passage: str) -> str:
    """Return a passage line by line, safe to paste."""
    return "\n".join(displayable(line.replace("\t", " ").rstrip()) for line in passage.strip().splitlines())


def _heading(result: SearchResult) -> str:
    return ", ".join(filter(None, (shown_name(result.path), displayable(place_text(result)))))


def _markdown(result: SearchResult) -> str:
    label = _MARKDOWN.sub(r"\\\1", _heading(result))
    url = file_url(result.path).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    link = f"[{label}]({url.replace('(', '%28').replace(')', '%29')})"
    text = _MARKDOWN_STARTS.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", lines(result.passage)))
    return "\n\n".join(filter(None, (link, "\n".join(f"> {line}".rstrip() for line in text.splitlines()))))


def _citation(result: SearchResult) -> str:
    is_chinese = _is_chinese(result.passage)
    comma, colon = ("，", "：") if is_chinese else (", ", ": ")
    source = comma.join(filter(None, (shown_name(result.path), displayable(result.place), _page(result, is_chinese))))
    quoted = _quoted(" ".join(lines(result.passage).split()), is_chinese)
    return f"{source}{colon}{quoted}" if quoted else source


def _page(result: SearchResult, is_chinese: bool) -> str:
    if result.page is None:
        return ""
    return f"第{result.page}页" if is_chinese else translate("Copying", "p. {number}").format(number=result.page)


def _quoted(text: str, is_chinese: bool) -> str:
    """Return a text in quotation marks; those within it become the inner ones."""
    if not text:
        return ""
    if is_chinese and "「" in text:  # as its author quotes
        return f"「{text.replace('「', '『').replace('」', '』')}」"
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def _is_chinese(text: str) -> bool:
    """Return whether the letters of a text are mostly Chinese characters."""
    return 2 * len(_HAN.findall(text)) > len(_LETTER.findall(text))
