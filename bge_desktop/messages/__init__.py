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
    LibraryChanged,
    LibraryStatus,
    MemberUnpacked,
    ModelStatus,
    Progress,
    SearchAnswer,
    Sentences,
)
from bge_desktop.messages.paths import displayable
from bge_desktop.messages.requests import (
    NO_RULES,
    AddFolder,
    FolderRules,
    Mode,
    RemoveFolder,
    ReportStatus,
    Request,
    Rescan,
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
    "LibraryChanged",
    "LibraryStatus",
    "MemberUnpacked",
    "Mode",
    "ModelStatus",
    "PassagePlace",
    "Progress",
    "RemoveFolder",
    "ReportStatus",
    "Request",
    "Rescan",
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
    "displayable",
]
