"""The arguments of `bge-desktop mteb`."""

from __future__ import annotations

import argparse

from bge_desktop.evaluate.mteb_layout import LAYOUT


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the arguments, and what runs the command, to its parser."""
    parser.formatter_class, parser.epilog = argparse.RawDescriptionHelpFormatter, LAYOUT
    parser.add_argument(
        "--model", metavar="MODEL", required=True, help="bge-small-en-v1.5, bge-small-zh-v1.5, or the folder of another"
    )
    parser.add_argument(
        "--tasks",
        metavar="A,B,…",
        type=_names,
        default=[],
        help="names or types of tasks; mteb-en and c-mteb are all that published numbers are means of",
    )
    parser.add_argument("--data", metavar="FOLDER", help="tasks on your own data; then nothing is downloaded")
    parser.add_argument("--output", metavar="DIR", help="keep all results there, and run nothing whose result is there")
    parser.set_defaults(command=_run)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _run(options: argparse.Namespace) -> int:
    from bge_desktop.cli.mteb import Wanted, mteb

    wanted = Wanted(options.model, options.tasks, options.data, options.output)
    return mteb(wanted, getattr(options, "device", "auto"), as_json=options.json)
