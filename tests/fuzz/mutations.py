"""What breaks a file: bits, blocks, lengths, and pieces of other files. All of it follows from the random numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzz.repacking import repacked

_LENGTHS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_LONGEST_BLOCK = 4096
_VALUES = (
    b"",
    b"0",
    b"-1",
    b"1e999",
    b"99999999999",
    b"true",
    b"&#x10FFFF;",
    b"../../x",
    b"A1:XFD1048576",
    b"x" * 9999,
)
_VALUE = re.compile(rb'="[^"<]*"')
_WORDS = re.compile(rb">[^<>]+<")
_ELEMENT = re.compile(rb"<([\w:.-]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>)")  # with nothing but words in it
_MOST_STEPS = 3
_WITHIN = 0.8  # of the packed files are broken within: whatever breaks the packing hides all that is in it


def mutated(data: bytes, others: list[bytes], random: Random) -> bytes:
    """Return `data` after one to three steps of destruction; of what is packed, mostly with a broken member.

    Args:
        data: a file.
        others: further files, from which pieces are taken.
        random: decides everything.
    """
    within = None
    if random.random() < _WITHIN:
        within = repacked(data, lambda content: _destroyed(content, others, random), random)
    return _destroyed(data, others, random) if within is None else within


def _destroyed(data: bytes, others: list[bytes], random: Random) -> bytes:
    steps = _MARKUP_STEPS if data.lstrip()[:1] == b"<" and random.random() < _WITHIN else _STEPS
    for _ in range(random.randint(1, _MOST_STEPS)):
        if data:
            data = random.choice(steps)(data, others, random)
    return data


def _change_value(data: bytes, _others: list[bytes], random: Random) -> bytes:
    return _with_one(_VALUE, data, random, lambda _old: b'="%b"' % random.choice(_VALUES))


def _swap_values(data: bytes, _others: list[bytes], random: Random) -> bytes:
    """Give an attribute the value of another one: what refers to something then refers to something else."""
    values = _VALUE.findall(data)
    return _with_one(_VALUE, data, random, lambda _old: random.choice(values))


def _change_words(data: bytes, _others: list[bytes], random: Random) -> bytes:
    return _with_one(_WORDS, data, random, lambda _old: b">%b<" % random.choice(_VALUES))


def _remove_element(data: bytes, _others: list[bytes], random: Random) -> bytes:
    return _with_one(_ELEMENT, data, random, lambda _old: b"")


def _repeat_element(data: bytes, _others: list[bytes], random: Random) -> bytes:
    return _with_one(_ELEMENT, data, random, lambda old: old * random.choice((2, 50, 2000)))


def _with_one(pattern: re.Pattern[bytes], data: bytes, random: Random, new: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    chosen = random.choice(found)
    return data[: chosen.start()] + new(chosen[0]) + data[chosen.end() :]


def _flip_bits(data: bytes, _others: list[bytes], random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 8, 64))):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _change_bytes(data: bytes, _others: list[bytes], random: Random) -> bytes:
    start, end = _block(data, random)
    return data[:start] + random.randbytes(end - start) + data[end:]


def _delete_block(data: bytes, _others: list[bytes], random: Random) -> bytes:
    start, end = _block(data, random)
    return data[:start] + data[end:]


def _repeat_block(data: bytes, _others: list[bytes], random: Random) -> bytes:
    start, end = _block(data, random)
    return data[:start] + data[start:end] * random.choice((2, 3, 50)) + data[end:]


def _blank_block(data: bytes, _others: list[bytes], random: Random) -> bytes:
    start, end = _block(data, random)
    return data[:start] + random.choice((b"\0", b"\xff", b" ", b"\n")) * (end - start) + data[end:]


def _splice(data: bytes, others: list[bytes], random: Random) -> bytes:
    other = random.choice(others)
    start, end = _block(other, random)
    place = random.randrange(len(data))
    return data[:place] + other[start:end] + data[place + random.choice((0, end - start)) :]


def _swap_halves(data: bytes, others: list[bytes], random: Random) -> bytes:
    other = random.choice(others)
    return data[: random.randrange(len(data))] + other[random.randrange(len(other) or 1) :]


def _lie_about_length(data: bytes, _others: list[bytes], random: Random) -> bytes:
    width, order = random.choice((1, 2, 4, 8)), random.choice(("little", "big"))
    place = random.randrange(len(data))
    value = random.choice(_LENGTHS) & ((1 << 8 * width) - 1)
    return data[:place] + value.to_bytes(width, order) + data[place + width :]


def _change_number(data: bytes, _others: list[bytes], random: Random) -> bytes:
    """Change a number that stands in the text, where there is one."""
    digits = [place for place in random.choices(range(len(data)), k=50) if data[place : place + 1].isdigit()]
    if not digits:
        return _lie_about_length(data, _others, random)
    number = random.choice((b"-1", b"0", b"99999999999", b"4294967296", b"1e999", b""))
    return data[: digits[0]] + number + data[digits[0] + 1 :]


def _truncate(data: bytes, _others: list[bytes], random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def _block(data: bytes, random: Random) -> tuple[int, int]:
    if not data:
        return 0, 0
    start = random.randrange(len(data))
    return start, min(len(data), start + random.randint(1, random.choice((4, 64, _LONGEST_BLOCK))))


_STEPS = (
    *(_flip_bits, _flip_bits, _change_bytes, _delete_block, _repeat_block, _blank_block),
    *(_splice, _swap_halves, _lie_about_length, _lie_about_length, _change_number, _truncate),
)
_MARKUP_STEPS = (_change_value, _change_value, _swap_values, _change_words, _remove_element, _repeat_element)
