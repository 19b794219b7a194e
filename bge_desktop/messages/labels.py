"""What passes about labels: what a person has named some documents, and what others are proposed for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What a person says of a label and a document."""

    YES = "yes"
    NO = "no"
    NONE = "none"
    """Nothing, or nothing any more."""


class Standing(StrEnum):
    """Why a document has a label, or may have it."""

    GIVEN = "given"
    """By a person."""
    APPLIED = "applied"
    """By itself: the confidence is above what the person has chosen for the label."""
    PROPOSED = "proposed"


@dataclass(frozen=True)
class LabelOfDocument:
    """A label that a document has, or is proposed for.

    Attributes:
        label: its id.
        name: what it is called.
        colour: 0 to 11, which of the labels' colours it has.
        standing: why it is there.
        confidence: 0 to 1, how sure it is that the document should have it; 1 where a person said so.
    """

    label: int
    name: str
    colour: int
    standing: Standing = Standing.GIVEN
    confidence: float = 1.0


@dataclass(frozen=True)
class Label:
    """A label of the library.

    Attributes:
        id: for good.
        name: what it is called; no two of a library are called the same.
        colour: 0 to 11.
        threshold: the confidence, 0 to 1, above which it is applied by itself; None for never.
        documents: how many have it, from a person or by itself.
        proposed: how many further ones it is proposed for.
        examples: how many a person has given it.
    """

    id: int
    name: str
    colour: int
    threshold: float | None = None
    documents: int = 0
    proposed: int = 0
    examples: int = 0


@dataclass(frozen=True)
class ListLabels:
    """Ask for the labels. Answered by `Labels`, and again whenever they have changed until one without `watch`."""

    watch: bool = True


@dataclass(frozen=True)
class AddLabel:
    """Make a label, and give it to files; where there is one of this name, that is given to them."""

    name: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenameLabel:
    """Call a label otherwise."""

    label: int
    name: str


@dataclass(frozen=True)
class RemoveLabel:
    """Forget a label, and which documents have it. The documents themselves are left alone."""

    label: int


@dataclass(frozen=True)
class SetLabel:
    """Say whether the documents of some files have a label, by its name."""

    paths: tuple[str, ...]
    name: str
    decision: Decision = Decision.YES


@dataclass(frozen=True)
class SetThreshold:
    """Have a label applied by itself where the confidence is above this, 0 to 1; None for never."""

    label: int
    threshold: float | None


@dataclass(frozen=True)
class ShowProposals:
    """Ask what a label is proposed for. Answered by `Proposals`, `limit` of them at most."""

    label: int
    limit: int = 50


@dataclass(frozen=True)
class Proposal:
    """A document that a label is proposed for.

    Attributes:
        path: one of its files.
        folder: the library's folder that holds that file.
        title: the document's own title, or "".
        confidence: 0 to 1.
        passage: the text of its passage that tells the most of the label.
        applied: whether the label has been applied by itself.
    """

    path: str
    folder: str
    title: str
    confidence: float
    passage: str
    applied: bool = False


@dataclass(frozen=True)
class Labels:
    """The labels, by name. `is_learning` tells that what is proposed is about to change."""

    labels: tuple[Label, ...]
    is_learning: bool = False


@dataclass(frozen=True)
class Proposals:
    """What a label is proposed for, best first, and behind that what it was applied to by itself.

    `total` counts those as well that were not asked for.
    """

    label: int
    proposals: tuple[Proposal, ...]
    total: int = 0


LEAST_EXAMPLES = 3
"""From so many examples on, a label is proposed for others."""
LabelsRequest = ListLabels | AddLabel | RenameLabel | RemoveLabel | SetLabel | SetThreshold | ShowProposals
LabelsEvent = Labels | Proposals
