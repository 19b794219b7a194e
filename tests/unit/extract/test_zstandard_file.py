from __future__ import annotations

import pytest
import zstandard

from bge_desktop.extract.zstandard_file import ZstandardFile

WORDS = b"".join(b"%d words\n" % number for number in range(5000))


def _read(data: bytes) -> bytes:
    stream = ZstandardFile(data)
    return b"".join(iter(lambda: stream.read1(1000), b""))


def test_frames_that_follow_each_other_are_read() -> None:
    frame, skippable = zstandard.compress(WORDS), b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    assert _read(frame + zstandard.compress(b"") + skippable + frame) == WORDS * 2


def test_a_frame_cut_off_anywhere_is_said() -> None:
    frame = zstandard.compress(WORDS)
    for length in range(1, len(frame), 997):
        with pytest.raises(EOFError):
            _read(frame[:length])


def test_damage_is_a_value_error() -> None:
    frame = zstandard.compress(WORDS)
    for damaged in (frame + b"garbage!", b"\x28\xb5\x2f\xfd" + b"\xff" * 99):
        with pytest.raises(ValueError, match="damaged"):
            _read(damaged)


def test_a_window_of_gigabytes_is_not_allocated() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=28, compression_level=1)
    packed = zstandard.ZstdCompressor(compression_params=parameters).compressobj(size=-1)
    with pytest.raises(ValueError, match="damaged"):
        _read(packed.compress(WORDS) + packed.flush())
