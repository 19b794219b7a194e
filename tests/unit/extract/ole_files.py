"""Makes OLE files ([MS-CFB], version 3) out of streams, for the formats that no free program writes."""

from __future__ import annotations

import struct
from itertools import pairwise

_SECTOR = 512
_SHORTEST = 4096  # shorter streams would lie in the mini stream: they are filled up with zeros instead
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole_file(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file. A name may be "folder/stream", and the folder lie in others."""
    paths = [tuple(name.split("/")) for name in streams]
    folders = sorted({path[:depth] for path in paths for depth in range(1, len(path))})
    places: dict[tuple[str, ...], int] = {path: index for index, path in enumerate([(), *folders])}
    entries = [("Root Entry", 5, b""), *((folder[-1], 1, b"") for folder in folders)]
    entries += [(path[-1], 2, data.ljust(_SHORTEST, b"\0")) for path, data in zip(paths, streams.values(), strict=True)]
    inside: dict[int, list[int]] = {}
    for index, path in enumerate([*folders, *paths], 1):
        inside.setdefault(places[path[:-1]], []).append(index)
    following = {a: b for children in inside.values() for a, b in pairwise(children)}
    body, directory = b"", b""
    fat: list[int] = []
    for index, (name, kind, data) in enumerate(entries):
        count = -(-len(data) // _SECTOR)
        start = len(fat) if count else _END
        fat += [*range(len(fat) + 1, len(fat) + count), _END] if count else []
        body += data.ljust(count * _SECTOR, b"\0")
        child = inside.get(index, [_FREE])[0]
        directory += _entry(name, kind, following.get(index, _FREE), child, start, len(data))
    return _assembled(body, fat, directory)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _assembled(body: bytes, fat: list[int], directory: bytes) -> bytes:
    directory += bytes(-len(directory) % _SECTOR)
    directory_start, count = len(fat), len(directory) // _SECTOR
    fat += [*range(len(fat) + 1, len(fat) + count), _END]
    tables = -(-(len(fat) + 2) // 128)
    fat_start = len(fat)
    fat += [_FAT] * tables
    table = b"".join(struct.pack("<I", value) for value in fat).ljust(tables * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, directory_start, 0, 4096, _END, 0, _END, 0)
    header += b"".join(struct.pack("<I", fat_start + n if n < tables else _FREE) for n in range(109))
    return header + body + directory + table
