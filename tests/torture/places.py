"""Folders of which some come and go: by being renamed, and by being mounted where the system allows it."""

from __future__ import annotations

import contextlib
import os
import stat

from bge_desktop.worker.scanning import is_below
from tests.torture import privileges

_FOREIGN_S = 1_500_000_000
# As on the disks of Linux: one that holds nothing at all would be taken for one that is only just being connected.
_ITS_OWN = "lost+found"


class NothingToDoError(OSError):
    """There is nothing that an operation could be done to."""


class Places:
    """Two folders that a library follows, "home" and "disk", and one that it does not, "outside".

    Where the system allows it, "disk" and "home/stick" are file systems of their own.

    Attributes:
        roots: the two folders.
        events: what is to be told: the root, the path relative to it, and whether it is a folder.
        untold: something has happened that no watcher hears of.
        strange: the paths that were seen in the place of a disk that was not there.
    """

    def __init__(self, base: str):
        self.home, self.disk, self.outside = (os.path.join(base, name) for name in ("home", "disk", "outside"))
        self.stick = os.path.join(self.home, "stick")
        self.roots = (self.home, self.disk)
        self._away, self._covered = set(), set()
        self.events, self.untold, self.strange = [], False, set()
        for folder in (*self.roots, self.outside, self.stick):
            os.mkdir(folder)
        self._stores = {}
        if privileges.can_mount(self.disk):
            for place in (self.disk, self.stick):
                self._make_store(place, os.path.join(base, f"{os.path.basename(place)} store"))

    def _make_store(self, place, store):
        os.mkdir(store)
        privileges.mount_new(store)
        os.mkdir(os.path.join(store, _ITS_OWN))
        privileges.mount(store, place)
        self._stores[place] = store

    def close(self):
        """Take all mounts away."""
        self.bring_back()
        for place, store in self._stores.items():
            privileges.unmount(place)
            privileges.unmount(store)

    def absent(self):
        """Return the places of which something else, or nothing, is to be seen."""
        return sorted(self._away | self._covered)

    def entries(self):
        """Return all that is to be seen in the places, folders included, in order."""
        found, waiting = [], [*self.roots, self.outside]
        while waiting:
            try:
                with os.scandir(waiting.pop()) as listing:
                    entries = [entry for entry in listing if entry.name != _ITS_OWN]
            except OSError:
                continue
            found += [entry.path for entry in entries]
            waiting += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        return sorted(found)

    def note_strange(self):
        """Take down what is seen now in the place of a disk that is not there: it will be out of sight."""
        places = tuple(os.path.join(place, "") for place in self.absent())
        self.strange.update(path for path in self.entries() if path.startswith(places))

    def leave(self, number):
        """Have a root or a mounted disk go: renamed away, or an empty mount point from now on."""
        place = self._chosen(number, self._away | self._covered)
        if place in self._stores:
            privileges.unmount(place)
        else:
            os.rename(place, f"{place} away")
        self._away.add(place)
        self._tell_of_place(place)

    def come_back(self, number):
        """Have one come back."""
        place = self._chosen(number, set(self._all()) - self._away)
        self._return(place)

    def cover(self, number):
        """Mount another disk in the place of one."""
        place = self._chosen(number, self._away | self._covered)
        if place not in self._stores:
            raise NothingToDoError
        privileges.mount_new(place)
        path = os.path.join(place, "foreign.txt")
        with open(path, "wb") as stream:
            stream.write(b"Date palms want heat.")
        os.utime(path, (_FOREIGN_S, _FOREIGN_S))
        self._covered.add(place)
        self._tell_of_place(place, is_heard_of=place in self.roots)

    def uncover(self, number):
        """Take the other disk away again."""
        self._uncover(self._chosen(number, set(self._all()) - self._covered))

    def _uncover(self, place):
        if self.home in self._away:
            self._return(self.home)
        privileges.unmount(place)
        self._covered.discard(place)
        self._tell_of_place(place)

    def bring_back(self):
        """Have all be as in the beginning."""
        for place in self._covered & set(self._all()):
            self._uncover(place)
        for place in self._all():
            if place in self._away:
                self._return(place)

    def _return(self, place):
        if place in self._stores:
            privileges.mount(self._stores[place], place)
        else:
            os.rename(f"{place} away", place)
        self._away.discard(place)
        self._tell_of_place(place, is_heard_of=place in self.roots)

    def _all(self):
        return (*self.roots, self.stick) if self.stick in self._stores else self.roots

    def _chosen(self, number, but):
        at_hand = [place for place in self._all() if place not in but]
        if not at_hand:
            raise NothingToDoError
        place = at_hand[number % len(at_hand)]
        if place == self.stick and self.home in self._away:
            raise NothingToDoError
        return place

    def _tell_of_place(self, place, *, is_heard_of=True):
        """A watcher sees a root go and come, and what it watched unmounted; not what is mounted below a root."""
        root = self.disk if place == self.disk else self.home
        if is_heard_of:
            self.events.append((root, "", True))
        else:
            self.untold = True

    def tell(self, path, is_folder):
        """Note what a watcher of the roots would tell of a path, before anything happens there.

        Under its other names a file changes as well, be it only that there are fewer of them: no watcher hears of that.
        """
        self.untold |= any(_has_other_names(own) for own in (path, *self.entries()) if is_below(own, [path]))
        for root in self.roots:
            if path.startswith(os.path.join(root, "")):
                self.events.append((root, os.path.relpath(path, root), is_folder))


def _has_other_names(path):
    with contextlib.suppress(OSError):
        status = os.lstat(path)
        return stat.S_ISREG(status.st_mode) and status.st_nlink > 1
    return False
