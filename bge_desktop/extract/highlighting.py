"""What the pieces of source text are, by Pygments, in a reader process: an expression of a lexer may take for ever."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bge_desktop.messages import Style
from bge_desktop.processes import Header

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

_MOST_PIECES = 20_000
# Their text is kept in lines like those of YAML, whatever their files look like.
_LIKE_YAML = frozenset({".json", ".jsonl", ".ndjson", ".geojson", ".xml"})


def styles(request: Header) -> tuple[Header, bytes]:
    """Return {"styles": [[start, end, style], …]}, in order; none where the language is not known.

    Args:
        request: {"name": of the file, "text": a stretch of it}.
    """
    text = request["text"]
    lexer = _lexer(request["name"], text)
    found = _pieces(lexer, text) if lexer else iter(())
    return {"styles": [piece for _, piece in zip(range(_MOST_PIECES), found, strict=False)]}, b""


def _lexer(name: str, text: str) -> Lexer | None:
    from pygments.lexers import get_lexer_for_filename
    from pygments.util import ClassNotFound

    stem, ending = os.path.splitext(os.path.basename(name).lower())
    try:
        found: Lexer = get_lexer_for_filename("a.yaml" if ending in _LIKE_YAML else stem + ending, text)
    except ClassNotFound:
        return None
    return found


def _pieces(lexer: Lexer, text: str) -> Iterator[tuple[int, int, Style]]:
    styled = _styled()
    for start, token, piece in lexer.get_tokens_unprocessed(text):
        style = next((own for kind, own in styled.items() if token in kind), None)
        if style and not piece.isspace():
            yield start, start + len(piece), style


def _styled() -> dict[_TokenType, Style]:
    """Return the style of each kind of token, and of those below it."""
    from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String

    return {
        Comment: Style.COMMENT,
        Keyword: Style.KEYWORD,
        Operator.Word: Style.KEYWORD,
        Name.Builtin: Style.KEYWORD,
        Name.Tag: Style.KEYWORD,
        Name.Function: Style.NAME,
        Name.Class: Style.NAME,
        Name.Decorator: Style.NAME,
        Name.Attribute: Style.NAME,
        String: Style.STRING,
        Number: Style.NUMBER,
        Generic.Heading: Style.HEADING,
        Generic.Strong: Style.STRONG,
    }
