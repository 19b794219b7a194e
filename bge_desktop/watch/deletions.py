"""Whether a file that a walk did not find was deleted, or its disk is away.

It was deleted if the deepest folder above it that is there lies on the file system on which the file was last seen. So
an unmounted share, another stick in the same place, and a disk that is missing below the root lose nothing; and a
folder that was emptied or made anew is believed.
"""

from __future__ import annotations

import os
import stat

from bge_desktop.messages import FolderRules
from bge_desktop.watch.mounts import is_remote, mounts
from bge_desktop.watch.rules import Rules
from bge_desktop.watch.scan import lies_below
from bge_desktop.watch.volumes import Volumes


class Deletions:
    """Judges what one walk of a root did not find; to be asked when the walk is over.

    Args:
        root: the folder, or single file.
        chosen: the folder's own rules.
        volumes: those of the walk.
    """

    def __init__(self, root: str, chosen: FolderRules, volumes: Volumes) -> None:
        self._root, self._volumes = root, volumes
        self._rules = Rules(root, chosen=chosen)
        self._chosen_rules = Rules(root, chosen=chosen, by_tree=False)
        self._places: dict[str, frozenset[str]] = {}
        self._renamed: dict[str, set[str]] = {}

    def note_renamed(self, former: str, device: str) -> None:
        """Note that a file was found again on a device that is called otherwise now: files missing there count too."""
        self._renamed.setdefault(former, set()).add(device)

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
        except (FileNotFoundError, NotADirectoryError):
            return frozenset() if is_root else self._place(os.path.dirname(folder))
        if not stat.S_ISDIR(status.st_mode):
            return self._place(os.path.dirname(folder))
        if self._is_empty_mount(folder):
            return frozenset()
        return frozenset((self._volumes.name(status.st_dev, folder), str(status.st_dev)))

    def _is_empty_mount(self, folder: str) -> bool:
        """Return whether a file system begins here that has nothing in it yet, as where a share is being connected.

        A root on another machine counts as well: what lies there may be a mount of that machine.
        """
        is_mount = os.path.ismount(folder) or (folder == self._root and is_remote(os.path.realpath(folder), mounts()))
        if not is_mount:
            return False
        with os.scandir(folder) as entries:
            return next(entries, None) is None
