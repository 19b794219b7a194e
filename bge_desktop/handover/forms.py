"""How requests and events stand in JSON: an object of their fields, and the name of their type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from bge_desktop.handover.channel import ChannelError
from bge_desktop.messages import (
    AddFolder,
    AddLabel,
    CancelSwitch,
    ErrorReport,
    ForgetFormer,
    GroupAnew,
    IndexNow,
    LibraryStatus,
    Pause,
    Progress,
    ReloadSettings,
    RemoveFolder,
    RemoveLabel,
    RenameLabel,
    Request,
    Rescan,
    Resume,
    Retry,
    ReturnToFormer,
    SetLabel,
    SetRules,
    SetThreshold,
    UseModels,
    WindowWanted,
)


@dataclass(frozen=True)
class Done:
    """Whether what was asked for has been taken up; there is no more to say."""

    is_taken_up: bool = True


Reply: TypeAlias = Progress | ErrorReport | LibraryStatus | Done

_OF_FOLDERS = (AddFolder, RemoveFolder, Rescan, Retry, SetRules, Pause, Resume)
_OF_MODELS = (UseModels, CancelSwitch, ReturnToFormer, ForgetFormer)
_OF_LABELS = (AddLabel, RemoveLabel, RenameLabel, SetLabel, SetThreshold)
_HANDED_OVER = (*_OF_FOLDERS, *_OF_MODELS, *_OF_LABELS, GroupAnew, IndexNow, ReloadSettings)
_REQUESTS = {kind.__name__: kind for kind in _HANDED_OVER}
_WINDOW = {WindowWanted.__name__: WindowWanted}
_REPLIES = {kind.__name__: kind for kind in (Progress, ErrorReport, LibraryStatus, Done)}


def form(message: Request | WindowWanted | Reply) -> dict[str, Any]:
    """Return a message as JSON knows it."""
    return {"type": type(message).__name__, "fields": msgspec.to_builtins(message)}


def request_of(value: object) -> Request:
    """Return the request that stands in a value from JSON.

    Raises:
        ChannelError: there is none, or none that may be handed over.
    """
    request: Request = _message(value, _REQUESTS)
    return request


def window_wanted_of(value: object) -> WindowWanted:
    """Return what stands in a value from JSON of a start of the app that finds it open.

    Raises:
        ChannelError: nothing does.
    """
    wanted: WindowWanted = _message(value, _WINDOW)
    return wanted


def reply_of(value: object) -> Reply:
    """Return the reply that stands in a value from JSON.

    Raises:
        ChannelError: there is none.
    """
    reply: Reply = _message(value, _REPLIES)
    return reply


def _message(value: object, kinds: dict[str, Any]) -> Any:
    if not isinstance(value, dict) or str(value.get("type")) not in kinds:
        raise ChannelError("This is no message")
    kind = kinds[str(value["type"])]
    try:
        return msgspec.convert(value.get("fields"), kind)
    except msgspec.ValidationError as error:
        raise ChannelError(str(error)) from error
