"""The documents of the cases, and the tables of queries with their right answers."""

from __future__ import annotations

import glob
import os
import re

from bge_desktop.evaluate.known_item import read_queries

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), "data", "cases")
_DOCUMENT = re.compile(r"^=== (.+)\n([^=]+)", re.MULTILINE)


def documents():
    """Return the text of each document by its path."""
    found = {}
    for path in sorted(glob.glob(os.path.join(_FOLDER, "*.txt"))):
        with open(path, encoding="utf-8") as file:
            found.update((path, text.strip()) for path, text in _DOCUMENT.findall(file.read()))
    return found


def cases(name):
    """Return the queries of a table, each with the path of the document that answers it."""
    return [(item.query, item.file_name) for item in read_queries(os.path.join(_FOLDER, f"{name}.tsv"))]
