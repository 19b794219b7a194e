"""Looks at the folders of the library, and whether the system lets all of them be watched."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from bge_desktop.doctor.check import Check, ok, problem, warning
from bge_desktop.library.folders import Folder
from bge_desktop.messages import displayable
from bge_desktop.watch.default_names import NameRules, names_for
from bge_desktop.watch.mounts import is_remote, mounts

_SECONDS = 10.0
_WATCHES, _INSTANCES, _QUEUE = "max_user_watches", "max_user_instances", "max_queued_events"
_ADVISED = {_WATCHES: 1_048_576, _INSTANCES: 1024, _QUEUE: 65_536}
# Of what the system allows, other programs need a part: editors and file managers watch as well.
_SHARE = 0.8
_SHORTEST_QUEUE = 16_384  # Linux's own choice; a shorter one overflows when an archive is unpacked

Limit = Callable[[str], int | None]


def folders(known: Sequence[Folder]) -> Iterator[Check]:
    """Look whether each folder is there and may be read, and how its changes are noticed."""
    table = mounts()
    if not known:
        yield ok("folders", "The library has no folder yet.")
    for folder in known:
        name, path = f"folder {displayable(folder.path)}", os.path.realpath(folder.path)
        if not os.path.exists(path):
            advice = "Connect its disk or share; what is known of it stays searchable. Remove it if it is gone."
            yield warning(name, "It is not there at the moment.", advice)
        elif not os.access(path, os.R_OK | (os.X_OK if os.path.isdir(path) else 0)):
            yield problem(name, "It may not be read.", "Give yourself the right to read it, or remove it.")
        elif is_remote(path, table):
            yield ok(name, "It lies on another machine: looked through every few seconds or minutes.")
        else:
            yield ok(name, "It is there, and its changes are told by the system.")


def inotify(known: Sequence[Folder], limit: Limit | None = None, seconds: float = _SECONDS) -> Iterator[Check]:
    """Look on Linux whether the system's limits let all folders be watched.

    Args:
        known: the folders of the library.
        limit: returns one of the system's limits by name, None where it is not known.
        seconds: how long to count folders, at most.
    """
    if sys.platform != "linux":
        return
    limit = limit or _limit
    count, is_all = _count(known, time.monotonic() + seconds)
    watches, instances, queue = map(limit, (_WATCHES, _INSTANCES, _QUEUE))
    short = [
        *([_WATCHES] if watches is not None and count > watches * _SHARE else ()),
        *([_INSTANCES] if instances is not None and len(known) > instances * _SHARE else ()),
        *([_QUEUE] if queue is not None and queue < _SHORTEST_QUEUE else ()),
    ]
    told = f"{'' if is_all else 'More than '}{count:,} folders are to be watched; the system allows {_told(watches)}"
    found = f"{told} watches, {_told(instances)} watchers and {_told(queue)} waiting events."
    if not short:
        yield ok("inotify", found)
        return
    values = " ".join(f"fs.inotify.{name}={_ADVISED[name]}" for name in short)
    advice = (
        f"Raise it: sudo sysctl {values} (and put that into /etc/sysctl.d/60-inotify.conf, to have it last). Until then"
        " the rest is looked through now and then, which takes longer."
    )
    yield warning("inotify", found, advice)


def _limit(name: str) -> int | None:
    try:
        with open(f"/proc/sys/fs/inotify/{name}", encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def _told(limit: int | None) -> str:
    return "an unknown number of" if limit is None else f"{limit:,}"


def _count(known: Sequence[Folder], until: float) -> tuple[int, bool]:
    """Return how many folders are to be watched, and whether there was time to count all of them."""
    count = 0
    for folder in known:
        for _ in _watched(folder.path, names_for(folder.rules)):
            count += 1
            if time.monotonic() > until:
                return count, False
    return count, True


def _watched(root: str, names: NameRules) -> Iterator[str]:
    for path, subfolders, _ in os.walk(root):
        subfolders[:] = [name for name in subfolders if not names.leaves_out_name(name, True)]
        yield path
