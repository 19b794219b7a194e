"""A command that changes a library's model, killed while the coming one is embedding."""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
import subprocess
import time
from typing import Any

from bge_desktop.library.storage import database_path, uri_of
from tests.end_to_end.command import COMMAND

Rows = set[tuple[Any, ...]]
_DEADLINE_S = 300.0


def killed_in_the_middle(library: str, model: str, chance: random.Random, most: int) -> Rows:
    """Have the command change the model for English, and kill it at some moment after some passages were embedded.

    Args:
        library: whose model.
        model: the name of the coming one.
        chance: chooses the moment.
        most: after how many further passages, at most, that is.

    Returns:
        The rows of the vectors that the coming model has made: one that is made again has another id.
    """
    command = [COMMAND, "models", "use", model, "--for", "en", "--library", library]
    wanted = len(made_by(library, model)) + chance.randint(1, most)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + _DEADLINE_S
    while process.poll() is None and len(made_by(library, model)) < wanted:
        assert time.monotonic() < deadline, "nothing is embedded"
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, 0.2))
    process.send_signal(signal.SIGKILL)
    process.wait()
    return made_by(library, model)


def made_by(library: str, model: str) -> Rows:
    """Return the rows of the vectors that a model has made for English, as they are at this moment."""
    sql = (
        "SELECT vectors.id, passage_id FROM vectors JOIN models ON models.id = model_id"
        " WHERE models.language = 'en' AND name = ?"
    )
    uri = uri_of(database_path(library), "mode=ro")
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_DEADLINE_S)) as db:
        return {tuple(row) for row in db.execute(sql, [model])}
