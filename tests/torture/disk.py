"""A small tree of files on the real disk, and what programs and persons do to one.

Each operation notes what a watcher would tell of it. Where the disk does not allow it - a name that is taken, a move
into itself, a folder that may not be read - nothing happens. Which files and folders are meant is said in numbers, of
those that there are at the moment.
"""

from __future__ import annotations

import os
import shutil
import stat
import unicodedata

from tests.torture.places import NothingToDoError, Places

# Of some sizes there are two, so that a change need not change the size.
TEXTS = {
    "apple": b"Apple trees want sun.",
    "berry": b"Berry canes want rain",
    "肉": "红烧肉先焯水，再慢炖。".encode(),
    "鱼": "清蒸鱼先抹盐，再上锅。".encode(),
    "nothing": b"",
    "cherry": b"Cherry stones are hard.\n" * 40,
    "no text": b"\xff\xfe\x00 no text \x00",
}
NAMES = {
    **{name: name for name in ("a.txt", "b.txt", "c", "夹", "draft.tmp", ".hidden.txt", "build")},
    "composed": unicodedata.normalize("NFC", "é.txt"),
    "decomposed": unicodedata.normalize("NFD", "é.txt"),
    "no UTF-8": os.fsdecode(b"\xff\xe9.txt"),
    "long": "l" * 250 + ".txt",
}
IGNORE_FILES = (".gitignore", ".bgeignore")
IGNORED = (b"a.txt\n", b"*.txt\n!b.txt\n", "夹/\n".encode(), b"*\n", b"/c\n")
_AT_FIRST = (
    "home/a.txt",
    "home/夹/b.txt",
    "home/夹/c/a.txt",
    "home/stick/b.txt",
    "disk/a.txt",
    "disk/c/夹",
    "outside/c",
)
_MOST = 30
_FIRST_S = 1_600_000_000


