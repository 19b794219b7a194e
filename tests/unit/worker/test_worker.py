"""The worker by itself: what it does once the library can be written again."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

from bge_desktop.worker import Worker


def test_after_a_failed_write_topics_and_labels_are_looked_at_again(tmp_path: Path, monkeypatch) -> None:
    worker = Worker(str(tmp_path), Mock())
    parts = {name: Mock() for name in ("_indexing", "_labelling", "_grouping")}
    for name, part in parts.items():
        monkeypatch.setattr(worker, name, part, raising=False)
    worker._resume()  # as a `Rest` does
    parts["_indexing"].resume.assert_called_once_with()
    parts["_labelling"].look.assert_called_once_with()
    parts["_grouping"].look.assert_called_once_with()
