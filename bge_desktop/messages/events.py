"""What the worker tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bge_desktop.messages.labels import LabelsEvent
from bge_desktop.messages.model_adding import ModelAddingEvent
from bge_desktop.messages.models import ModelsEvent
from bge_desktop.messages.previews import Preview
from bge_desktop.messages.requests import NO_RULES, FolderRules
from bge_desktop.messages.reranking import RerankingEvent
from bge_desktop.messages.results import FacetCount, FoundPassage, SearchResult, Span
from bge_desktop.messages.topics import TopicsEvent


class FolderState(StrEnum):
    """What the worker does with a folder at the moment."""

    WAITING = "waiting"
    SCANNING = "scanning"
    INDEXING = "indexing"
    WATCHED = "watched"
    POLLED = "polled"
    AWAY = "away"
    PAUSED = "paused"


class Held(StrEnum):
    """Why there is something to index and it is not being indexed, or slowly."""

    NOT = ""
    PAUSED = "paused"
    BATTERY = "battery"
    LOW_BATTERY = "low battery"
    SLOW = "slow"
    PRESENTATION = "presentation"


@dataclass(frozen=True)
class SearchAnswer:
    """The list for one generation. `complete` is False when the meaning part is still to come (same generation).

    Attributes:
        hints: say in plain words what of the query was not understood, or taken for something else.
        total: how many documents were found; more than the results where there are more than were asked for.
        is_ranked: whether some answer the query better than others: not where it consists of filters only.
    """

    query: str
    generation: int
    results: tuple[SearchResult, ...]
    took_ms: float
    complete: bool = True
    hints: tuple[str, ...] = ()
    total: int = 0
    is_ranked: bool = True


@dataclass(frozen=True)
class Sentences:
    """The most telling sentences of results already shown: path to range within the passage."""

    generation: int
    sentences: tuple[tuple[str, Span], ...]


@dataclass(frozen=True)
class Facets:
    """How many documents the values of each filter would leave; values that leave none are not there.

    Attributes:
        generation: of the `Search`.
        folders: the folders of the library, and those right below them, by path.
        kinds, languages, dates: by value, in the order in which they are shown.
        labels: by name.
    """

    generation: int
    folders: tuple[FacetCount, ...]
    kinds: tuple[FacetCount, ...]
    languages: tuple[FacetCount, ...]
    dates: tuple[FacetCount, ...]
    labels: tuple[FacetCount, ...] = ()


@dataclass(frozen=True)
class FoundPassages:
    """The passages of a document that answer a query best, in the order in which they stand in it."""

    generation: int
    path: str
    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True)
class FolderStatus:
    """How far one folder is, the rules that were chosen for it, and how many of its files were read in part.

    `is_file` tells a single file that was added by itself, as it was when it was last seen. `passages` counts those of
    all its files; None where that was not done, as in a `Progress`.
    """

    path: str
    state: FolderState
    files: int
    pending: int
    failed: int
    rules: FolderRules = NO_RULES
    in_part: int = 0
    is_file: bool = False
    passages: int | None = None


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
    `to_switch` counts the passages that coming models are to embed, and `switched` those that they have embedded.
    `failures` holds the newest fifty of the files that failed or were read in part. `held` says why what is pending
    does not go on, or slowly.
    """

    folders: tuple[FolderStatus, ...] = ()
    files: int = 0
    passages: int = 0
    pending: int = 0
    failed: int = 0
    busy: bool = False
    encoder: str = ""
    failures: tuple[Failure, ...] = ()
    held: Held = Held.NOT
    switched: int = 0
    to_switch: int = 0


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


class Shown(StrEnum):
    """What a further start of the app brings to the front."""

    WINDOW = "window"
    QUICK_SEARCH = "quick search"
    NOTHING = "nothing"


@dataclass(frozen=True)
class WindowWanted:
    """The app was started once more: the one that is open is to come to the front. Emitted in any thread.

    Attributes:
        folders: absolute paths of folders and files to add.
        token: allows the window to come to the front where the desktop asks for one; or "".
        shown: what comes to the front.
    """

    folders: tuple[str, ...] = ()
    token: str = ""
    shown: Shown = Shown.WINDOW


@dataclass(frozen=True)
class SettingsChanged:
    """Other settings hold: those in the library's file."""


@dataclass(frozen=True)
class LibraryBusy:
    """Whether another process owns the library: this one waits for it, and says when it has become free."""

    is_busy: bool = True


@dataclass(frozen=True)
class ErrorReport:
    """Something a person should know of: see `errors.UserError`. `is_over` where it has been seen to already."""

    title: str
    message: str
    path: str | None = None
    is_over: bool = False


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


Event = (
    SearchAnswer
    | Sentences
    | Facets
    | FoundPassages
    | Preview
    | Progress
    | LibraryChanged
    | MemberUnpacked
    | WindowWanted
    | SettingsChanged
    | LibraryBusy
    | ErrorReport
    | LibraryStatus
    | ModelsEvent
    | ModelAddingEvent
    | TopicsEvent
    | LabelsEvent
    | RerankingEvent
)
