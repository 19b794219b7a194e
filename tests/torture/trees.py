"""A small folder of documents that changes at random, always alike for the same seed."""

from __future__ import annotations

import os
import shutil
from random import Random

from bge_desktop import resources

_ENGLISH = (
    "the lease ends in March and the landlord keeps the deposit until every room has been seen by both of them while "
    "a boiler needs service once a year before winter comes to the harbour where ships wait for grain and old maps of "
    "the coast show islands that nobody has found again since the great storm took the lighthouse and its keeper"
)
_CHINESE = (
    "房东在租约结束之后检查每一个房间，押金在三十天内退还。锅炉每年冬天之前需要保养一次，费用由物业承担。"
    "旧地图上的岛屿再也没有人找到，大风暴带走了灯塔和守塔的老人。港口的船等着装粮食，天亮以前起航。"
)
_SAMPLES = (("Home", ".pdf"), ("Work", ".docx"))
_NAMES = ("notes", "lease", "boiler", "harbour", "报告", "地图", "letters", "diary")
_FOLDERS = ("", "old", "work", os.path.join("work", "2024"), "家庭")
_FEWEST, _MOST = 8, 16


class Tree:
    """A folder whose files come, go and change.

    Args:
        path: the folder, which is made.
        random: what decides.
    """

    def __init__(self, path: str, random: Random) -> None:
        self.path, self._random = path, random
        self._number = 0
        os.makedirs(path)
        for _ in range(12):
            self._create()

    def change(self) -> list[str]:
        """Change a few things; return what was done, in words."""
        return [self._change() for _ in range(self._random.randint(1, 6))]

    def _change(self) -> str:
        count = len(self._files())
        if count < _FEWEST:
            return self._create()
        ways = [self._delete] if count > _MOST else []
        ways += [self._create, self._rewrite, self._append, self._move, self._move_folder, self._copy, self._delete]
        return self._random.choice([*ways, self._replace, self._swap, self._touch])()

    def _files(self) -> list[str]:
        found = (os.path.join(folder, name) for folder, _, names in os.walk(self.path) for name in names)
        return sorted(found)

    def _name(self, path: str) -> str:
        return os.path.relpath(path, self.path)

    def _any(self) -> str:
        return self._random.choice(self._files())

    def _new_path(self, ending: str) -> str:
        """Return the path of a file that is not there, in a folder that is; the kind of a file stays its ending."""
        self._number += 1
        folder = os.path.join(self.path, self._random.choice(_FOLDERS))
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder, f"{self._random.choice(_NAMES)} {self._number}{ending}")

    def _create(self) -> str:
        kind = self._random.random()
        if kind < 0.08:
            return self._create_from_sample()
        is_broken = kind < 0.16
        path = self._new_path(".docx" if is_broken else self._random.choice((".txt", ".md")))
        data = self._broken() if is_broken else self._text()
        return self._write(path, data, f"created {self._name(path)}")

    def _create_from_sample(self) -> str:
        folder, ending = self._random.choice(_SAMPLES)
        names = sorted(name for name in os.listdir(resources.path("samples", folder)) if name.endswith(ending))
        path = self._new_path(ending)
        shutil.copyfile(resources.path("samples", folder, self._random.choice(names)), path)
        return f"created {self._name(path)} from a sample"

    def _text(self) -> bytes:
        return "\n\n".join(self._paragraph() for _ in range(self._random.choice((1, 1, 2, 4, 8)))).encode()

    def _paragraph(self) -> str:
        words, between = (_ENGLISH.split(), " ") if self._random.random() < 0.5 else (list(_CHINESE), "")
        return between.join(self._random.choices(words, k=self._random.randint(5, 200)))

    def _broken(self) -> bytes:
        return b"PK\x03\x04" + self._random.randbytes(200)

    def _write(self, path: str, data: bytes, said: str) -> str:
        with open(path, "wb") as file:
            file.write(data)
        return said

    def _texts(self) -> list[str]:
        return [path for path in self._files() if path.endswith((".txt", ".md"))]

    def _rewrite(self) -> str:
        path = self._any()
        return self._write(
            path, self._text() if path in self._texts() else self._broken(), f"rewrote {self._name(path)}"
        )

    def _append(self) -> str:
        path = self._any()
        with open(path, "ab") as file:
            file.write(b"\n\n" + self._paragraph().encode())
        return f"appended to {self._name(path)}"

    def _move(self) -> str:
        old = self._any()
        path = self._new_path(os.path.splitext(old)[1])
        os.rename(old, path)
        return f"moved {self._name(old)} to {self._name(path)}"

    def _move_folder(self) -> str:
        folders = [entry.path for entry in os.scandir(self.path) if entry.is_dir()]
        if not folders:
            return self._create()
        old = self._random.choice(sorted(folders))
        self._number += 1
        path = os.path.join(self.path, f"moved {self._number}")
        os.rename(old, path)
        return f"moved the folder {self._name(old)} to {self._name(path)}"

    def _copy(self) -> str:
        old = self._any()
        path = self._new_path(os.path.splitext(old)[1])
        shutil.copyfile(old, path)
        return f"copied {self._name(old)} to {self._name(path)}"

    def _delete(self) -> str:
        path = self._any()
        os.unlink(path)
        return f"deleted {self._name(path)}"

    def _replace(self) -> str:
        """Save as editors do: write a new file and rename it over the old one."""
        path = self._any()
        temporary = f"{path}.part"
        self._write(temporary, self._text() if path in self._texts() else self._broken(), "")
        os.replace(temporary, path)
        return f"replaced {self._name(path)}"

    def _swap(self) -> str:
        """Give two files each other's content, with the same ending."""
        one = self._any()
        other = self._random.choice([path for path in self._files() if path.endswith(os.path.splitext(one)[1])])
        os.rename(one, f"{one}.part")
        if other != one:
            os.rename(other, one)
        os.rename(f"{one}.part", other)
        return f"swapped {self._name(one)} and {self._name(other)}"

    def _touch(self) -> str:
        path = self._any()
        os.utime(path)
        return f"touched {self._name(path)}"
