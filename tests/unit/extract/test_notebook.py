from __future__ import annotations

import json
from typing import Any

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.formats import extract


def _notebook(*cells: dict[str, Any], **content: Any) -> bytes:
    return json.dumps({"cells": list(cells), "nbformat": 4, "metadata": {}} | content).encode()


def test_cells_are_places_and_what_they_printed_follows_them() -> None:
    code = {
        "cell_type": "code",
        "source": ["print(1)\n", "1 / 0"],
        "outputs": [
            {"output_type": "stream", "text": ["1\n"]},
            {"output_type": "display_data", "data": {"image/png": "aGVyb24=", "text/plain": ["<Figure>"]}},
            {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": ["x"]},
        ],
    }
    document = extract("a.ipynb", _notebook({"cell_type": "markdown", "source": "# 标题\n**text**"}, code))
    assert (document.kind, document.title) == ("notebook", "标题")
    shown = "print(1)\n1 / 0\n\n1\n\n<Figure>\n\nZeroDivisionError: division by zero"
    assert document.text == f"标题\n\ntext\n\n{shown}"
    assert [place.label for place in document.places] == ["cell 1", "cell 2"]


def test_a_notebook_of_format_3_is_read() -> None:
    cell = {"cell_type": "code", "input": "x = 1", "outputs": [{"text": "2"}]}
    old = {"worksheets": [{"cells": [cell]}], "nbformat": 3}
    assert extract("a.ipynb", json.dumps(old).encode()).text == "x = 1\n\n2"


def test_a_damaged_one_is_said_to_be_damaged() -> None:
    with pytest.raises(ExtractionError, match="damaged"):
        extract("a.ipynb", _notebook({"cell_type": "code", "source": "x"})[:-20])


def test_one_of_brackets_alone_is_said_to_be_nested_too_deep() -> None:
    with pytest.raises(ExtractionError, match="Nested too deep"):
        extract("a.ipynb", _notebook({"cell_type": "code", "source": "x"}, deep=None)[:-5] + b"[" * 100_000)
