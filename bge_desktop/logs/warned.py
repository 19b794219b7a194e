"""Warnings of libraries, for the log."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator
from typing import TextIO

from bge_desktop.logs.traces import shown_place

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def warnings_logged() -> Iterator[None]:
    """Have warnings go to the log, where there is one, instead of standard error: by their kind and place alone."""
    before = warnings.showwarning
    warnings.showwarning = _show
    try:
        yield
    finally:
        warnings.showwarning = before


def _show(
    message: Warning | str,  # noqa: ARG001 - it may hold anything
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    _log.info("%s at %s:%d", category.__name__, shown_place(filename), lineno)
