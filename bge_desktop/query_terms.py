"""Terms of the query language that a program writes for the person, and how a file is named in one.

The window and the command line write them, the search reads them: both through this module, so that a file is always
found again. It imports nothing heavy. The language itself is described in `search/query_language.py`.
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote_to_bytes

_SCHEME = "file://"
# What would end a quotation or begin one, what cannot be shown or typed, and what would end a line.
_NOT_TYPED = re.compile('["＂“„”「」『』\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
# White space at either end of a value counts nothing.
_NOT_IN_FOLDER = re.compile(rf"{_NOT_TYPED.pattern}|^\s|\s$")
_DIVIDES = re.compile(r"[\s,，、|]")
_DRIVE = re.compile(r"/[A-Za-z]:")


def like(path: str, *, negated: bool = False) -> str:
    """Return the term that asks for documents similar to a file; negated, for those that are not.

    Args:
        path: absolute, as the operating system gives it; `path_named` of what the term holds is the very same.
        negated: whether the term asks for what is not like it.
    """
    return f"{'-' if negated else ''}like:{_typed(path)}"


def folder(path: str) -> str:
    """Return the term that asks for what is below a folder, by its absolute path."""
    short = folder_typed(_from_home(path))
    return f'folder:"{short}"' if _DIVIDES.search(short) else f"folder:{short}"


def topic(name: str) -> str:
    """Return the term that asks for a topic's documents, by its name, or what of it stands between quotation marks."""
    part = max(_NOT_TYPED.split(name), key=len).strip()
    return f'topic:"{part}"' if _DIVIDES.search(part) else f"topic:{part}"


def label(name: str) -> str:
    """Return the term that asks for the documents of a label, by its name."""
    return f'label:"{name}"' if _DIVIDES.search(name) else f"label:{name}"


def folder_typed(path: str) -> str:
    """Return a folder's path with question marks, which stand for any character, for what cannot be typed in a term."""
    return _NOT_IN_FOLDER.sub("?", path)


def path_named(typed: str) -> str:
    """Return the path that a `file://` address, or a path that may begin with `~`, means; a mere name as it is."""
    if not typed.lower().startswith(_SCHEME):
        return os.path.expanduser(typed)
    path = os.fsdecode(unquote_to_bytes(typed[len(_SCHEME) :]))
    return path[1:].replace("/", os.sep) if os.name == "nt" and _DRIVE.match(path) else path


def _typed(path: str) -> str:
    short = _from_home(path)
    if _NOT_TYPED.search(short):
        return _address(path)
    return f'"{short}"' if any(map(str.isspace, short)) else short


def _from_home(path: str) -> str:
    """Return a path below the person's home with `~` for it."""
    home = os.path.join(os.path.expanduser("~"), "")
    short = os.path.join("~", path[len(home) :])
    return short if path.startswith(home) and os.path.expanduser(short) == path else path


def _address(path: str) -> str:
    slashed = path.replace(os.sep, "/")
    return f"{_SCHEME}{'' if slashed.startswith('/') else '/'}{quote(os.fsencode(slashed))}"
