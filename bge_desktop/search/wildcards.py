"""Wildcards in names: `*` for any characters, none as well, and `?` for one. What they stand in is a whole name."""

from __future__ import annotations

import re
from collections.abc import Callable

from bge_desktop.library.path_keys import folder_key, name_key

_WILDCARD = re.compile("[*?＊？]")
_STARS = re.compile(r"\*+")
# In bytes: no name of a file is as long, and SQLite refuses patterns of more than 50,000.
_LONGEST = 10_000


def has_wildcards(name: str) -> bool:
    """Return whether a name, as typed, has a wildcard in it."""
    return _WILDCARD.search(name) is not None


def name_globs(name: str) -> list[bytes]:
    """Return patterns of SQLite's GLOB, one of which the key of a file's name matches where its whole name is so.

    Where no ending is asked for (`report*2024`), the name may have any.
    """
    pattern = re.sub(rb"\*+", b"*", name_key(name)).replace(b"[", b"[[]")
    if len(pattern) > _LONGEST:
        return []
    return [pattern] if b"." in pattern else [pattern, pattern + b".*"]


def folder_test(folder: str, *, is_whole_path: bool) -> Callable[[bytes], bool]:
    """Return what tells whether a folder's key is below such a folder; a wildcard reaches over no slash.

    Args:
        folder: the name of a folder, or several with slashes between.
        is_whole_path: whether the folder's path must begin with them.
    """
    key = folder_key(folder).decode("utf-8", "surrogatepass")
    pattern = re.compile("/".join(map(_expression, key.split("/"))) if len(key) <= _LONGEST else "(?!)")
    find = pattern.match if is_whole_path else pattern.search
    return lambda key: find(key.decode("utf-8", "surrogatepass")) is not None


def _expression(name: str) -> str:
    """Return a regular expression of one folder's name, in which only the last `*` is tried more than once."""
    first, *others = (re.escape(part).replace(r"\?", "[^/]") for part in _STARS.split(name))
    if not others:
        return first
    return "".join((first, *(f"(?>[^/]*?{part})" for part in others[:-1]), f"[^/]*{others[-1]}"))
