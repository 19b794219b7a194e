"""Zstandard files, through python-zstandard, and with the end of their data checked, which its own reader does not."""

from __future__ import annotations

from io import BufferedIOBase, BytesIO

import zstandard

_LARGEST_WINDOW = 1 << 27  # bytes; what the zstd program itself takes without being asked
_PIECE = 1 << 10  # 4 bytes can stand for 128 kB (RFC 8878, 3.1.1.2): this much for 32 MB


class ZstandardFile(BufferedIOBase):
    """Unpacks frames that follow each other. It is read by `read1` alone."""

    def __init__(self, data: bytes) -> None:
        self._data = BytesIO(data)
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._is_within = False
        self._ready = BytesIO()

    def read1(self, size: int = -1) -> bytes:
        """Return the next bytes; b"" at the end.

        Raises:
            EOFError: the data is cut off.
            ValueError: it is damaged.
        """
        while not (chunk := self._ready.read(size)):
            packed = self._data.read(_PIECE)
            if not packed:
                break
            self._ready = BytesIO(self._unpacked(packed))
        if not chunk and self._is_within:
            raise EOFError("a Zstandard frame is cut off")
        return chunk

    def _unpacked(self, packed: bytes) -> bytes:
        try:
            unpacked: bytes = self._frame.decompress(packed)
        except zstandard.ZstdError as error:
            raise ValueError("a Zstandard frame is damaged") from error
        self._is_within = not self._frame.eof
        if self._frame.eof:
            self._data.seek(-len(self._frame.unused_data), 1)
            self._frame = self._decompressor.decompressobj()
        return unpacked
