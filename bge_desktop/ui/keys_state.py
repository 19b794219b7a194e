"""What has become of the keys that open the quick search, and in words."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

COMMAND = "bge-desktop open --quick"
"""What a desktop's own settings can bind to keys."""


class KeysState(Enum):
    """What has become of the keys that are wanted."""

    NONE = "none"
    """None are wanted."""
    ASKED = "asked"
    """The desktop has been asked, and may ask the person."""
    HELD = "held"
    TAKEN = "taken"
    """Another program has them."""
    REFUSED = "refused"
    """The desktop, or the person, did not want it."""
    IMPOSSIBLE = "impossible"
    """This system gives keys to no program."""


def state_text(state: KeysState) -> str:
    """Return why the keys do not work, and what one can do; "" where they work, or none are wanted."""
    match state:
        case KeysState.NONE | KeysState.HELD:
            return ""
        case KeysState.ASKED:
            return translate("Keys", "The desktop has been asked for these keys.")
        case KeysState.TAKEN:
            return translate("Keys", "Another program has these keys. Choose others.")
        case KeysState.REFUSED:
            text = translate(
                "Keys", "The desktop did not give these keys. In its settings, bind this command to keys: {command}"
            )
        case KeysState.IMPOSSIBLE:
            text = translate(
                "Keys",
                "This desktop gives keys to no program. In its settings, bind this command to keys: {command}",
            )
    return text.format(command=COMMAND)
