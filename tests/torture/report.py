"""What the programs of the model test did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts of all programs together.

    Attributes:
        operations: how many of each kind were done, the app's ends among them.
        refused: how many the disk did not allow.
    """

    operations: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    programs: int = 0
    convergences: int = 0
    reads: int = 0

    def lines(self):
        """Yield it for a person."""
        total = sum(self.operations.values())
        yield f"{total:,} operations in {self.programs:,} programs ({self.refused:,} refused by the disk)"
        yield f"{self.convergences:,} times in step, {self.reads:,} files read"
        yield ", ".join(f"{name} {count:,}" for name, count in self.operations.most_common())
