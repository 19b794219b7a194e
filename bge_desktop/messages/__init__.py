"""What passes between the interface and the worker: frozen requests, events and results.

The interface (the window, or the command line) submits requests to the worker; the worker emits events. All of them
are immutable, so that no thread can change what another one reads. This module imports nothing heavy.

Paths are `str` as the operating system gives them: on Linux a name that is not UTF-8 carries surrogate escapes and
must be passed through `os.fsdecode` / `os.fsencode`, and through `displayable` before it is shown.
"""

from bge_desktop.messages.events import (
    ErrorReport,
    Event,
    Failure,
    FolderState,
    FolderStatus,
    Held,
    LibraryBusy,
    LibraryChanged,
    LibraryStatus,
    MemberUnpacked,
    ModelStatus,
    Progress,
    SearchAnswer,
    Sentences,
    WindowWanted,
)
from bge_desktop.messages.paths import displayable
from bge_desktop.messages.requests import (
    NO_RULES,
    AddFolder,
    FolderRules,
    IndexNow,
    Mode,
    Pause,
    Presenting,
    RemoveFolder,
    ReportStatus,
    Request,
    Rescan,
    Resume,
    Retry,
    Search,
    SetRules,
    Typing,
    UnpackMember,
)
from bge_desktop.messages.results import PassagePlace, SearchResult, Span, Why

__all__ = [
    "NO_RULES",
    "AddFolder",
    "ErrorReport",
    "Event",
    "Failure",
    "FolderRules",
    "FolderState",
    "FolderStatus",
    "Held",
    "IndexNow",
    "LibraryBusy",
    "LibraryChanged",
    "LibraryStatus",
    "MemberUnpacked",
    "Mode",
    "ModelStatus",
    "PassagePlace",
    "Pause",
    "Presenting",
    "Progress",
    "RemoveFolder",
    "ReportStatus",
    "Request",
    "Rescan",
    "Resume",
    "Retry",
    "Search",
    "SearchAnswer",
    "SearchResult",
    "Sentences",
    "SetRules",
    "Span",
    "Typing",
    "UnpackMember",
    "Why",
    "WindowWanted",
    "displayable",
]
