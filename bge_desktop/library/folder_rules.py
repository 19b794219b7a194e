"""The rules of a folder as they are stored: JSON of `FolderRules`."""

from __future__ import annotations

import json
from dataclasses import asdict

import msgspec

from bge_desktop.messages import FolderRules


def stored_rules(rules: FolderRules) -> str:
    """Return rules as they are stored."""
    return json.dumps(asdict(rules))


def rules_of(stored: object) -> FolderRules:
    """Return the rules that are stored so.

    Raises:
        ValueError: they are spoilt.
    """
    try:
        if not isinstance(stored, str):
            raise ValueError("no text")
        return msgspec.convert(json.loads(stored), FolderRules)
    except RecursionError as error:  # brackets too deep
        raise ValueError(str(error)) from error


def are_rules(stored: object) -> bool:
    """Return whether rules could be read that are stored so."""
    try:
        rules_of(stored)
    except ValueError:
        return False
    return True
