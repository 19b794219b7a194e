"""The arguments of `bge-desktop models` and its subcommands."""

from __future__ import annotations

import argparse
import os
from typing import TypeAlias

from bge_desktop.cli import model_adding_arguments
from bge_desktop.settings import default_library

_Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_to(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the arguments, and what runs the command, to its parser.

    Args:
        parser: of `bge-desktop models`.
        common: the options that every command has.
    """
    parser.set_defaults(command=_list)
    subcommands: _Subcommands = parser.add_subparsers(title="subcommands", metavar="SUBCOMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        own = subcommands.add_parser(name, help=text, description=text, parents=[common])
        # no default: --json before the subcommand holds as well
        own.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")
        return own

    use = add("use", "have a model embed the library's passages, and use it once it has embedded all")
    use.add_argument("model", metavar="NAME_OR_FOLDER", help="as in the list, or the folder of a model, which is added")
    use.add_argument("--for", dest="language", choices=("en", "zh", "both"), default="both", help="default: both")
    use.set_defaults(command=_use)
    add("cancel", "keep the models that are in use").set_defaults(command=_cancel)
    add("return", "use the models again that were in use before").set_defaults(command=_return)
    add("forget", "remove what the models embedded that were in use before").set_defaults(command=_forget)
    model_adding_arguments.add_to(add)


def _list(options: argparse.Namespace) -> int:
    from bge_desktop.cli.models import list_models

    return list_models(_library(options), as_json=options.json)


def _use(options: argparse.Namespace) -> int:
    from bge_desktop.cli.models import use

    return use(options.model, options.language, _library(options), _device(options), as_json=options.json)


def _cancel(options: argparse.Namespace) -> int:
    from bge_desktop.cli.models import cancel

    return cancel(_library(options), as_json=options.json)


def _return(options: argparse.Namespace) -> int:
    from bge_desktop.cli.models import return_to_former

    return return_to_former(_library(options), _device(options), as_json=options.json)


def _forget(options: argparse.Namespace) -> int:
    from bge_desktop.cli.models import forget

    return forget(_library(options), as_json=options.json)


def _library(options: argparse.Namespace) -> str:
    return os.path.abspath(getattr(options, "library", None) or default_library())


def _device(options: argparse.Namespace) -> str:
    return getattr(options, "device", "auto")
