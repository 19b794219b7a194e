"""`bge-desktop labels` and `bge-desktop label`: which labels there are and what they are proposed for; giving one."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bge_desktop.cli import output
from bge_desktop.cli.work import until_done
from bge_desktop.errors import RequestError
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import (
    LEAST_EXAMPLES,
    AddLabel,
    Decision,
    Label,
    Proposal,
    SetLabel,
    displayable,
)
from bge_desktop.search.results import documents_named
from bge_desktop.worker.proposing import proposals

_ALL = 1_000_000


def labels(name: str | None, library: str, *, as_json: bool) -> int:
    """Print the labels, or the documents that one is proposed for, best first.

    Args:
        name: of the label; None for all of them.
        library: the folder of the library.
        as_json: whether to print one object for scripts.

    Raises:
        UserError: there is no library, or no such label.
    """
    with reading(library) as opened:
        if name is None:
            _print_labels(opened.labels.all(), as_json=as_json)
        else:
            found = proposals(opened, opened.labels.at(name), _ALL)
            _print_proposals(name, found.proposals, as_json=as_json)
    return 0


def label(name: str, files: Sequence[str], decision: Decision, library: str, device: str, *, as_json: bool) -> int:
    """Say whether files of the library have a label, have others learnt from that, and print what came of it.

    Args:
        name: of the label, which is made where it is given and there is none.
        files: as they were named.
        decision: whether they have it.
        library: the folder of the library.
        device: where to embed.
        as_json: whether to print one object for scripts.

    Raises:
        UserError: there is no library, it cannot be written, a file is not in it, or there is no such label.
    """
    with reading(library) as opened:
        paths = tuple(_known_path(opened, file) for file in files)
    asked = AddLabel(name, paths) if decision is Decision.YES else SetLabel(paths, name, decision)
    until_done(library, device, [asked])
    with reading(library) as opened:
        number = opened.labels.at(name)
        [found] = [own for own in opened.labels.all() if own.id == number]
    _print_labels([found], as_json=as_json)
    return 0


def _known_path(library: Library, file: str) -> str:
    """Return the path under which the library has a file: as it was named, or behind symbolic links."""
    for path in (os.path.abspath(file), os.path.realpath(file)):
        if len(documents_named(library.db, path)):
            return path
    message = "Only indexed files can have a label. Index it first: bge-desktop index FILE"
    raise RequestError("Not in the library", message, os.path.abspath(file))


def _print_labels(found: Sequence[Label], *, as_json: bool) -> None:
    if as_json:
        output.say_json({"labels": [_label_as_object(own) for own in found]})
        return
    if not found:
        output.say("There are no labels yet. Give one to a few files: bge-desktop label NAME FILE…")
    for own in found:
        output.say(f"{displayable(own.name)}: {output.counted(own.documents, 'document')}{_proposed(own)}")


def _proposed(own: Label) -> str:
    if 0 < own.examples < LEAST_EXAMPLES:
        return f"; from {LEAST_EXAMPLES} on, it is proposed for others"
    by_itself = "" if own.threshold is None else f"; by itself from {own.threshold:.0%} on"
    return (f", {own.proposed:,} proposed" if own.proposed else "") + by_itself


def _label_as_object(own: Label) -> dict[str, object]:
    names = ("name", "documents", "proposed", "threshold")
    return {name: getattr(own, name) for name in names}


def _print_proposals(name: str, found: Sequence[Proposal], *, as_json: bool) -> None:
    if as_json:
        output.say_json({"label": name, "proposals": [_proposal_as_object(own) for own in found]})
        return
    if not found:
        output.say(f"“{displayable(name)}” is proposed for no document.")
    for own in found:
        applied = ", applied" if own.applied else ""
        output.say(f"{own.confidence:.0%}{applied}  {displayable(own.path)}")
        output.say(output.wrapped(own.passage, lines=2))


def _proposal_as_object(own: Proposal) -> dict[str, object]:
    shown = {name: getattr(own, name) for name in ("path", "title", "passage", "applied")}
    return {"confidence": round(own.confidence, 4), **shown}
