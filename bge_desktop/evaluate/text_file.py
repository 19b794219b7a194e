"""Text files that a person writes for an evaluation."""

from __future__ import annotations

from bge_desktop.errors import RequestError


def read_text(path: str, title: str) -> str:
    """Return the text of a UTF-8 file, without a byte order mark.

    Args:
        path: the file.
        title: of the error, where it cannot be read.

    Raises:
        RequestError: it cannot be read, or is not UTF-8.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise RequestError(title, f"The system says: {error.strerror}.", path) from error
    except UnicodeDecodeError as error:
        raise RequestError(title, "The file is not UTF-8 text. Save it as UTF-8.", path) from error
