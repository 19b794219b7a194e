"""`bge-desktop settings`: show or change what a person may choose."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, replace

from bge_desktop.cli import output
from bge_desktop.errors import RequestError
from bge_desktop.handover import client
from bge_desktop.messages import ReloadSettings
from bge_desktop.settings import Settings, changed, load, save


def settings(changes: Sequence[str], library: str, *, as_json: bool) -> int:
    """Print the settings of a library, after changing some of them.

    Args:
        changes: each as "KEY=VALUE".
        library: its folder.
        as_json: whether to print one object for scripts.

    Raises:
        UserError: there is no such setting, a value is not allowed or names a reranker that cannot be used, or the file
            cannot be written.
    """
    own, error = load(library)
    if error:
        output.tell_error(error, as_json=False)
    for change in changes:
        key, is_set, value = change.partition("=")
        if not is_set:
            raise RequestError("Not a setting", f"“{change}” has no value: write KEY=VALUE, as threads=4.")
        own = _changed(own, key.strip(), value.strip())
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


def _changed(settings: Settings, key: str, value: str) -> Settings:
    """Return settings in which one has the value that a person typed.

    A reranker may be one of the models that were added, by its name, or a folder, named from where the person is.

    Raises:
        UserError: there is no such setting, or the value is not allowed.
    """
    if key != "reranker" or value in ("", '""'):
        return changed(settings, key, value)
    from bge_desktop.bge import model_store  # only now: they take their time to import
    from bge_desktop.bge.reranker_folder import read_reranker

    name = value.strip("\"'")
    added = {own.model.name: own.model.folder for own in model_store.listed() if own.model.is_reranker}
    folder = added.get(name) or os.path.abspath(os.path.expanduser(name))
    return replace(settings, reranker=read_reranker(folder).folder)
