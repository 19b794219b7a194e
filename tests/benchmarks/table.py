"""The table of all that `make bench` measures: each row against a peer or a limit, with its bar."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.figures import rounded

SECTIONS = (
    "embedding", "search", "vectors", "memory", "disk", "million", "in step", "extraction", "window", "quality",
    "topics", "labels", "models", "mteb", "re-ranking",
)  # fmt: skip
"""In the order in which the table shows them."""
_EXACT = 8  # digits: more than any measurement has
_HEAD = ("", "measured", "against", "times as good", "bar", "met")


@dataclass(frozen=True)
class Bar:
    """What a row must reach: a ratio at least, or a value at least or at most; exactly one of them."""

    ratio_at_least: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def limit(self) -> float | None:
        """The value that is to be reached; None where a ratio is."""
        return self.at_least if self.at_most is None else self.at_most

    def is_met(self, value: float, ratio: float | None) -> bool:
        """Whether a row's value and ratio reach it; no ratio reaches no ratio."""
        if self.ratio_at_least is not None:
            return ratio is not None and ratio >= self.ratio_at_least
        return value <= self.at_most if self.at_most is not None else value >= (self.at_least or 0)

    def told(self, unit: str) -> str:
        """Return it in words, of values in this unit."""
        if self.ratio_at_least is not None:
            return f"≥ {self.ratio_at_least} times"
        sign = "≥" if self.at_most is None else "≤"
        return f"{sign} {_number(self.limit, _EXACT)} {unit}".strip()


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        section: what it belongs to: one of `SECTIONS`.
        what: was measured.
        value: that came out, in `unit`.
        against: the peer or limit by name, or why it could not be measured; "" where there is none but the bar.
        theirs: what it came to, in the same unit; None where it could not be measured, or where the bar is the limit.
        more_is_better: whether a large value is a good one.
        bar: that it is to reach, if any.
        ratio: how many times as good as the other, where that is better taken otherwise than from both values.
        note: what else one must know to read it.
        digits: of the values, that count.
    """

    section: str
    what: str
    value: float
    unit: str
    against: str = ""
    theirs: float | None = None
    more_is_better: bool = False
    bar: Bar | None = None
    ratio: float | None = None
    note: str = ""
    digits: int = 3

    @property
    def times_as_good(self) -> float | None:
        """How many times as good as the peer or the limit: more than 1 is better than it."""
        theirs = self.bar.limit if self.theirs is None and self.bar else self.theirs
        if self.ratio is not None or not theirs or not self.value:
            return self.ratio
        return self.value / theirs if self.more_is_better else theirs / self.value

    @property
    def is_met(self) -> bool | None:
        """Whether the bar is reached; None where there is none."""
        return self.bar.is_met(self.value, self.times_as_good) if self.bar else None

    def cells(self) -> tuple[str, ...]:
        """Return its cells in words, as Markdown."""
        ratio = self.times_as_good
        return (
            f"{self.what} ({self.note})" if self.note else self.what,
            self._told(self.value),
            self._other(),
            "" if ratio is None else _number(ratio),
            self.bar.told(self.unit) if self.bar else "",
            {None: "", True: "yes", False: "**no**"}[self.is_met],
        )

    def _other(self) -> str:
        if self.theirs is not None:
            return f"{self.against}: {self._told(self.theirs)}"
        return self.against or ("the bar" if self.bar else "")

    def _told(self, value: float) -> str:
        return f"{_number(value, self.digits)} {self.unit}".strip()

    def as_object(self) -> dict[str, object]:
        """Return it for JSON."""
        return {
            "section": self.section,
            "what": self.what,
            "value": rounded(self.value, self.digits),
            "unit": self.unit,
            "against": self.against,
            "theirs": None if self.theirs is None else rounded(self.theirs, self.digits),
            "times_as_good": None if self.times_as_good is None else rounded(self.times_as_good),
            "bar": self.bar.told(self.unit) if self.bar else None,
            "met": self.is_met,
            "note": self.note,
        }


@dataclass
class Table:
    """The rows of one run, the further figures of each section, and what the run showed of the machine."""

    rows: list[Row] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)
    machine: dict[str, object] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Take a row, and print it."""
        self.rows.append(row)
        print("\n" + _line(row.cells()), flush=True)

    def report(self, name: str, figures: object) -> None:
        """Take further figures by name, and print them."""
        self.figures[name] = figures
        print(f"\n{name}: {json.dumps(figures, indent=1, ensure_ascii=False)}", flush=True)

    def markdown(self) -> str:
        """Return the table, section by section."""
        lines = [_line(_HEAD), _line(["---"] * len(_HEAD))]
        for section in SECTIONS:
            rows = [row for row in self.rows if row.section == section]
            lines += [_line([f"**{section}**", *[""] * (len(_HEAD) - 1)])] * bool(rows) + [
                _line(row.cells()) for row in rows
            ]
        return "\n".join(lines)

    def write(self, path: str, machine: Mapping[str, object]) -> None:
        """Write all of it as JSON."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        told = {"machine": machine, "rows": [row.as_object() for row in self.rows], "figures": self.figures}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(told, file, indent=1, ensure_ascii=False)


def _number(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{rounded(value, digits):,.{_EXACT}g}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
