"""How long it takes from a change on the disk to its place in the results, reading and embedding included."""

from __future__ import annotations

import statistics
import time

from bge_desktop.messages import AddFolder
from tests.benchmarks.conftest import report
from tests.end_to_end.client import Client

_ROUNDS = 7


def test_a_change_shows_in_the_results(tmp_path):
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
    report(
        "live",
        {
            name: {"median_s": round(statistics.median(own), 2), "worst_s": round(max(own), 2)}
            for name, own in seconds.items()
        },
    )


def _until_shown(client, change, query, name, is_wanted):
    change()
    started = time.perf_counter()
    client.wait_for(lambda: (client.names(query)[:1] == [name]) == is_wanted)
    return time.perf_counter() - started
