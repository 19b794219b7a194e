"""What passes between the interface and the worker: frozen requests, events and results.

The interface (the window, or the command line) submits requests to the worker; the worker emits events. All of them
are immutable, so that no thread can change what another one reads. This module imports nothing heavy.

Paths are `str` as the operating system gives them: on Linux a name that is not UTF-8 carries surrogate escapes and
must be passed through `os.fsdecode` / `os.fsencode`, and through `displayable` before it is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum

_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def displayable(path: str) -> str:
    """Return `path` with what cannot be shown as U+FFFD: bytes that are not valid UTF-8, and control characters."""
    return _NOT_SHOWN.sub("\ufffd", path)


class Why(StrEnum):
    """The main reason for a result."""

    MEANING = "meaning"
    WORDS = "words"
    NAME = "name"


class Mode(StrEnum):
    """Which scores rank the documents."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


class FolderState(StrEnum):
    """What the worker does with a folder at the moment."""

    WAITING = "waiting"
    SCANNING = "scanning"
    INDEXING = "indexing"
    WATCHED = "watched"
    AWAY = "away"


@dataclass(frozen=True)
class FolderRules:
    """What a person has chosen for one folder, beside what holds for all of them.

    Attributes:
        left_out: patterns as in a `.gitignore` at the top of the folder, and with the last word over any there.
        let_in: those of the patterns left out by default (`watch.default_names`) that do not hold here.
        hidden: whether hidden files and folders are read; keys, password stores and the like are not even then.
        limit_mb: the size, in MB, of the largest file that is read.
    """

    left_out: tuple[str, ...] = ()
    let_in: tuple[str, ...] = ()
    hidden: bool = False
    limit_mb: int = 200


# --- requests -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Search:
    """Ask for the best documents. Only the newest generation is answered; older ones may be dropped."""

    query: str
    generation: int
    limit: int = 20
    mode: Mode = Mode.HYBRID


@dataclass(frozen=True)
class AddFolder:
    """Index a folder (or a single file) and keep it in step with the disk."""

    path: str


@dataclass(frozen=True)
class RemoveFolder:
    """Forget a folder and all that is known of its files. The files themselves are left alone."""

    path: str


@dataclass(frozen=True)
class Rescan:
    """Look for changes in one folder, or in all, now. Failed files are tried again, but for those put aside."""

    path: str | None = None


