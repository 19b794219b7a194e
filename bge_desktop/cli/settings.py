"""`bge-desktop settings`: show or change what a person may choose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from bge_desktop.cli import output
from bge_desktop.errors import RequestError
from bge_desktop.handover import client
from bge_desktop.messages import ReloadSettings
from bge_desktop.settings import changed, load, save


def settings(changes: Sequence[str], library: str, *, as_json: bool) -> int:
    """Print the settings of a library, after changing some of them.

    Args:
        changes: each as "KEY=VALUE".
        library: its folder.
        as_json: whether to print one object for scripts.

    Raises:
        UserError: there is no such setting, a value is not allowed, or the file cannot be written.
    """
    own, error = load(library)
    if error:
        output.tell_error(error, as_json=False)
    for change in changes:
        key, is_set, value = change.partition("=")
        if not is_set:
            raise RequestError("Not a setting", f"“{change}” has no value: write KEY=VALUE, as threads=4.")
        own = changed(own, key.strip(), value.strip())
    if changes:
        save(library, own)
        is_taken_up = client.taken(library, [ReloadSettings()])
        output.note("Holds from now on." if is_taken_up else "Holds from the next start on.")
    if as_json:
        output.say_json(asdict(own))
    else:
        for key, value in asdict(own).items():
            output.say(f"{key} = {json.dumps(value)}")
    return 0
