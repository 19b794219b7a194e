"""A library of real documents changes its model while queries are asked, and while its process is killed.

Bars: 200 queries and more are answered meanwhile, each from a whole index, be it that of before or the new one; and
however often the process is killed, nothing is lost and no passage is embedded twice.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bge_desktop.bge import model_store
from bge_desktop.bge.model_import import add_folder
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import UseModels
from tests.benchmarks import scale
from tests.benchmarks.table import Bar, Row
from tests.end_to_end.client import Client
from tests.end_to_end.command import run_json
from tests.end_to_end.switch_kills import killed_in_the_middle, made_by
from tests.small_models import save_bert
from tests.torture import same

_SECTION = "models"
_QUERIES, _KILLS = scale.of(50, 20), scale.of(8, 3)
_LEAST_ANSWERS, _MOST_UNTIL_KILLED = 200, 1_200
_LONGEST_S = 3600.0
_CHINESE = "bge-small-zh-v1.5"

Ranking = tuple[tuple[str, int, float], ...]


@dataclass
class Answers:
    """What was answered to each query, and how long it took."""

    rankings: list[tuple[str, Ranking]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def ask(self, client: Client, query: str) -> None:
        """Ask a query and take its complete answer."""
        started = time.perf_counter()
        found = client.search(query, timeout=_LONGEST_S)
        self.seconds.append(time.perf_counter() - started)
        ranking = tuple((own.path, own.start, round(own.score, 3)) for own in found.results)
        self.rankings.append((query, ranking))


@contextlib.contextmanager
def small_model(folder: Path) -> Iterator[str]:
    """Give the name of a small random model among those that can be chosen."""
    texts = [*map(chr, range(32, 127)), "words in English and 中文词语都有"]
    name = add_folder(str(save_bert(folder, texts=texts)), lambda done, total: None).name
    try:
        yield name
    finally:
        model_store.remove(name)


def changed_under_queries(library: str, model: str, queries: Sequence[str]) -> dict[str, Any]:
    """Change the model of a library's English passages while queries are asked; return what was seen."""
    client = Client(library)
    assert client.worker.wait_until_idle(_LONGEST_S)
    before, meanwhile, after = Answers(), Answers(), Answers()
    for query in queries:
        before.ask(client, query)
    started = time.perf_counter()
    client.worker.submit(UseModels(en=model))
    while not client.worker.wait_until_idle(0):
        meanwhile.ask(client, queries[len(meanwhile.seconds) % len(queries)])
    took = time.perf_counter() - started
    for query in queries:
        after.ask(client, query)
    client.worker.stop(60)
    return seen(before, meanwhile, after) | {"took_s": took, "embedded": client.worker._indexing.embedded}


def seen(before: Answers, meanwhile: Answers, after: Answers) -> dict[str, Any]:
    """Return how many answers were of the old index whole, of the new one whole, and of neither."""
    old, new = dict(before.rankings), dict(after.rankings)
    of_neither = [query for query, ranking in meanwhile.rankings if ranking not in (old[query], new[query])]
    return {
        "answers": len(meanwhile.rankings),
        "of_new": sum(ranking == new[query] != old[query] for query, ranking in meanwhile.rankings),
        "of_neither": len(of_neither),
        "changed": sum(old[query] != new[query] for query in old),
        "median_before_ms": statistics.median(before.seconds) * 1000,
        "worst_before_ms": max(before.seconds) * 1000,
        "median_ms": statistics.median(meanwhile.seconds) * 1000,
        "worst_ms": max(meanwhile.seconds) * 1000,
    }


def killed_again_and_again(library: str, model: str, kills: int) -> dict[str, Any]:
    """Have the command change the model of the English passages, kill it at random moments, and have it go on."""
    Library(library).close()  # which brings it up to date, should an older app have made it
    chance, kept = random.Random(3), set[tuple[Any, ...]]()
    lost, grown = 0, []
    for _ in range(kills):
        found = killed_in_the_middle(library, model, chance, _MOST_UNTIL_KILLED)
        lost += len(kept - found)
        grown.append(len(found))
        kept = found
    told = run_json("models", "use", model, "--for", "en", "--library", library, timeout=_LONGEST_S)
    lost += len(kept - made_by(library, model))
    with reading(library) as opened:
        held = len(opened.vectors["en"])
    return {
        "kills": kills,
        "lost_or_twice": lost,
        "embedded_at_kills": grown,
        "faults": same.faults(library),
        "is_whole": held == told["in_use"][0]["passages"] and told["in_use"][0]["name"] == model,
    }


@pytest.fixture
def copied(library, tmp_path):
    """A copy of the library of the collection."""
    return shutil.copytree(library, tmp_path / "library", ignore=shutil.ignore_patterns("logs", "*.hnsw*"))


def test_every_answer_is_of_a_whole_index(copied, queries, table):
    found = changed_under_queries(str(copied), _CHINESE, queries[:: max(1, len(queries) // _QUERIES)][:_QUERIES])
    table.report("switching", found)
    note = f"{found['embedded']:,} passages embedded anew in {found['took_s']:.0f} s; worst {found['worst_ms']:.0f} ms"
    table.add(Row(_SECTION, "answers while a model changes", found["answers"], "", bar=Bar(at_least=_LEAST_ANSWERS)))
    table.add(Row(_SECTION, "of neither index whole", found["of_neither"], "", bar=Bar(at_most=0), note=note))
    what = "a query while a model changes, median"
    table.add(Row(_SECTION, what, found["median_ms"], "ms", "before the change", found["median_before_ms"]))


def test_kills_lose_nothing(copied, tmp_path, table):
    with small_model(tmp_path / "small-bert") as model:
        found = killed_again_and_again(str(copied), model, _KILLS)
    table.report("switching, killed", found)
    assert (found["faults"], found["is_whole"]) == ([], True)
    note = f"{_KILLS} kills at random moments"
    table.add(Row(_SECTION, "vectors lost or made twice", found["lost_or_twice"], "", bar=Bar(at_most=0), note=note))
