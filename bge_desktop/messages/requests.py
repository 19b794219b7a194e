"""What the interface asks of the worker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bge_desktop.messages.labels import LabelsRequest
from bge_desktop.messages.model_adding import ModelAddingRequest
from bge_desktop.messages.models import ModelsRequest
from bge_desktop.messages.topics import TopicsRequest


class Mode(StrEnum):
    """Which scores rank the documents."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


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


NO_RULES = FolderRules()
LARGEST_LIMIT_MB = 1000
"""A file is held in the memory of its reader, of which there are two gigabytes."""


@dataclass(frozen=True)
class Search:
    """Ask for the best documents. Only the newest generation is answered; older ones may be dropped.

    With `facets`, `Facets` follow the complete answer; then a blank query, which finds nothing, has them too. With
    `documents`, only these are looked at, by their ids; then a blank query finds all of them.
    With `rerank`, `RerankingBegun` and `Reranked` follow where a reranker is chosen in the settings.
    """

    query: str
    generation: int
    limit: int = 20
    mode: Mode = Mode.HYBRID
    facets: bool = False
    documents: tuple[int, ...] | None = None
    rerank: bool = False


@dataclass(frozen=True)
class FindPassages:
    """Ask for the passages of one document that answer a query best. Answered by `FoundPassages`.

    Attributes:
        generation: that of the `Search` whose list the document stands in.
        path: one of the document's files.
        limit: the most passages.
    """

    generation: int
    path: str
    limit: int = 20


@dataclass(frozen=True)
class ShowPreview:
    """Ask to see a document at a passage. Answered by a `Preview`; only the newest number is.

    Attributes:
        number: higher with each request.
        path: the file.
        start, end: the passage's range of characters in the document's text, as of a `SearchResult`.
        page, place: as of a `SearchResult`; of a file with pages, the page to show, be it the passage's or another.
        query: as typed: its words are marked.
        width: device pixels that a picture is to be wide.
    """

    number: int
    path: str
    start: int
    end: int
    page: int | None
    place: str
    query: str
    width: int


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
    """Have other rules hold for a folder of the library, and bring it in step with them.

    Attributes:
        path: the folder.
        rules: those that are to hold.
        instead_of: those that they were made from, so that no change that another has made meanwhile is undone; None
            to set them whatever holds.
    """

    path: str
    rules: FolderRules
    instead_of: FolderRules | None = None


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
class Pause:
    """Leave a folder, or all of them, as they are, also after the next start, until a `Resume`."""

    path: str | None = None


@dataclass(frozen=True)
class Resume:
    """Go on with a folder, or with all; a folder that goes on while all are paused leaves the others paused."""

    path: str | None = None


@dataclass(frozen=True)
class Typing:
    """Someone is typing: indexing stands back for a moment."""


@dataclass(frozen=True)
class Presenting:
    """Something fills the screen that should not be disturbed, or does not any more."""

    is_on: bool


@dataclass(frozen=True)
class IndexNow:
    """Index in spite of the battery or a presentation, until one of them changes or the app is started again."""


@dataclass(frozen=True)
class ReloadSettings:
    """Have the settings of the library hold as they stand in its file now."""


@dataclass(frozen=True)
class ReportStatus:
    """Ask for a `LibraryStatus`."""


Request = (
    Search
    | FindPassages
    | ShowPreview
    | AddFolder
    | RemoveFolder
    | Rescan
    | Retry
    | SetRules
    | UnpackMember
    | Pause
    | Resume
    | Typing
    | Presenting
    | IndexNow
    | ReloadSettings
    | ReportStatus
    | TopicsRequest
    | LabelsRequest
    | ModelsRequest
    | ModelAddingRequest
)
