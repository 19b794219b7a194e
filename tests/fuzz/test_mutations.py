"""Broken files through every reader: each has an outcome, and no reader crashes or hangs unseen."""

from __future__ import annotations

import os
import queue
import time
from random import Random

import pytest

from tests.end_to_end.hostile.collection import SLOW
from tests.end_to_end.hostile.reading import TIMEOUT_S, check, read_all, write_all
from tests.fuzz.campaign import Broken, Campaign, telling_readers
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import all_seeds

COUNT = int(os.environ.get("BGE_DESKTOP_FUZZ", "10000"))
SEED = int(os.environ.get("BGE_DESKTOP_FUZZ_SEED", "1"))
MOST_SECONDS = 3000.0
LEAST_COST_S = 0.02  # a file that is read faster is not broken more often for that
STEP = 1024


@pytest.fixture(scope="module")
def readers():
    with telling_readers() as own:
        yield own


def test_mutations(readers, tmp_path):
    report = Campaign(readers, str(tmp_path), f"mutations-{SEED}").run(_mutations(readers, tmp_path), MOST_SECONDS)
    print("", *report.lines(), sep="\n")
    assert report.files == COUNT or report.seconds > MOST_SECONDS
    assert report.grave == []


def test_truncations_at_every_kilobyte(readers, tmp_path):
    cuts = ((seed, end) for seed in all_seeds() for end in range(0, len(seed.data), STEP))
    broken = (Broken(seed, number, seed.data[:end]) for number, (seed, end) in enumerate(cuts))
    report = Campaign(readers, str(tmp_path), "truncations").run(broken)
    print("", *report.lines(), sep="\n")
    assert report.grave == []


def test_hostile_inputs_that_take_long(tmp_path):
    paths = write_all(SLOW, str(tmp_path))
    answers, _ = read_all(paths, TIMEOUT_S)
    for own, path in zip(SLOW, paths, strict=True):
        check(own, answers[path])


def _mutations(readers, folder):
    """Break the seeds at random, those that take long to read less often."""
    seeds = all_seeds()
    weights = [1 / max(LEAST_COST_S, _seconds(readers, folder, seed)) for seed in seeds]
    random, others = Random(SEED), [seed.data for seed in seeds]
    for number in range(COUNT):
        seed = seeds[number] if number < len(seeds) else random.choices(seeds, weights)[0]
        yield Broken(seed, number, mutated(seed.data, others, random))


def _seconds(readers, folder, seed):
    path, outcomes = folder / seed.name, queue.SimpleQueue()
    path.write_bytes(seed.data)
    started = time.monotonic()
    readers.submit(str(path), (), outcomes.put)
    outcomes.get(timeout=600)
    return time.monotonic() - started
