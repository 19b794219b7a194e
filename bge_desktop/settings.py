"""What a person may choose, and where the app keeps things.

Choices stand in `settings.toml` in the library's folder, so that each library has its own. Whatever is in that file,
the app starts: what cannot be used is replaced by what holds without it, and told.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import platformdirs

from bge_desktop.errors import UserError
from bge_desktop.own_files import content, replacing

Device = Literal["auto", "cpu", "cuda", "mps"]
DEVICES: tuple[str, ...] = get_args(Device)

OnBattery = Literal["slowly", "wait", "normally"]
WindowLanguage = Literal["", "en", "zh"]

_FILE = "settings.toml"
_TITLE = "Settings cannot be used"
_LARGEST = 1 << 20  # bytes; no hand writes more, and all of it is held in memory
_MODIFIERS = {"Ctrl", "Alt", "Shift", "Meta"}


@dataclass(frozen=True)
class Settings:
    """How the app goes about its work.

    Attributes:
        threads: of the encoder process; 0 leaves it to the app.
        memory_mb: megabytes that one reader process may take beyond what it starts with.
        on_battery: whether to index slowly, wait for the mains, or index normally.
        during_presentations: whether to go on indexing while something fills the screen.
        idle_minutes: minutes without work after which the encoder process leaves.
        language: of the window; "" is the system's.
        close_to_tray: whether the app goes on in the tray, where there is one, when its window is closed.
        quick_search_keys: that open the quick search from any program, as "Ctrl+Alt+Space"; "" for none.
        notifications: whether the desktop tells of what needs a person while the window is hidden.
        keep_history: whether the queries of the past are kept.
        reranker: the folder of the cross-encoder that puts the best results in a better order; "" for none.
        reranking_ms: milliseconds that it may take for a query.
        multi_vectors: whether, where there is no such cross-encoder, a library's own model puts the best results in a
            better order, if it is one that gives multi-vectors (BGE-M3).
        long_passages: whether documents are divided into passages as long as the library's models read, rather than
            of the usual 256 tokens: with BGE-M3, most documents are one passage.
    """

    threads: int = 0
    memory_mb: int = 2048
    on_battery: OnBattery = "slowly"
    during_presentations: bool = False
    idle_minutes: float = 5.0
    language: WindowLanguage = ""
    close_to_tray: bool = False
    quick_search_keys: str = ""
    notifications: bool = True
    keep_history: bool = True
    reranker: str = ""
    reranking_ms: int = 1500
    multi_vectors: bool = False
    long_passages: bool = False

    def unhindered(self) -> Settings:
        """Return these settings, but for what would hold up work that somebody waits for."""
        return dataclasses.replace(self, on_battery="normally", during_presentations=True)


@dataclass(frozen=True)
class _Number:
    """A number from `low` to `high`; a whole one where these are."""

    low: float
    high: float

    def takes(self, value: object) -> bool:
        kinds = int if isinstance(self.low, int) else int | float
        return isinstance(value, kinds) and not isinstance(value, bool) and self.low <= value <= self.high

    def __str__(self) -> str:
        return f"a {'whole ' * isinstance(self.low, int)}number from {self.low} to {self.high}"


@dataclass(frozen=True)
class _Choice:
    """One of these, as TOML writes them."""

    values: tuple[object, ...]
    words: str

    def takes(self, value: object) -> bool:
        return any(type(value) is type(own) and value == own for own in self.values)

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class _Keys:
    """Keys to press together, as Qt's portable text writes them, or "" for none."""

    def takes(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        *modifiers, key = value.split("+")
        held = set(modifiers)
        if not held <= _MODIFIERS or len(held) < len(modifiers):
            return False
        # with Shift alone, a letter would be taken from whoever types
        is_letter = re.fullmatch("[A-Z0-9]|Space", key) is not None and bool(held - {"Shift"})
        return not value or is_letter or re.fullmatch("F([1-9]|1[0-2])", key) is not None

    def __str__(self) -> str:
        return 'keys such as "Ctrl+Alt+Space", with a letter, a digit, Space or F1 to F12 at the end, or ""'


@dataclass(frozen=True)
class _Folder:
    """The whole path of a folder, or "" for none."""

    def takes(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        is_utf8 = not any("\ud800" <= letter <= "\udfff" for letter in value)  # else it cannot be written into the file
        return is_utf8 and (not value or os.path.isabs(value))

    def __str__(self) -> str:
        return 'the whole path of a folder, or ""'


_YES_NO = _Choice((True, False), "true or false")
_ALLOWED: Mapping[str, _Number | _Choice | _Keys | _Folder] = {
    "threads": _Number(0, 256),
    "memory_mb": _Number(256, 65_536),
    "on_battery": _Choice(get_args(OnBattery), '"slowly", "wait" or "normally"'),
    "during_presentations": _YES_NO,
    "idle_minutes": _Number(0.1, 1440.0),
    "language": _Choice(get_args(WindowLanguage), '"" (the system\'s), "en" or "zh"'),
    "close_to_tray": _YES_NO,
    "quick_search_keys": _Keys(),
    "notifications": _YES_NO,
    "keep_history": _YES_NO,
    "reranker": _Folder(),
    "reranking_ms": _Number(100, 60_000),
    "multi_vectors": _YES_NO,
    "long_passages": _YES_NO,
}


def allowed_range(key: str) -> tuple[float, float]:
    """Return the lowest and the highest value of a setting that is a number."""
    allowed = _ALLOWED[key]
    assert isinstance(allowed, _Number)
    return allowed.low, allowed.high


def default_library() -> str:
    """Return the folder of the person's own library."""
    return os.path.join(platformdirs.user_data_dir("bge-desktop", appauthor=False), "library")


def cache_folder() -> str:
    """Return the folder of what the app measures and makes anew when it is gone."""
    return os.environ.get("BGE_DESKTOP_CACHE") or platformdirs.user_cache_dir("bge-desktop", appauthor=False)


def models_folder() -> str:
    """Return the folder of the models that the person has added to those that come with the app."""
    own = os.environ.get("BGE_DESKTOP_MODELS")
    return own or os.path.join(platformdirs.user_data_dir("bge-desktop", appauthor=False), "models")


def settings_path(library: str) -> str:
    """Return where the settings of a library stand."""
    return os.path.join(library, _FILE)


def read(library: str) -> tuple[Settings, UserError | None]:
    """Return the settings that hold for a library, and what of its file cannot be used. Changes nothing."""
    values, error = _stored(library)
    wrong = [key for key, allowed in _ALLOWED.items() if key in values and not allowed.takes(values[key])]
    chosen = {key: value for key, value in values.items() if key in _ALLOWED and key not in wrong}
    if wrong:
        message = f"In {_FILE}, {_told(wrong)}. Until it is, the usual value holds."
        error = UserError(_TITLE, message, settings_path(library))
    return dataclasses.replace(Settings(), **chosen), error


def load(library: str) -> tuple[Settings, UserError | None]:
    """Return the settings that hold for a library, and what of its file cannot be used.

    A file that is damaged as a whole is put aside as `settings.toml.damaged`, so that it is told once.
    """
    settings, error = read(library)
    if isinstance(error, _DamagedError):
        with contextlib.suppress(OSError):
            aside = _aside(library)
            os.rename(settings_path(library), aside)
            error = UserError(
                _TITLE, "The file was damaged, and is kept under this name. The usual settings hold.", aside
            )
    return settings, error


def save(library: str, settings: Settings) -> None:
    """Write the settings of a library, for its owner alone: all of them or, when that fails, none.

    What else stands in the file is kept, but for comments.

    Raises:
        UserError: a value is not allowed, or the file cannot be written.
    """
    chosen = dataclasses.asdict(settings)
    if wrong := [key for key, allowed in _ALLOWED.items() if not allowed.takes(chosen[key])]:
        raise UserError("Settings not saved", f"{_told(wrong)}.")
    load(library)  # puts a damaged file aside
    try:
        _write(library, {**_stored(library)[0], **chosen})
    except OSError as error:
        message = f"The settings cannot be written ({error.strerror}). Make room, or check the folder's permissions."
        raise UserError("Settings not saved", message, settings_path(library)) from error


def changed(settings: Settings, key: str, text: str) -> Settings:
    """Return settings in which one has the value that a person typed.

    Raises:
        UserError: there is no such setting, or the value is not allowed.
    """
    if key not in _ALLOWED:
        raise UserError("No such setting", f"“{key}” is no setting; these are: {', '.join(_ALLOWED)}.")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        value = text  # a word without quotation marks
    if not _ALLOWED[key].takes(value):
        raise UserError("Settings not saved", f"“{key}” must be {_ALLOWED[key]}.")
    return dataclasses.replace(settings, **{key: value})


class _DamagedError(UserError):
    """The file is none that settings can be read from, and never will be."""


def _told(wrong: list[str]) -> str:
    return "; ".join(f"“{key}” must be {_ALLOWED[key]}" for key in wrong)


def _stored(library: str) -> tuple[dict[str, Any], UserError | None]:
    """Return all that stands in the file, be it a setting or not, and why nothing could be read of it."""
    path = settings_path(library)
    try:
        return tomllib.loads(content(path, _LARGEST).decode("utf-8-sig")), None
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}). Check its permissions; the usual settings hold."
        return {}, UserError(_TITLE, message, path)
    except (ValueError, RecursionError):  # the latter of brackets too deep
        message = "The file is damaged. Correct it or delete it; the usual settings hold."
        return {}, _DamagedError(_TITLE, message, path)


def _aside(library: str) -> str:
    names = itertools.chain([""], (f".{number}" for number in itertools.count(2)))
    paths = (f"{settings_path(library)}.damaged{name}" for name in names)
    return next(path for path in paths if not os.path.lexists(path))


def _write(library: str, values: Mapping[str, Any]) -> None:
    import tomli_w

    os.makedirs(library, mode=0o700, exist_ok=True)
    with replacing(settings_path(library)) as temporary, open(temporary, "wb") as file:
        file.write(tomli_w.dumps(values).encode())
