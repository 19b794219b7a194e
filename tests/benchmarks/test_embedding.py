"""How many passages a second are embedded: from files to searchable, and by the encoder alone, beside others.

All take turns on the same passages of real files. Every peer takes as many threads as it does by itself, which is one
for each core; so does the app.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import statistics
import time
from dataclasses import dataclass

import numpy as np
import pytest

from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from tests.benchmarks import scale
from tests.benchmarks.conftest import BUILD
from tests.benchmarks.figures import ratio_of_rounds, seconds_of, taking_turns
from tests.benchmarks.peer import PeerMissingError, start_own, start_peer
from tests.benchmarks.sample import evenly, texts_of
from tests.benchmarks.semantra import semantra_seconds
from tests.benchmarks.table import Bar, Row
from tests.end_to_end.command import run_json

_SECTION = "embedding"
_PASSAGES = scale.of(320, 60)  # of each language
_ROUNDS_BESIDE = scale.of(2, 1)  # of the peers for which there is no bar
_LEAST_COSINE = 0.9999
_END_TO_END, _ALONE, _OF_THE_LIMIT = Bar(ratio_at_least=3), Bar(ratio_at_least=3.5), Bar(ratio_at_least=0.9)
_AGAINST = {
    "torch": "sentence-transformers `encode` alone",
    "limit": "a bare OpenVINO loop over packed batches",
}
_NAMES = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True)
class Sample:
    """Files of one language, the texts of their passages, and a folder to work in."""

    language: str
    files: str
    texts: list[str]
    work: str

    @property
    def texts_path(self):
        return os.path.join(self.work, "texts.json")

    @property
    def model(self):
        return BUNDLED[self.language].folder


@pytest.fixture(scope="module", params=_NAMES)
def own(request, sample, tmp_path_factory):
    work = str(tmp_path_factory.mktemp(request.param))
    chosen = evenly(sample[request.param], _PASSAGES)
    files = os.path.join(work, "files")
    os.mkdir(files)
    for document in chosen:
        shutil.copy(document.path, files)
    made = Sample(request.param, files, texts_of(chosen), work)
    with open(made.texts_path, "w", encoding="utf-8") as file:
        json.dump(made.texts, file)
    return made


@pytest.mark.timeout(3600)
def test_embedding(own, encoder, table):
    reference = os.path.join(own.work, "reference.npy")
    vectors = encoder.embed_now(
        BUNDLED[own.language], own.texts, TextKind.PASSAGE
    )  # first, for it chooses the precision
    indexing, told = Indexing(own), {"passages": len(own.texts)}
    measures = {"files to searchable": indexing.seconds, "encoder": lambda: _encoder_seconds(encoder, own)}
    with contextlib.ExitStack() as stack:
        peers, missing = _started(stack, own)
        for name, peer in peers.items():
            told |= peer.ask("encode", **({"save": reference} if name == "torch" else {}))
            measures[name] = functools.partial(_peer_seconds, peer)
        times = taking_turns(scale.ROUNDS, measures)
    table.report(f"embedding-{own.language}", {**told, "seconds": times})
    _add_rows(table, own, times | {"process": indexing.wall_clock}, missing)
    if "torch" in peers:
        _add_cosine(table, own, vectors, np.load(reference))


def _started(stack, own):
    """Return the peer and the limit as far as they start, and why the others do not, by name."""
    starts = {
        "torch": lambda: start_peer("sentence_transformers", own.work, own.model, own.texts_path),
        "limit": lambda: start_own("limit", own.work, own.language, own.texts_path),
    }
    peers, missing = {}, {}
    for name, start in starts.items():
        try:
            peers[name] = stack.enter_context(contextlib.closing(start()))
        except PeerMissingError as error:
            missing[name] = str(error)
    return peers, missing


def _peer_seconds(peer):
    return peer.ask("encode")["seconds"]


def _add_rows(table, own, times, missing):
    cases = (
        ("from files to searchable, by the command's clock", "files to searchable", "torch", _END_TO_END),
        ("from files to searchable, start and end of the process included", "process", "torch", None),
        ("encoder alone", "encoder", "torch", _ALONE),
        ("encoder alone", "encoder", "limit", _OF_THE_LIMIT),
    )
    for what, name, other, bar in cases:
        rates = {key: len(own.texts) / statistics.median(seconds) for key, seconds in times.items()}
        against = _AGAINST[other] + (f": {missing[other]}" if other in missing else "")
        ratio = None if other in missing else ratio_of_rounds(times[other], times[name])
        what = f"{_NAMES[own.language]}: {what}"
        table.add(Row(_SECTION, what, rates[name], "passages/s", against, rates.get(other), True, bar, ratio))


def _add_cosine(table, own, vectors, reference):
    cosines = (vectors * reference).sum(axis=1)
    what, note = f"{_NAMES[own.language]}: encoder, mean cosine", f"least {cosines.min():.5f}"
    bar, against = Bar(at_least=_LEAST_COSINE), "fp32 in torch"
    table.add(Row(_SECTION, what, float(cosines.mean()), "", against, 1.0, True, bar, note=note, digits=6))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", ["onnx", "txtai"])
def test_beside(own, encoder, table, name):
    against = {"onnx": "ONNX Runtime fp32, as fastembed runs it", "txtai": "txtai `index`"}[name]
    arguments = [os.path.join(BUILD, f"{own.language}.onnx")] if name == "onnx" else []
    try:
        with contextlib.closing(start_peer(name, own.work, own.model, own.texts_path, *arguments)) as peer:
            measures = {"ours": lambda: _encoder_seconds(encoder, own), "theirs": lambda: _peer_seconds(peer)}
            times = taking_turns(_ROUNDS_BESIDE, measures)
    except PeerMissingError as error:
        times, against = {"ours": [_encoder_seconds(encoder, own)]}, f"{against}: {error}"
    _add_beside(table, own, "encoder alone", against, times)


@pytest.mark.timeout(3600)
def test_beside_semantra(own, table):
    against = "semantra, files to searchable, passages counted as the app divides them"
    indexing = Indexing(own)
    try:
        measures = {"theirs": lambda: semantra_seconds(own.model, own.files, own.work), "ours": indexing.seconds}
        times = taking_turns(1, measures)
    except PeerMissingError as error:
        times, against = {"ours": [indexing.seconds()]}, f"{against}: {error}"
    _add_beside(table, own, "from files to searchable", against, {**times, "ours": indexing.wall_clock})


def _add_beside(table, own, what, against, times):
    rates = {name: len(own.texts) / statistics.median(seconds) for name, seconds in times.items()}
    what = f"{_NAMES[own.language]}: {what}"
    table.add(Row(_SECTION, what, rates["ours"], "passages/s", against, rates.get("theirs"), more_is_better=True))


def _encoder_seconds(encoder, own):
    return seconds_of(lambda: encoder.embed_now(BUNDLED[own.language], own.texts, TextKind.PASSAGE))


class Indexing:
    """Indexes the same files again and again, each time into a new library; `wall_clock` are the processes' seconds."""

    def __init__(self, own):
        self._own = own
        self.wall_clock = []

    def seconds(self):
        """Return the seconds that the command tells."""
        library = os.path.join(self._own.work, "library")
        shutil.rmtree(library, ignore_errors=True)
        started = time.perf_counter()
        told = run_json("index", self._own.files, "--library", library, "--device", "cpu", timeout=3600)
        self.wall_clock.append(time.perf_counter() - started)
        assert told["embedded_passages"] == len(self._own.texts)
        return told["seconds"]
