"""Collects what the window says: the texts of `self.tr(...)` and `translate(...)`, by reading its source."""

from __future__ import annotations

import ast
import glob
import os
from collections.abc import Iterator

from tests.translations.core_texts import ROOT

_NOT_FOUND = "the text must stand there as a whole, to be found and translated"
_NOT_OURS = {"core_texts.py", "core_sources.py"}


def window_texts() -> set[tuple[str, str]]:
    """Return each text with its context.

    Raises:
        ValueError: a text is put together while the program runs, so that nobody could translate it.
    """
    paths = glob.glob(os.path.join(ROOT, "bge_desktop", "ui", "**", "*.py"), recursive=True)
    return {text for path in paths if os.path.basename(path) not in _NOT_OURS for text in _texts(path)}


def _texts(path: str) -> Iterator[tuple[str, str]]:
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read(), path)
    marked = {(context, text) for call in _calls(tree, "QT_TRANSLATE_NOOP") for context, text in [_pair(call)]}
    yield from marked
    yield from _own(tree, "", path)
    for call in _calls(tree, "translate"):
        if _text(call.args[1]) is not None:
            yield _pair(call)
        elif _text(call.args[0]) not in {context for context, _ in marked}:
            raise ValueError(f"{path}:{call.lineno}: {_NOT_FOUND}")


def _own(node: ast.AST, context: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of `self.tr`, which belong to their class."""
    if isinstance(node, ast.ClassDef):
        context = node.name
    match node:
        case ast.Call(func=ast.Attribute(attr="tr"), args=[text]):
            if (own := _text(text)) is None:
                raise ValueError(f"{path}:{node.lineno}: {_NOT_FOUND}")
            yield context, own
    for child in ast.iter_child_nodes(node):
        yield from _own(child, context, path)


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=own) | ast.Name(id=own), args=[_, _]) if own == name:
                yield node


def _pair(call: ast.Call) -> tuple[str, str]:
    context, text = map(_text, call.args)
    assert context is not None
    assert text is not None
    return context, text


def _text(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
    return None
