"""The arguments of `bge-desktop topics`."""

from __future__ import annotations

import argparse
import os

from bge_desktop.settings import default_library


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the arguments, and what runs the command, to its parser."""
    parser.add_argument("--anew", action="store_true", help="group the documents anew, whatever has changed")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from bge_desktop.cli.topics import topics

    library = os.path.abspath(getattr(options, "library", None) or default_library())
    return topics(library, getattr(options, "device", "auto"), anew=options.anew, as_json=options.json)
