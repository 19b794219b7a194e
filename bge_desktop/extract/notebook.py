"""Jupyter notebooks: the cells in their order, each with what it printed and what is written on its pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bge_desktop.extract.document import Document, Part, assembled
from bge_desktop.extract.embedded_pictures import EmbeddedPictures
from bge_desktop.extract.format import Source
from bge_desktop.extract.markdown import add_markdown
from bge_desktop.extract.outline import Outline, Unit, joined

_LONGEST_OUTPUT = 20_000
_MARKS = (b'"cells"', b'"nbformat"', b'"cell_type"')
_PICTURES = ("image/png", "image/jpeg", "png", "jpeg")  # the short ones until format 4


def is_notebook(data: bytes) -> bool:
    """Tell whether JSON is a notebook."""
    return all(mark in data for mark in _MARKS)


def read_notebook(source: Source) -> Document:
    """Return the text of the cells; the title is the first heading.

    Raises:
        ValueError: it is no JSON.
        KeyError, TypeError, AttributeError, RecursionError: it is no notebook.
    """
    content = json.loads(source.data)
    cells = content["cells"] if "cells" in content else content["worksheets"][0]["cells"]  # until format 4
    pictures = EmbeddedPictures(None, source)
    title = ""
    units: list[Unit] = []
    for number, cell in enumerate(cells, 1):
        text, heading = _cell(cell)
        title = title or heading
        printed = [text, *map(pictures.inline, _pictures(cell))]
        units.append(Unit("\n\n".join(filter(None, printed)), f"cell {number}"))
    text, places = joined(units)
    return assembled([Part(text, places=places), pictures.part()], title, "notebook")


def _cell(cell: dict[str, Any]) -> tuple[str, str]:
    """Return the text of a cell, and its first heading."""
    source = _lines(cell.get("source", cell.get("input", "")))
    if cell["cell_type"] in ("markdown", "heading"):
        outline = Outline()
        add_markdown(source, outline)
        return outline.text, next((place.label for place in outline.places), "")
    pieces = [source, *(text for output in cell.get("outputs", ()) for text in _output(output))]
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip()), ""


def _output(output: dict[str, Any]) -> Iterator[str]:
    """Yield what an output says in plain text; of an error, what went wrong and not where."""
    if output.get("output_type") in ("error", "pyerr"):
        yield f"{output.get('ename', '')}: {output.get('evalue', '')}"
    shown = output.get("data", output)
    for kind in ("text", "text/plain", "text/markdown"):
        if kind in shown:
            yield _lines(shown[kind])[:_LONGEST_OUTPUT]


def _pictures(cell: dict[str, Any]) -> Iterator[str]:
    """Yield the pictures in what a cell printed, and those that were pasted into it, in base64."""
    printed = (output.get("data", output) for output in cell.get("outputs", ()))
    for shown in (*printed, *cell.get("attachments", {}).values()):
        for kind in _PICTURES:
            if kind in shown:
                yield _lines(shown[kind])


def _lines(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
