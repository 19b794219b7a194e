"""The encoder process, with the real weights."""

from __future__ import annotations

import os
import queue
import re
import signal
import sys
import threading
import time

import numpy as np
import openvino as ov
import psutil
import pytest

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.precision import candidates
from bge_desktop.errors import EncoderError

PASSAGE = "A passage about the sea and the ships that sail on it. " * 12


@pytest.fixture(scope="module")
def encoder():
    own = Encoder("cpu")
    yield own
    own.close()


def embed_later(encoder, texts, kind):
    answers = queue.SimpleQueue()
    encoder.embed(BUNDLED["en"], texts, answers.put, kind)
    return answers


def test_vectors_come_in_the_order_of_the_texts(encoder):
    texts = ["short", PASSAGE, "a little longer text"]
    together = encoder.embed_now(BUNDLED["en"], texts, TextKind.PASSAGE)
    alone = np.concatenate([encoder.embed_now(BUNDLED["en"], [text], TextKind.PASSAGE) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.9999


def test_only_a_query_gets_the_instruction(encoder):
    kinds = (TextKind.QUERY, TextKind.PASSAGE, TextKind.SENTENCE)
    query, passage, sentence = (encoder.embed_now(BUNDLED["en"], ["lease"], kind)[0] for kind in kinds)
    spelt_out = "Represent this sentence for searching relevant passages: lease"
    assert encoder.embed_now(BUNDLED["en"], [spelt_out], TextKind.PASSAGE)[0] @ query > 0.9999
    assert passage @ sentence > 0.9999
    assert passage @ query < 0.99


def test_a_query_overtakes_passages(encoder):
    passages = embed_later(encoder, [PASSAGE] * 24, TextKind.PASSAGE)
    encoder.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY)
    assert passages.empty()
    assert passages.get(timeout=60).shape == (24, 384)


def test_passages_wait_while_someone_types(encoder):
    encoder.hold(1.0)
    started = time.monotonic()
    passages = embed_later(encoder, [PASSAGE], TextKind.PASSAGE)
    encoder.embed_now(BUNDLED["en"], ["typed"], TextKind.QUERY)
    assert passages.empty()
    passages.get(timeout=60)
    assert time.monotonic() - started >= 1.0


def test_dropped_requests_are_never_answered(encoder):
    sentences = embed_later(encoder, [PASSAGE] * 24, TextKind.SENTENCE)
    encoder.drop(TextKind.SENTENCE)
    encoder.embed_now(BUNDLED["en"], [PASSAGE], TextKind.PASSAGE)  # would wait behind them
    assert sentences.empty()


def test_a_killed_process_is_restarted_and_nothing_is_lost(encoder):
    encoder.embed_now(BUNDLED["en"], ["warm"], TextKind.QUERY)
    before = encoder.pid
    passages = embed_later(encoder, [PASSAGE] * 24, TextKind.PASSAGE)
    os.kill(before, signal.SIGKILL)
    assert encoder.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY).shape == (1, 384)
    assert passages.get(timeout=60).shape == (24, 384)
    assert encoder.pid != before


def test_a_process_that_dies_again_and_again_is_an_error(monkeypatch):
    monkeypatch.setattr("bge_desktop.processes.child_command", lambda role: ["false"])
    own = Encoder("cpu")
    with pytest.raises(EncoderError, match="ended 3 times"):
        own.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY)
    own.close()


def test_a_device_that_is_not_there_is_an_error():
    own = Encoder("mps")
    with pytest.raises(EncoderError, match="no MPS device"):
        own.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY)
    own.close()


def test_the_device_is_told():
    told = queue.SimpleQueue()
    own = Encoder("cpu", told.put)
    own.embed_now(BUNDLED["zh"], ["词"], TextKind.QUERY)
    own.close()
    assert re.fullmatch("OpenVINO (bf16|fp16|int8|fp32) on the processor", told.get(timeout=1))


def test_passages_have_the_precision_measured_and_queries_follow(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_CACHE", str(tmp_path))
    told = [device_of(Encoder("cpu", in_background=own), kind) for own, kind in TURNS]
    capabilities = ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    assert f"OpenVINO {candidates(capabilities)[0]} on the processor" == told[0]
    assert told[1] == told[2]


TURNS = ((False, TextKind.QUERY), (True, TextKind.PASSAGE), (False, TextKind.QUERY))
"""Whether a process is for passages, and what is embedded."""


def device_of(encoder, kind):
    told = queue.SimpleQueue()
    encoder._on_ready = told.put
    encoder.embed_now(BUNDLED["en"], [PASSAGE], kind)
    encoder.close()
    return told.get(timeout=1)


def test_passages_of_many_requests_come_back_to_their_own(encoder):
    texts = [f"passage {number} about {PASSAGE[: 7 * number]}" for number in range(24)]
    answers = [embed_later(encoder, texts[at : at + 4], TextKind.PASSAGE) for at in range(0, 24, 4)]
    together = np.concatenate([own.get(timeout=60) for own in answers])
    alone = encoder.embed_now(BUNDLED["en"], texts, TextKind.PASSAGE)
    assert (together * alone).sum(axis=1).min() > 0.9999


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory that a process had")
@pytest.mark.parametrize("in_background", [True, False])
def test_the_process_stays_small_with_both_models_and_the_longest_passages(in_background):
    own = Encoder("cpu", in_background=in_background)
    longest = {"en": [PASSAGE * 8] * 8, "zh": ["猫和狗" * 400] * 8}
    for language, texts in [*longest.items()] * 2:
        short = [text[: 40 * number] for number, text in enumerate(texts)]
        assert len(own.embed_now(BUNDLED[language], [*texts, *short], TextKind.PASSAGE)) == 16
    with open(f"/proc/{own.pid}/status", encoding="ascii") as file:
        [most] = [int(line.split()[1]) for line in file if line.startswith("VmHWM")]
    own.close()
    assert most < 600_000  # kilobytes


def test_closing_leaves_no_process_and_no_thread():
    threads = set(threading.enumerate())
    own = Encoder("cpu")
    own.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY)
    pid = own.pid
    own.close()
    assert set(threading.enumerate()) == threads
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_process_without_work_leaves_and_the_next_request_starts_another():
    own = Encoder("cpu", quiet_s=0.2)
    own.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY)
    first = own.pid
    wait_until(lambda: own.pid is None)
    wait_until(lambda: not psutil.pid_exists(first))
    assert own.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY).shape == (1, 384)
    assert own.pid != first
    own.close()


