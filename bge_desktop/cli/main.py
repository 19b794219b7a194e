"""The arguments, and what every command shares: where the library is, and how errors are told."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TypeAlias

import bge_desktop
from bge_desktop.cli import labels_arguments, models_arguments, mteb_arguments, output, topics_arguments
from bge_desktop.errors import UserError
from bge_desktop.messages import LARGEST_LIMIT_MB, Shown
from bge_desktop.settings import DEVICES, default_library


def run(arguments: Sequence[str]) -> int:
    """Run a command, or open the window without one; return the exit status.

    0 is success, 1 an error that is told on standard error (and, with --json, as an object with "error"), 2 wrong
    usage, 130 an interruption.
    """
    output.prepare()
    options = _parser().parse_args(_with_command(arguments))
    try:
        status: int = options.command(options)
        sys.stdout.flush()
    except UserError as error:
        return output.tell_error(error, as_json=getattr(options, "json", False))
    except KeyboardInterrupt:
        output.note("Interrupted. What has been indexed is kept.")
        return 130
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        output.note(f"The result could not be printed: {error.strerror}.")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _with_command(arguments: Sequence[str]) -> Sequence[str]:
    """Return the arguments with the command that is meant where a desktop hands over what was dropped on the icon."""
    is_dropped = bool(arguments) and all(map(os.path.isabs, arguments))
    return ["open", *arguments] if is_dropped else arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bge-desktop",
        description="Find your own documents by meaning. Without a command, open the window.",
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"BGE Desktop {bge_desktop.__version__}")
    parser.add_argument("--hidden", action="store_true", help="open in the tray, where there is one")
    parser.set_defaults(command=_window, folders=[], quick=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_open(commands)
    _add_index(commands)
    _add_search(commands)
    _add_similar(commands)
    _add_status(commands)
    _add_failures(commands)
    _add_rules(commands)
    _add_remove(commands)
    _add_pauses(commands)
    _add_labels(commands)
    _add_topics(commands)
    _add_models(commands)
    _add_evaluate(commands)
    _add_mteb(commands)
    _add_settings(commands)
    _add_doctor(commands)
    return parser


def _common() -> argparse.ArgumentParser:
    """Options that stand before or after the command; without a default, so that neither place undoes the other."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--library", metavar="DIR", help="the folder of the library (default: your own)")
    common.add_argument("--device", choices=DEVICES, help="where to embed (default: auto)")
    return common


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(commands: _Commands, name: str, text: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text, parents=[_common()])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_open(commands: _Commands) -> None:
    text = "open the window, or bring the open one to the front, and add folders (or files) to it"
    parser = commands.add_parser("open", help=text, description=text, parents=[_common()])
    parser.add_argument("folders", metavar="FOLDER", nargs="*")
    parser.add_argument("--quick", action="store_true", help="show the quick search instead of the window")
    parser.set_defaults(command=_window)


def _add_index(commands: _Commands) -> None:
    parser = _add(commands, "index", "index folders (or files) until they are up to date, then leave")
    parser.add_argument("folders", metavar="FOLDER", nargs="+")
    parser.set_defaults(command=_index)


def _add_search(commands: _Commands) -> None:
    parser = _add(commands, "search", "print the documents that answer a query, best first")
    parser.add_argument("query", metavar="QUERY", help="one that begins with a minus stands behind --")
    parser.add_argument("--limit", metavar="N", type=_positive, default=10, help="the most results (default: 10)")
    parser.set_defaults(command=_search)


def _add_similar(commands: _Commands) -> None:
    parser = _add(commands, "similar", "print the documents that are most like a file of the library, best first")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--limit", metavar="N", type=_positive, default=10, help="the most results (default: 10)")
    parser.set_defaults(command=_similar)


def _add_status(commands: _Commands) -> None:
    parser = _add(commands, "status", "say what the library holds, and which files failed")
    parser.set_defaults(command=_status)


def _add_failures(commands: _Commands) -> None:
    parser = _add(commands, "failures", "list the files that could not be read, or only in part, or try them again")
    parser.add_argument(
        "--retry",
        metavar="PATH",
        nargs="*",
        help="try these again, or all; what killed its reader twice is tried again only where it is named",
    )
    parser.set_defaults(command=_failures)


def _add_rules(commands: _Commands) -> None:
    parser = _add(commands, "rules", "show or change what is left out of a folder of the library")
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--add", metavar="PATTERN", action="append", default=[], help="leave out, as in a .gitignore")
    parser.add_argument(
        "--remove", metavar="PATTERN", action="append", default=[], help="no longer leave out; also one of the defaults"
    )
    parser.add_argument("--hidden", choices=("yes", "no"), help="whether to read hidden files (default: no)")
    parser.add_argument("--limit-mb", metavar="N", type=_megabytes, help="the largest file to read (default: 200)")
    parser.set_defaults(command=_rules)


