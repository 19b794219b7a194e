"""How long it takes from a change on the disk to its place in the results, reading and embedding included."""

from __future__ import annotations

import statistics
import time

from bge_desktop.messages import AddFolder
from tests.benchmarks import scale
from tests.benchmarks.table import Bar, Row
from tests.end_to_end.client import Client

_ROUNDS = scale.of(7, 3)
_MOST_S = 1


def test_a_change_shows_in_the_results(table, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(50):
        (folder / f"{number}.txt").write_text(f"Filler number {number} about the weather in week {number}.")
    client = Client(tmp_path / "library")
    client.worker.submit(AddFolder(str(folder)))
    client.worker.wait_until_idle(120)
    file, moved = folder / "dentist.txt", folder / "moved.txt"
    changes = {
        "created": (
            lambda: file.write_text("Root canal treatment on the second of May."),
            "tooth",
            "dentist.txt",
            True,
        ),
        "changed": (lambda: file.write_text("Feed the goldfish twice a week."), "pet fish", "dentist.txt", True),
        "moved": (lambda: file.rename(moved), "pet fish", "moved.txt", True),
        "deleted": (moved.unlink, "pet fish", "moved.txt", False),
    }
    seconds = {name: [] for name in changes}
    for _ in range(_ROUNDS):
        for name, change in changes.items():
            seconds[name].append(_until_shown(client, *change))
    client.worker.stop()
    told = {name: {"median_s": statistics.median(own), "worst_s": max(own)} for name, own in seconds.items()}
    table.report("live", told)
    name, slowest = max(told.items(), key=lambda item: item[1]["median_s"])
    what, note = "from a change on the disk to its place in the results, median", f"{name}, the slowest of four kinds"
    table.add(Row("in step", what, slowest["median_s"], "s", bar=Bar(at_most=_MOST_S), note=note))


def _until_shown(client, change, query, name, is_wanted):
    change()
    started = time.perf_counter()
    client.wait_for(lambda: (client.names(query)[:1] == [name]) == is_wanted)
    return time.perf_counter() - started
