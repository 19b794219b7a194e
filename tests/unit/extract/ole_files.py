"""Makes OLE files ([MS-CFB], version 3) out of streams, for the formats that no free program writes."""

from __future__ import annotations

import struct
from itertools import pairwise

_SECTOR = 512
_SHORTEST = 4096  # shorter streams would lie in the mini stream: they are filled up with zeros instead
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole_file(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file. A name may be "folder/stream"."""
    folders = sorted({name.split("/")[0] for name in streams if "/" in name})
    entries: list[tuple[str, int, list[str], bytes]] = [("Root Entry", 5, [], b"")]
    entries += [(folder, 1, [], b"") for folder in folders]
    entries += [(name.split("/")[-1], 2, [], data.ljust(_SHORTEST, b"\0")) for name, data in streams.items()]
    top = [*range(1, 1 + len(folders))]
    inside: dict[int, list[int]] = {0: top, **{index: [] for index in top}}
    for index, name in enumerate(streams, 1 + len(folders)):
        inside[1 + folders.index(name.split("/")[0]) if "/" in name else 0].append(index)
    following = {a: b for children in inside.values() for a, b in pairwise(children)}
    body, fat, directory = b"", [], b""
    for index, (name, kind, _, data) in enumerate(entries):
        count = -(-len(data) // _SECTOR)
        start = len(fat) if count else _END
        fat += [*range(len(fat) + 1, len(fat) + count), _END] if count else []
        body += data.ljust(count * _SECTOR, b"\0")
        child = inside[index][0] if inside.get(index) else _FREE
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