@dataclass(frozen=True)
class Retry:
    """Try these files again that failed or were read in part, even those put aside; without a path, all but those."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class SetRules:
    """Have other rules hold for a folder of the library, and bring it in step with them."""

    path: str
    rules: FolderRules


@dataclass(frozen=True)
class UnpackMember:
    """Have a place opened that may lie in a file within a file. Answered by a `MemberUnpacked` or an `ErrorReport`.

    Attributes:
        path: the file.
        place, page: as of a `SearchResult`.
    """

    path: str
    place: str
    page: int | None = None


@dataclass(frozen=True)
class Typing:
    """Someone is typing: indexing stands back for a moment."""


@dataclass(frozen=True)
class ReportStatus:
    """Ask for a `LibraryStatus`."""


Request = Search | AddFolder | RemoveFolder | Rescan | Retry | SetRules | UnpackMember | Typing | ReportStatus


# --- results ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """A half-open range of characters (code points, as Python counts them), `start` to `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class PassagePlace:
    """Where in its file a piece of a passage stands: from `start` within the passage to the next one's."""

    start: int
    label: str


@dataclass(frozen=True)
class SearchResult:
    """One document, with its best passage.

    Attributes:
        path: the file, as the operating system names it.
        folder: the library folder that holds it (for a single indexed file: its parent).
        title: the document's own title, or "".
        modified: seconds since the epoch.
        score: the fused score; higher is better; comparable only within one list.
        page: 1-based number of the page or slide that holds the passage, or None where the format has none.
        start, end: the passage's character range in the extracted text.
        passage: the passage's text, exactly `text[start:end]`.
        why: the main reason.
        marks: ranges of matching words within `passage`, sorted, not overlapping.
        sentence: the most telling sentence within `passage`, or None.
        copies: further files with the very same content.
        near_duplicates: files of other documents that say almost the same, folded under this one.
        place: where in the file that of the passage stands which tells the most, besides the page: "Sheet1!B7", or a
            member of an archive; or "".
        places: of the pieces of the passage, in their order, from its start on; empty where the format has none.
    """

    path: str
    folder: str
    title: str
    modified: float
    score: float
    page: int | None
    start: int
    end: int
    passage: str
    why: Why
    marks: tuple[Span, ...] = ()
    sentence: Span | None = None
    copies: tuple[str, ...] = ()
    near_duplicates: tuple[str, ...] = ()
    place: str = ""
    places: tuple[PassagePlace, ...] = ()

    def with_sentence(self, sentence: Span) -> SearchResult:
        """Return the result with another most telling sentence, and the place of that: of the first mark in it."""
        if sentence == self.sentence:
            return self
        marked = (mark.start for mark in self.marks if sentence.start <= mark.start < sentence.end)
        place = self.place_at(next(marked, sentence.start))
        return replace(self, sentence=sentence, place=place)

    def place_at(self, offset: int) -> str:
        """Return where in the file a character of the passage stands; "" where the format has no places."""
        after = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[after - 1].label if after else ""


# --- events -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SearchAnswer:
    """The list for one generation. `complete` is False when the meaning part is still to come (same generation).

    `hints` say in plain words what of the query was not understood, or taken for something else.
    """

    query: str
    generation: int
    results: tuple[SearchResult, ...]
    took_ms: float
    complete: bool = True
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentences:
    """The most telling sentences of results already shown: path to range within the passage."""

    generation: int
    sentences: tuple[tuple[str, Span], ...]


@dataclass(frozen=True)
class FolderStatus:
    """How far one folder is, the rules that were chosen for it, and how many of its files were read in part."""

    path: str
    state: FolderState
    files: int
    pending: int
    failed: int
    rules: FolderRules = FolderRules()
    in_part: int = 0


@dataclass(frozen=True)
class Failure:
    """A file that could not be indexed, or not all of it, and why.

    Attributes:
        path: the file.
        title, message: as of a `UserError`.
        kind: what it should be by its name, as after `type:`; "other" where the name does not tell.
        when: when it was tried, in seconds since the epoch.
        is_aside: whether it killed its reader twice, so that it is tried again only once it has changed, or when a
            `Retry` names it.
        in_part: whether it was read, but for what the message says.
    """

    path: str
    title: str
    message: str
    kind: str = "other"
    when: float = 0.0
    is_aside: bool = False
    in_part: bool = False


@dataclass(frozen=True)
class ModelStatus:
    """One encoder: what it is, where it runs, and how many passages of the library it has embedded."""

    name: str
    device: str
    dimension: int
    passages: int


@dataclass(frozen=True)
class Progress:
    """The state of the whole library. Emitted at most a few times a second while it changes.

    `pending` counts the files still to be read or embedded; `busy` is True until the library is up to date.
    `encoder` says in words where embedding runs, e.g. "OpenVINO on CPU", or "" before it has started.
    `failures` holds the newest fifty of the files that failed or were read in part.
    """

    folders: tuple[FolderStatus, ...] = ()
    files: int = 0
    passages: int = 0
    pending: int = 0
    failed: int = 0
    busy: bool = False
    encoder: str = ""
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class LibraryChanged:
    """What can be found has changed (files were added, updated or removed): a shown list may be asked for again."""


@dataclass(frozen=True)
class MemberUnpacked:
    """The answer to an `UnpackMember`, whose path, place and page it repeats.

    Attributes:
        file: the path of a copy of the member, read-only, which goes when the worker stops; or of the file itself,
            where the place is not in a file within it.
    """

    path: str
    place: str
    page: int | None
    file: str


@dataclass(frozen=True)
class ErrorReport:
    """Something a person should know of: see `errors.UserError`."""

    title: str
    message: str
    path: str | None = None


@dataclass(frozen=True)
class LibraryStatus:
    """The whole state of a library at one moment. `embedded` counts passages since the worker started."""

    folders: tuple[FolderStatus, ...]
    files: int
    passages: int
    failed: int
    pending: int
    models: tuple[ModelStatus, ...]
    bytes: int
    failures: tuple[Failure, ...] = ()
    embedded: int = 0


Event = SearchAnswer | Sentences | Progress | LibraryChanged | MemberUnpacked | ErrorReport | LibraryStatus
