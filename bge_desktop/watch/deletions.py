"""Whether a file that a walk did not find was deleted, or its disk is away.

It was deleted if the deepest folder above it that is there lies on the file system on which the file was last seen. So
an unmounted share, another stick in the same place, and a disk that is missing below the root lose nothing; and a
folder that was emptied is believed. A root that is empty and another folder than it was may be the place of a mount of
the very same file system: until something is in it, nothing is believed.
"""

from __future__ import annotations

import os
import stat

from bge_desktop.messages import FolderRules
from bge_desktop.watch.missing import is_missing
from bge_desktop.watch.mounts import is_remote, mounts
from bge_desktop.watch.rules import Rules
from bge_desktop.watch.scan import lies_below, root_is_here
from bge_desktop.watch.volumes import Volumes


class Deletions:
    """Judges what one walk of a root did not find; to be asked when the walk is over.

    Args:
        root: the folder, or single file.
        chosen: the folder's own rules.
        volumes: those of the walk.
        inode: of the root, when files were last found in it; "" where that is not known.
    """

    def __init__(self, root: str, chosen: FolderRules, volumes: Volumes, inode: str) -> None:
        self._root, self._volumes, self._inode = root, volumes, inode
        self._rules = Rules(root, chosen=chosen)
        self._chosen_rules = Rules(root, chosen=chosen, by_tree=False)
        self._places: dict[str, frozenset[str]] = {}
        self._renamed: dict[str, set[str]] = {}

    def note_renamed(self, former: str, device: str) -> None:
        """Note that a file was found again on a device that is called otherwise now: files missing there count too."""
        self._renamed.setdefault(former, set()).add(device)

    def has_root(self) -> bool:
        """Return whether the root is there, and is not only the place of a disk or a share that is away."""
        try:
            return root_is_here(self._root) and (os.path.isfile(self._root) or bool(self._place(self._root)))
        except OSError:
            return False

    def is_believed(self, path: str, device: str) -> bool:
        """Return whether a file is to be forgotten: deleted, or left out by the rules.

        Of a disk that is away, what lies in its place says nothing: another disk's ignore files are not its own.

        Args:
            path: of the file.
            device: on which it was last seen; "" where it could not be looked at.
        """
        try:
            if self._is_away(path, device):
                return self._chosen_rules.leaves_out(path, False)
            return self._rules.leaves_out(path, False) or not lies_below(self._root, path)
        except OSError:
            return False

    def _is_away(self, path: str, device: str) -> bool:
        names = self._place(os.path.dirname(path))
        if not device:
            return not names
        return names.isdisjoint({device, *self._renamed.get(device, ())})

    def _place(self, folder: str) -> frozenset[str]:
        """Return what the device is called on which a folder lies, or the next one above it that is there.

        It is nothing where that cannot be said.
        """
        if folder not in self._places:
            self._places[folder] = self._look(folder)
        return self._places[folder]

    def _look(self, folder: str) -> frozenset[str]:
        is_root = folder == self._root
        if not is_root and not folder.startswith(os.path.join(self._root, "")):
            return frozenset()  # the root is a single file, and is there no more
        try:
            status = os.stat(folder, follow_symlinks=is_root)
        except OSError as error:
            if not is_missing(error):
                raise
            return frozenset() if is_root else self._place(os.path.dirname(folder))
        if not stat.S_ISDIR(status.st_mode):
            return self._place(os.path.dirname(folder))
        if self._may_be_a_place_only(folder, status):
            return frozenset()
        return frozenset((self._volumes.name(status.st_dev, folder), str(status.st_dev)))

    def _may_be_a_place_only(self, folder: str, status: os.stat_result) -> bool:
        """Return whether a folder is empty, and may be so only because what belongs there is not connected (yet).

        So where a file system begins, and where the root is another folder than it was. A root on another machine
        counts as well: what lies there may be a mount of that machine.
        """
        is_root = folder == self._root
        is_another = is_root and self._inode not in ("", str(status.st_ino))
        is_far = is_root and is_remote(os.path.realpath(folder), mounts())
        if not (is_another or is_far or os.path.ismount(folder)):
            return False
        with os.scandir(folder) as entries:
            return next(entries, None) is None