class Disk(Places):
    """The places, and what is done in them."""

    def __init__(self, base: str):
        super().__init__(base)
        self._seconds = _FIRST_S
        self._unfinished = []
        for number, path in enumerate(_AT_FIRST):
            path = os.path.join(base, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            self._write(path, list(TEXTS.values())[number])
        self.events.clear()

    # --- files ----------------------------------------------------------------------------------------------------

    def create(self, folder, name, text):
        path = self._free(folder, name)
        self._write(path, TEXTS[text])

    def begin_writing(self, folder, name, text):
        path = self._free(folder, name)
        content = TEXTS[text]
        half = len(content) // 2
        self._write(path, content[:half])
        self._unfinished.append((path, content[half:]))

    def go_on_writing(self):
        if not self._unfinished:
            raise NothingToDoError
        path, rest = self._unfinished.pop()
        self._write(path, rest, "ab")

    def overwrite(self, file, text):
        self._write(self._file(file), TEXTS[text])

    def append(self, file, text):
        self._write(self._file(file), TEXTS[text], "ab")

    def change_in_place(self, file):
        """Change the content, not the size."""
        path = self._file(file)
        with open(path, "rb") as stream:
            text = stream.read()
        self._write(path, text[::-1], "r+b")

    def touch(self, file):
        path = self._file(file)
        self._tell_of_change(path)
        self._set_time(path)

    def save_atomically(self, file, text):
        """Write a new file beside the old one, then rename it to that."""
        path = self._file(file)
        unfinished = f"{path[:-4]}.tmp"
        self._write(unfinished, TEXTS[text])
        self._move(unfinished, path)

    def delete_and_create(self, file, text):
        path = self._file(file)
        self.tell(path, False)
        os.unlink(path)
        self._write(path, TEXTS[text])

    def copy(self, file, folder, name):
        """Copy a file as `cp -p` does, over another one where there is one."""
        source, target = self._file(file), self._at(folder, name)
        self._leave_room()
        self.tell(target, False)
        shutil.copy2(source, target, follow_symlinks=False)

    def link_hard(self, file, folder, name):
        source, target = self._file(file), self._free(folder, name)
        self.tell(target, False)
        os.link(source, target)
        self.untold = True  # of the source, which has changed as well

    def swap(self, file, other):
        one, two = self._file(file), self._file(other)
        aside = f"{one[:-4]}.tmp"
        for source, target in ((one, aside), (two, one), (aside, two)):
            self._move(source, target)

    # --- files and folders ----------------------------------------------------------------------------------------

    def make_folder(self, folder, name):
        path = self._free(folder, name)
        self.tell(path, True)
        os.mkdir(path)

    def move(self, entry, folder, name):
        """Rename or move a file, a link or a folder."""
        self._move(self._entry(entry), self._at(folder, name))

    def move_folder(self, moved, folder, name):
        self._move(self._folder_not_of_ours(moved), self._at(folder, name))

    def copy_folder(self, copied, folder, name):
        source, target = self._folder_not_of_ours(copied), self._free(folder, name)
        if target.startswith(os.path.join(source, "")):
            raise NothingToDoError
        self.tell(target, True)
        shutil.copytree(source, target, symlinks=True)

    def delete(self, entry):
        self._delete(self._entry(entry))

    def delete_folder(self, folder):
        self._delete(self._folder_not_of_ours(folder))

    def clear(self, root):
        """Delete all that is in a root."""
        root, own = self.roots[root % len(self.roots)], {*self.entries()} - {self.stick}
        for name in sorted(os.listdir(root)):
            if (path := os.path.join(root, name)) in own:
                self._delete(path)

    def replace_by_other_kind(self, entry):
        """Put a folder with a file in it in the place of a file, or a file in the place of a folder."""
        path = self._entry(entry)
        is_folder = _is_folder(path)
        self._delete(path)
        if is_folder:
            self._write(path, TEXTS["apple"])
        else:
            self.tell(path, True)
            os.mkdir(path)
            self._write(os.path.join(path, "a.txt"), TEXTS["berry"])

    def bar(self, entry):
        """Take away the right to read a file or folder."""
        self._set_mode(self._entry(entry), 0)

    def unbar(self, number):
        barred = [path for path in self.entries() if not os.path.islink(path) and not os.lstat(path).st_mode & 0o700]
        self._set_mode(_chosen(barred, number), 0o700)

    def link(self, entry, folder, name):
        """Make a symbolic link, to a file, to a folder, or to nowhere."""
        source, target = self._entry(entry), self._free(folder, name)
        self.tell(target, False)
        os.symlink(source, target)

    def make_pipe(self, folder, name):
        path = self._free(folder, name)
        self.tell(path, False)
        os.mkfifo(path)

    def ignore(self, folder, name, patterns):
        self._write(self._at(folder, name), patterns)

    def heed(self, number):
        """Delete an ignore file."""
        ignoring = [path for path in self.entries() if os.path.basename(path) in IGNORE_FILES]
        self._delete(_chosen(ignoring, number))

    # --- the tree -------------------------------------------------------------------------------------------------

    def files(self):
        """Return all regular files, in order."""
        return [path for path in self.entries() if stat.S_ISREG(os.lstat(path).st_mode)]

    def _entry(self, number):
        return _chosen([path for path in self.entries() if path != self.stick], number)

    def _file(self, number):
        return _chosen(self.files(), number)

    def _folder_not_of_ours(self, number):
        return _chosen([path for path in self.entries() if _is_folder(path) and path != self.stick], number)

    def _at(self, folder, name):
        places = [place for place in (*self.roots, self.outside) if os.path.isdir(place)]
        folders = [*places, *filter(_is_folder, self.entries())]
        return os.path.join(folders[folder % len(folders)], NAMES.get(name, name))

    def _free(self, folder, name):
        path = self._at(folder, name)
        self._leave_room()
        if os.path.lexists(path):
            raise NothingToDoError
        return path

    def _leave_room(self):
        if len(self.entries()) >= _MOST:
            raise NothingToDoError

    # --- doing it -------------------------------------------------------------------------------------------------

    def _write(self, path, content, mode="wb"):
        if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
            raise NothingToDoError  # opening a pipe would wait, and behind a link there may be anything
        self._tell_of_change(path)
        with open(path, mode) as stream:
            stream.write(content)
        self._set_time(path)

    def _tell_of_change(self, path):
        self.tell(path, os.path.lexists(path) and _is_folder(path))

    def _set_time(self, path):
        """Tell writes apart by their time: the clock of a real disk is coarser than these programs are fast."""
        self._seconds += 1
        os.utime(path, (self._seconds, self._seconds))

    def _move(self, source, target):
        is_folder = _is_folder(source)
        if target.startswith(os.path.join(source, "")) or (os.path.lexists(target) and _is_folder(target)):
            raise NothingToDoError
        self.tell(source, is_folder)
        self.tell(target, is_folder)
        shutil.move(source, target)

    def _delete(self, path):
        is_folder = _is_folder(path)
        self.tell(path, is_folder)
        if is_folder:
            shutil.rmtree(path)
        else:
            os.unlink(path)

    def _set_mode(self, path, mode):
        if os.path.islink(path):
            raise NothingToDoError
        self._tell_of_change(path)
        os.chmod(path, mode)


def _chosen(paths, number):
    if not paths:
        raise NothingToDoError
    return paths[number % len(paths)]


def _is_folder(path):
    return stat.S_ISDIR(os.lstat(path).st_mode)