def _add_pauses(commands: _Commands) -> None:
    for command, name, text in (
        (_pause, "pause", "leave a folder of the library, or all, as they are, until resumed"),
        (_resume, "resume", "keep a folder of the library, or all, in step with the disk again"),
    ):
        parser = _add(commands, name, text)
        parser.add_argument("folder", metavar="FOLDER", nargs="?")
        parser.set_defaults(command=command)


def _add_remove(commands: _Commands) -> None:
    parser = _add(commands, "remove", "have the library forget a folder and all that it knows of its files")
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(command=_remove)


def _add_labels(commands: _Commands) -> None:
    labels_arguments.add_to_labels(_add(commands, "labels", "list the labels, or what one is proposed for, best first"))
    text = "give files of the library a label, which is then proposed for others that are like them"
    labels_arguments.add_to_label(_add(commands, "label", text))


def _add_topics(commands: _Commands) -> None:
    topics_arguments.add_to(_add(commands, "topics", "print what the documents are about, in groups by meaning"))


def _add_models(commands: _Commands) -> None:
    text = "show which models embed the library's passages, or change them"
    models_arguments.add_to(_add(commands, "models", text), _common())


def _add_evaluate(commands: _Commands) -> None:
    parser = _add(commands, "evaluate", "measure how well queries with a known answer find it")
    parser.add_argument("queries", metavar="QUERIES.tsv", help="lines of a query, a tab, and the file's name")
    parser.add_argument("--against", metavar="SETTINGS.toml", help="compare with these settings of the ranking")
    parser.set_defaults(command=_evaluate)


def _add_mteb(commands: _Commands) -> None:
    mteb_arguments.add_to(_add(commands, "mteb", "measure an encoder on the tasks of MTEB and C-MTEB, or on your own"))


def _add_settings(commands: _Commands) -> None:
    parser = _add(commands, "settings", "show or change the settings of a library")
    parser.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="as threads=4")
    parser.set_defaults(command=_settings)


def _add_doctor(commands: _Commands) -> None:
    parser = _add(commands, "doctor", "check that everything is well, and say what to do where it is not")
    parser.set_defaults(command=_doctor)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return int(text)


def _megabytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_LIMIT_MB:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {LARGEST_LIMIT_MB}")
    return int(text)


def _library(options: argparse.Namespace) -> str:
    return os.path.abspath(getattr(options, "library", None) or default_library())


def _device(options: argparse.Namespace) -> str:
    return getattr(options, "device", "auto")


def _index(options: argparse.Namespace) -> int:
    from bge_desktop.cli.index import index

    return index(options.folders, _library(options), _device(options), as_json=options.json)


def _search(options: argparse.Namespace) -> int:
    from bge_desktop.cli.search import search

    return search(options.query, options.limit, _library(options), _device(options), as_json=options.json)


def _similar(options: argparse.Namespace) -> int:
    from bge_desktop.cli.similar import similar

    return similar(options.file, options.limit, _library(options), as_json=options.json)


def _status(options: argparse.Namespace) -> int:
    from bge_desktop.cli.status import status

    return status(_library(options), as_json=options.json)


def _failures(options: argparse.Namespace) -> int:
    from bge_desktop.cli.failures import failures

    return failures(options.retry, _library(options), _device(options), as_json=options.json)


def _rules(options: argparse.Namespace) -> int:
    from bge_desktop.cli.rules import RulesChange, rules

    hidden = None if options.hidden is None else options.hidden == "yes"
    change = RulesChange(options.add, options.remove, hidden, options.limit_mb)
    return rules(options.folder, change, _library(options), as_json=options.json)


def _pause(options: argparse.Namespace) -> int:
    from bge_desktop.cli.pausing import pause

    return pause(options.folder, _library(options), as_json=options.json)


def _resume(options: argparse.Namespace) -> int:
    from bge_desktop.cli.pausing import resume

    return resume(options.folder, _library(options), as_json=options.json)


def _remove(options: argparse.Namespace) -> int:
    from bge_desktop.cli.remove import remove

    is_agreed, as_json = options.yes, options.json
    return remove(options.folder, _library(options), _device(options), is_agreed=is_agreed, as_json=as_json)


def _evaluate(options: argparse.Namespace) -> int:
    from bge_desktop.cli.evaluate import evaluate

    return evaluate(options.queries, options.against, _library(options), _device(options), as_json=options.json)


def _settings(options: argparse.Namespace) -> int:
    from bge_desktop.cli.settings import settings

    return settings(options.set, _library(options), as_json=options.json)


def _doctor(options: argparse.Namespace) -> int:
    from bge_desktop.cli.doctor import doctor

    return doctor(_library(options), _device(options), as_json=options.json)


def _window(options: argparse.Namespace) -> int:
    if sys.platform.startswith("linux") and not _has_display():
        message = "Start it from a desktop, or use the commands: bge-desktop index FOLDER, bge-desktop search QUERY."
        raise UserError("There is no display", message)
    from bge_desktop.ui.app import run as open_window

    shown = Shown.QUICK_SEARCH if options.quick else Shown.NOTHING if options.hidden else Shown.WINDOW
    return open_window(_library(options), _device(options), options.folders, shown)


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
