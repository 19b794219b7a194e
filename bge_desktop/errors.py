"""Errors that a person reads.

Every error that can reach a person carries a short title, a message in plain words that also says what to do, and
the path it is about, where there is one. This module imports nothing heavy: the window uses it at start.
"""

from __future__ import annotations


class UserError(Exception):
    """An error that is shown to the person as it is.

    Args:
        title: a few words, as for the heading of a dialog.
        message: one or two sentences: what happened, and what one can do.
        path: the file or folder it is about, where there is one.
    """

    def __init__(self, title: str, message: str, path: str | None = None) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message
        self.path = path


class ExtractionError(UserError):
    """A file could not be read; indexing goes on with the next one."""


class PassingError(ExtractionError):
    """A file could not be opened: this says nothing of its content, and may be over at the next look."""


class LibraryError(UserError):
    """The library on disk cannot be opened, read or written."""


class LibraryBusyError(LibraryError):
    """Another process is writing to this library."""


class LibraryOutdatedError(LibraryError):
    """The library was made by an older version of the app, and may only be read once it has been brought up to date."""


class LibraryDamagedError(LibraryError):
    """The library's database is damaged: who opens it for writing saves what is readable."""


class ModelError(UserError):
    """The weights, the tokenizer or the configuration of a model are missing or damaged."""


class UnfitModelError(ValueError):
    """Why a model cannot be used, as the end of a sentence; a `ModelError` tells it to a person."""


class EncoderError(UserError):
    """The encoder process could not be started, or died more often than it is restarted."""


class TextsError(EncoderError):
    """These texts could not be embedded; others may be."""


class UnderstandingError(UserError):
    """Documents could not be grouped, or labels not be learnt."""


class RequestError(UserError):
    """What the person asked for cannot be done as asked: a folder that is not there, a query file with a bad line."""
