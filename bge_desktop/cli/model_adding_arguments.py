"""The arguments of `bge-desktop models add`, `download` and `remove`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from bge_desktop.settings import default_library

AddCommand = Callable[[str, str], argparse.ArgumentParser]
"""Returns the parser of a subcommand, given its name and what it does."""


def add_to(add: AddCommand) -> None:
    """Add the subcommands, and what runs them, to those of `models`."""
    adding = add("add", "copy the model in a folder (BERT or XLM-R, safetensors) to those that can be chosen")
    adding.add_argument("folder", metavar="FOLDER")
    adding.set_defaults(command=_add)
    download = add("download", "fetch a model from a hub, after showing its size, licence and revision")
    download.add_argument("name", metavar="NAME", help="with its owner's, as BAAI/bge-m3")
    revision = "a branch, a tag or a commit (default: the newest)"
    download.add_argument("--revision", metavar="R", default="", help=revision)
    download.add_argument("--yes", action="store_true", help="do not ask")
    download.set_defaults(command=_download)
    removal = add("remove", "remove a model that was added")
    removal.add_argument("name", metavar="NAME")
    removal.set_defaults(command=_remove)


def _add(options: argparse.Namespace) -> int:
    from bge_desktop.cli.model_adding import add

    return add(options.folder, as_json=options.json)


def _download(options: argparse.Namespace) -> int:
    from bge_desktop.cli.model_adding import download

    return download(options.name, options.revision, is_agreed=options.yes, as_json=options.json)


def _remove(options: argparse.Namespace) -> int:
    from bge_desktop.cli.model_adding import remove

    library = os.path.abspath(getattr(options, "library", None) or default_library())
    return remove(options.name, library, as_json=options.json)
