"""Collects what the core tells a person, which is written in English and without Qt: `python -m` this writes it out.

What can reach a person are the titles and messages of errors, hints of searches, places in files, and where embedding
runs. They are followed from there back to the texts they are made of.
"""

from __future__ import annotations

import ast
import functools
import glob
import os
import re
from collections.abc import Iterable, Iterator

from tests.translations.texts_of import Module, Texts

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WRITTEN = os.path.join(ROOT, "bge_desktop", "ui", "core_sources.py")
_CORE = ("bge", "extract", "handover", "library", "processes", "search", "settings", "understand", "watch", "worker")

_Sinks = dict[str, tuple[int | str, ...]]
_ERRORS = "UserError"
# The arguments that are texts, by position or by name; those of errors are added to these.
_CALLS: _Sinks = {
    "Shortfall": (0, 1, 2),
    "ReadFailure": (1, 2, "title", "message"),
    "ErrorReport": (0, 1),
    "UnfitModelError": (0,),
    "_Choice": (1,),
    "NoPreview": (2, 3, "title", "message"),
    "SearchAnswer": (5, "hints"),
    "Part": (1,),
    "Place": (1, "label"),
    "Unit": (1,),
    "as_label": (0,),
    "by_row": (0,),
    "under_name": (0,),
}
_UNFOLLOWED = {
    ("torch_encoder.py", "_NAMES"),
    ("openvino_encoder.py", "NAMES"),
    ("settings.py", "__str__"),
    ("shortfalls.py", "_reason"),
}
"""Constants, and functions that return texts, that take a way which cannot be followed."""
_SENTENCE = re.compile(r"(?s) ?[A-Z“{].* .*\.(\{\w+\})*")
_WORD = re.compile(r"[A-Za-z]{2}")
_CODE = re.compile(r"\S*[^\sA-Za-z]\S*")
_NO_WORDS = frozenset(
    {" UTC", "{found}-{found_2}-{found_3}{time} UTC", "folders", "like", "model", "models", "none", "picture", "writer"}
)
_HEAD = '''"""What the core tells a person, to be translated. Made by `make translations`: not to be edited."""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

_MARKED: tuple[object, ...] = (
'''
_TAIL = """)
TEXTS = tuple(map(str, _MARKED))
"""


@functools.cache
def collected() -> tuple[str, ...]:
    """Return the texts, sorted."""
    modules = tuple(map(Module.parsed, _paths()))
    texts, sinks = Texts(modules), {**_CALLS, **dict.fromkeys(_error_classes(), (0, 1, "title", "message"))}
    found: set[str] = set()
    known: set[tuple[str, str, str]] | None = None
    while known != texts.parameters:
        known = set(texts.parameters)
        found.update(text for module in modules for text in _told(module, texts, sinks))
    found.update(text for module in modules for text in _sentences(module, texts))
    return tuple(sorted({text.strip() for text in found if _is_told(text)}))


def written(texts: Iterable[str]) -> str:
    """Return the module that names these texts for Qt Linguist and for the window."""
    lines = (f"    QT_TRANSLATE_NOOP({_quoted('Core')}, {_quoted(text)}),\n" for text in texts)
    return f"{_HEAD}{''.join(lines)}{_TAIL}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _paths() -> Iterator[str]:
    for name in _CORE:
        yield from sorted(glob.glob(os.path.join(ROOT, "bge_desktop", name, "**", "*.py"), recursive=True))
        yield from glob.glob(os.path.join(ROOT, "bge_desktop", f"{name}.py"))


def _error_classes() -> set[str]:
    """Return the names of `UserError` and of all that derive from it, anywhere in the package."""
    paths = glob.glob(os.path.join(ROOT, "bge_desktop", "**", "*.py"), recursive=True)
    nodes = (node for path in paths for node in Module.parsed(path).nodes)
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    found = {_ERRORS}
    while more := {own.name for own in classes if own.name not in found and found & set(map(ast.unparse, own.bases))}:
        found |= more
    return found


def _told(module: Module, texts: Texts, sinks: _Sinks) -> Iterator[str]:
    for node in module.nodes:
        match node:
            case ast.Call():
                for argument in _arguments(node, module, texts, sinks):
                    yield from texts.of(argument, module)
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if _is_unfollowed(module, name):
                yield from texts.of(value, module)
            case ast.FunctionDef(name=name) if _is_unfollowed(module, name):
                yield from texts.returned(module, name)


def _is_unfollowed(module: Module, name: str) -> bool:
    return (os.path.basename(module.path), name) in _UNFOLLOWED


def _sentences(module: Module, texts: Texts) -> Iterator[str]:
    """Yield what stands there as a whole sentence, in case that it takes a way that cannot be followed."""
    for node in module.nodes:
        if isinstance(node, ast.Constant | ast.JoinedStr) and not _is_no_text(module.parent(node)):
            told = tuple(texts.of(node, module))
            yield from told if any(map(_SENTENCE.fullmatch, told)) else ()


def _is_no_text(parent: ast.AST | None) -> bool:
    """Return whether what is a part of this is a docstring, or a piece of a text."""
    return isinstance(parent, ast.Expr | ast.JoinedStr)


def _arguments(call: ast.Call, module: Module, texts: Texts, sinks: _Sinks) -> Iterator[ast.expr]:
    """Yield the arguments of a call that are texts, whether the call is known or hands them to such a call itself."""
    match call.func:
        case ast.Attribute(attr="append", value=ast.Name(id=name) | ast.Attribute(attr=name)) if "hints" in name:
            yield from call.args
        case ast.Attribute(attr=name) | ast.Name(id=name):
            wanted = {*sinks.get(name, ()), *_handed_on(name, module, texts)}
            for position, argument in enumerate(call.args):
                if position in wanted or (isinstance(argument, ast.Starred) and wanted):
                    yield argument
            yield from (own.value for own in call.keywords if own.arg in wanted)


def _handed_on(name: str, module: Module, texts: Texts) -> Iterator[int | str]:
    for path, function, parameter in texts.parameters:
        if function == name and (path == module.path or not name.startswith("_")):
            yield parameter
            owner = next(own for own in texts.modules if own.path == path)
            for definition in owner.functions[name]:
                names = [own.arg for own in definition.args.args if own.arg not in ("self", "cls")]
                yield from (position for position, own in enumerate(names) if own == parameter)


def _is_told(text: str) -> bool:
    words = re.sub(r"\{(?!title)\w+\}", "", text)
    is_code = _CODE.fullmatch(text) or text.startswith("<")
    return bool(_WORD.search(words)) and not is_code and text not in _NO_WORDS


if __name__ == "__main__":
    with open(WRITTEN, "w", encoding="utf-8") as file:
        file.write(written(collected()))
