"""What changed below one root since the last report, and how it is put into few words."""

from __future__ import annotations

import os
from collections import Counter

from bge_desktop.messages import FolderRules
from bge_desktop.watch.rules import Rules

MOST_IN_FOLDER = 200
MOST_IN_ROOT = 5000


class Changes:
    """The paths of one root that must be looked at again.

    Args:
        root: the root of all paths.
        now: the time of the first change, on the clock of `time.monotonic`.
        chosen: the root's own rules.
    """

    def __init__(self, root: str, now: float, chosen: FolderRules | None = None) -> None:
        self._root, self._chosen = root, chosen
        self._first = self._last = now
        self._paths: dict[str, bool] = {}
        self._certain: set[str] = set()

    def add(self, path: str, is_folder: bool, now: float) -> None:
        """Note a path that counts unless the rules leave it out."""
        self._last = now
        if self._root not in self._certain:
            self._paths[path] = is_folder
            self._keep_bounded()

    def add_certain(self, path: str, now: float) -> None:
        """Note a path that counts whatever the rules say, because it is they that may have changed."""
        self._last = now
        if self._root not in self._certain:
            self._certain.add(path)
            self._keep_bounded()

    def due(self, quiet: float, longest: float) -> float:
        """Return when to report: `quiet` seconds after the last change, `longest` after the first at the latest."""
        return min(self._last + quiet, self._first + longest)

    def paths(self) -> frozenset[str]:
        """Return what to look at again, by the rules as they are on the disk now."""
        rules = Rules(self._root, chosen=self._chosen)
        judged = (path for path, is_folder in self._paths.items() if not rules.leaves_out(path, is_folder))
        return collapse(self._root, self._certain.union(judged))

    def _keep_bounded(self) -> None:
        """Put what is noted into fewer paths, however many events come before the report."""
        if len(self._paths) + len(self._certain) > 2 * MOST_IN_ROOT:
            self._certain = set(collapse(self._root, self._certain.union(self._paths)))
            self._paths = {}


def collapse(root: str, paths: set[str]) -> frozenset[str]:
    """Replace many paths by the folder that holds them, and drop paths that lie below another one.

    More than `MOST_IN_FOLDER` in one folder become the folder; more than `MOST_IN_ROOT` in all, the root.
    """
    paths = _uncovered(root, paths)
    counts = Counter(os.path.dirname(path) for path in paths if path != root)
    crowded = {folder for folder, count in counts.items() if count > MOST_IN_FOLDER}
    paths = _uncovered(root, paths | crowded)
    return frozenset({root} if len(paths) > MOST_IN_ROOT else paths)


def _uncovered(root: str, paths: set[str]) -> set[str]:
    covering = {root: root in paths}

    def is_covered(folder: str) -> bool:
        if folder not in covering:
            covering[folder] = folder in paths or is_covered(os.path.dirname(folder))
        return covering[folder]

    return {path for path in paths if path == root or not is_covered(os.path.dirname(path))}