def test_a_process_that_owes_an_answer_stays_however_quiet_it_is():
    own = Encoder("cpu", quiet_s=0.05)
    assert own.embed_now(BUNDLED["en"], [PASSAGE] * 48, TextKind.PASSAGE).shape == (48, 384)
    own.close()


def test_no_request_falls_between_leaving_and_coming_back():
    """Each request comes at about the moment at which the process leaves: some find it, others start the next."""
    quiet_s, pids = 0.1, []
    own = Encoder("cpu", quiet_s=quiet_s)
    own.embed_now(BUNDLED["en"], ["warm"], TextKind.QUERY)
    for step in range(16):
        asked = time.monotonic()
        assert own.embed_now(BUNDLED["en"], [f"query {step}"], TextKind.QUERY).shape == (1, 384)
        pids.append(own.pid)
        time.sleep(max(0.0, asked + quiet_s + (step % 9 - 4) * 0.001 - time.monotonic()))
    own.close()
    assert len(set(pids)) > 1


def threads_of(pid):
    return psutil.Process(pid).environ()["BGE_DESKTOP_THREADS"]


def test_another_number_of_threads_holds_from_the_next_batch_on_and_nothing_in_hand_is_lost():
    own = Encoder("cpu", threads=1)
    own.embed_now(BUNDLED["en"], ["warm"], TextKind.QUERY)
    first = own.pid
    assert threads_of(first) == "1"
    waiting = [embed_later(own, [PASSAGE] * 24, TextKind.PASSAGE) for _ in range(3)]
    own.use(threads=2, quiet_s=None)
    assert own.pid != first
    assert threads_of(own.pid) == "2"
    assert [answers.get(timeout=60).shape for answers in waiting] == [(24, 384)] * 3
    assert all(answers.empty() for answers in waiting)
    wait_until(lambda: not psutil.pid_exists(first))
    own.close()


def test_a_process_at_rest_leaves_when_its_settings_change_and_stays_when_they_do_not():
    own = Encoder("cpu", threads=1, quiet_s=600)
    own.embed_now(BUNDLED["en"], ["warm"], TextKind.QUERY)
    first = own.pid
    own.use(threads=1, quiet_s=600)
    assert own.pid == first
    own.use(threads=1, quiet_s=0.1)
    assert own.pid is None
    wait_until(lambda: not psutil.pid_exists(first))
    assert own.embed_now(BUNDLED["en"], ["a query"], TextKind.QUERY).shape == (1, 384)
    wait_until(lambda: own.pid is None)
    own.close()


def test_closing_waits_for_a_process_that_another_has_taken_over_from():
    threads = set(threading.enumerate())
    own = Encoder("cpu", threads=1)
    own.embed_now(BUNDLED["en"], ["warm"], TextKind.QUERY)
    embed_later(own, [PASSAGE] * 24, TextKind.PASSAGE)
    pids = [own.pid]
    own.use(threads=2, quiet_s=None)
    pids.append(own.pid)
    own.close()
    assert set(threading.enumerate()) <= threads
    assert not any(map(psutil.pid_exists, pids))


def test_where_no_new_process_can_be_started_what_was_owed_is_an_error(monkeypatch):
    own = Encoder("cpu", threads=1)
    own.embed_now(BUNDLED["en"], ["warm"], TextKind.QUERY)
    waiting = embed_later(own, [PASSAGE] * 24, TextKind.PASSAGE)
    monkeypatch.setattr("bge_desktop.processes.child_command", lambda role: ["/nowhere/at/all"])
    own.use(threads=2, quiet_s=None)
    assert isinstance(waiting.get(timeout=60), EncoderError)
    own.close()


@pytest.mark.skipif(sys.platform == "win32", reason="nice is POSIX's")
def test_passages_are_embedded_behind_all_other_work():
    own = Encoder("cpu", in_background=True)
    own.embed_now(BUNDLED["en"], ["a passage"], TextKind.PASSAGE)
    assert psutil.Process(own.pid).nice() >= 10
    own.close()


def wait_until(condition):
    """The deadline is generous: no test here is a timed one."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)
