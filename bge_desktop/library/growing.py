"""Numbers side by side to which more are added again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

# So much more room than is needed: adding one at a time then copies each number some ten times, all in all.
_SPARE = 1.125


class GrowingArray:
    """Numbers of 32 bits.

    Args:
        numbers: the first ones, which are copied.
    """

    def __init__(self, numbers: ArrayLike) -> None:
        self._numbers: NDArray[np.int32] = np.array(numbers, np.int32)
        self._count = len(self._numbers)

    def __len__(self) -> int:
        return self._count

    @property
    def filled(self) -> NDArray[np.int32]:
        """All numbers [n]: those in memory, not a copy."""
        return self._numbers[: self._count]

    def extend(self, numbers: Sequence[int] | NDArray[np.int32] | NDArray[np.int64]) -> None:
        """Add numbers behind the others."""
        count = self._count + len(numbers)
        if count > len(self._numbers):
            more = np.empty(int(count * _SPARE) + 1, np.int32)
            more[: self._count] = self.filled
            self._numbers = more
        self._numbers[self._count : count] = numbers
        self._count = count
