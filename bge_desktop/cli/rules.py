"""`bge-desktop rules`: what is left out of a folder, and changing it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bge_desktop.cli import output
from bge_desktop.cli.naming import folder_named
from bge_desktop.cli.work import AGAIN_S, BusyNote
from bge_desktop.errors import LibraryBusyError, RequestError, UserError
from bge_desktop.handover import client
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import FolderRules, SetRules, displayable
from bge_desktop.watch.default_names import DEFAULTS, HIDDEN, groups_for
from bge_desktop.watch.rules import IGNORE_FILES, makes_sense

_ADVICE = "Rules are chosen for the folders that were added, which bge-desktop status lists."


@dataclass(frozen=True)
class RulesChange:
    """What to change: patterns that are to hold, patterns that no longer are, and choices (None to leave as is)."""

    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    hidden: bool | None = None
    limit_mb: int | None = None


def rules(folder: str, change: RulesChange, library: str, *, as_json: bool) -> int:
    """Print what holds for a folder of the library, after changing it where a change is asked for.

    Raises:
        UserError: there is no library, the folder is not in it, or a pattern makes no sense.
    """
    busy_note = BusyNote()
    while True:
        found = _found(folder, library)
        changed = replace(found, rules=_changed(found.rules, change))
        if changed == found or _is_set(found, changed.rules, library, busy_note):
            break
    if as_json:
        output.say_json(_as_object(changed))
    else:
        _print(changed)
    return 0


def _is_set(found: Folder, rules: FolderRules, library: str, busy_note: BusyNote) -> bool:
    """Have other rules hold; return whether they do. Otherwise others hold by now than those `found`, or may.

    Raises:
        UserError: the library cannot be written, or the folder is not in it any more.
    """
    try:
        if client.taken(library, [SetRules(found.path, rules, instead_of=found.rules)]):
            output.note("Holds from now on: the BGE Desktop at work on the library brings the folder in step.")
            return True
        return _is_set_here(found, rules, library)
    except LibraryBusyError:
        busy_note.say()
        time.sleep(AGAIN_S)
        return False
    except UserError:
        if _found(found.path, library) == found:
            raise
        return False


def _is_set_here(found: Folder, rules: FolderRules, library: str) -> bool:
    with contextlib.closing(Library(library)) as opened:
        if folder_named(opened, found.path, _ADVICE) != found:
            return False
        opened.folders.set_rules(found, rules)
    output.note(f"Holds from the next scan on, in the window or by: bge-desktop index {displayable(found.path)}")
    return True


def _found(folder: str, library: str) -> Folder:
    with reading(library) as opened:
        return folder_named(opened, folder, _ADVICE)


def _changed(chosen: FolderRules, change: RulesChange) -> FolderRules:
    for pattern in change.add:
        chosen = _with(chosen, pattern)
    for pattern in change.remove:
        chosen = _without(chosen, pattern)
    hidden = chosen.hidden if change.hidden is None else change.hidden
    return replace(chosen, hidden=hidden, limit_mb=change.limit_mb or chosen.limit_mb)


def _with(chosen: FolderRules, pattern: str) -> FolderRules:
    if pattern in chosen.let_in:
        return replace(chosen, let_in=_less(chosen.let_in, pattern))
    if not pattern.strip() or "\n" in pattern or not makes_sense(pattern):
        message = "Write it as a line of a .gitignore: *.log, drafts/, /private or !kept.txt"
        raise RequestError(f"The pattern {displayable(pattern)!r} makes no sense", message)
    return replace(chosen, left_out=(*_less(chosen.left_out, pattern), pattern))


def _without(chosen: FolderRules, pattern: str) -> FolderRules:
    if pattern in chosen.left_out:
        return replace(chosen, left_out=_less(chosen.left_out, pattern))
    if any(pattern in group.patterns for group in DEFAULTS if group.reason != HIDDEN):
        return replace(chosen, let_in=(*_less(chosen.let_in, pattern), pattern))
    message = "bge-desktop rules FOLDER lists the patterns that hold. Hidden files are let in by: --hidden yes"
    raise RequestError(f"There is no pattern {displayable(pattern)!r}", message)


def _less(patterns: tuple[str, ...], pattern: str) -> tuple[str, ...]:
    return tuple(own for own in patterns if own != pattern)


def _as_object(folder: Folder) -> dict[str, object]:
    defaults = [asdict(group) for group in groups_for(folder.rules) if group.reason != HIDDEN]
    return {"path": folder.path, **asdict(folder.rules), "ignore_files": IGNORE_FILES, "defaults": defaults}


def _print(folder: Folder) -> None:
    own = folder.rules
    output.say(displayable(folder.path))
    output.say(f"   hidden files: {'read' if own.hidden else 'left out'}")
    output.say(f"   largest file: {own.limit_mb} MB")
    _print_patterns("left out here", own.left_out)
    _print_patterns("let in here", own.let_in)
    output.say(f"   left out where they say so: {', '.join(IGNORE_FILES)}")
    output.say("   left out by default, by name; folders also by what they hold:")
    for group in groups_for(own):
        if group.reason != HIDDEN:
            _print_patterns(f"   {group.reason}", group.patterns)


def _print_patterns(name: str, patterns: Sequence[str]) -> None:
    if patterns:
        output.say(output.wrapped(f"{name}: {', '.join(map(displayable, patterns))}", lines=12))
