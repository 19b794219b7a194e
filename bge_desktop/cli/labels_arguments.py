"""The arguments of `bge-desktop labels` and `bge-desktop label`."""

from __future__ import annotations

import argparse
import os

from bge_desktop.messages import Decision
from bge_desktop.settings import default_library


def add_to_labels(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `bge-desktop labels`, and what runs it, to its parser."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="print what this label is proposed for, and how sure")
    parser.set_defaults(command=_labels)


def add_to_label(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `bge-desktop label`, and what runs it, to its parser."""
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("files", metavar="FILE", nargs="+")
    decision = parser.add_mutually_exclusive_group()
    for option, value, text in (
        ("--remove", Decision.NONE, "take the label away; it may be proposed again"),
        ("--reject", Decision.NO, "the label is wrong for these files, and for what is like them"),
    ):
        decision.add_argument(option, dest="decision", action="store_const", const=value, help=text)
    parser.set_defaults(command=_label, decision=Decision.YES)


def _labels(options: argparse.Namespace) -> int:
    from bge_desktop.cli.labels import labels

    return labels(options.name, _library(options), as_json=options.json)


def _label(options: argparse.Namespace) -> int:
    from bge_desktop.cli.labels import label

    device = getattr(options, "device", "auto")
    return label(options.name, options.files, options.decision, _library(options), device, as_json=options.json)


def _library(options: argparse.Namespace) -> str:
    return os.path.abspath(getattr(options, "library", None) or default_library())
