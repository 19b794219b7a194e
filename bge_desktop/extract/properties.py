"""What a document says of itself beside its title: a part of its own, so that it is found by author and keywords."""

from __future__ import annotations

from collections.abc import Iterable

from bge_desktop.extract.document import Part, one_line
from bge_desktop.extract.xml_trees import Element, within

_LONGEST = 5_000  # characters
_NOTHING = frozenset({"", "unknown", "unknown author"})
# The names of Dublin Core, and those that Office Open XML and OpenDocument have beside them.
_SHOWN = {
    **dict.fromkeys(("creator", "initial-creator"), "Author"),
    "subject": "Subject",
    **dict.fromkeys(("keywords", "keyword"), "Keywords"),
    "description": "Description",
}


def properties(said: Iterable[tuple[str, str]]) -> Part:
    """Return the properties, each after its name, those of one name together and each once; without text if empty."""
    values: dict[str, dict[str, None]] = {}
    for name, value in said:
        shown = one_line(value)[:_LONGEST]
        if shown.lower() not in _NOTHING:
            values.setdefault(name, {})[shown] = None
    return Part("\n".join(f"{name}: {', '.join(of_name)}" for name, of_name in values.items()), "properties")


def of_tree(metadata: Element) -> Part:
    """Return the properties among the descendants of an element."""
    return properties((_SHOWN[name], "".join(each.itertext())) for name in _SHOWN for each in within(metadata, name))
