"""What the encoder process does where something fails; `test_encoder` tests the real one."""

from __future__ import annotations

import numpy as np
import pytest

from bge_desktop.bge import devices, encoder_process, tokenizer
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from bge_desktop.errors import EncoderError

POISON = "poison"
_POISONED = tokenizer.encode(BUNDLED["en"], [POISON])[0][1]


class Channel:
    """The parent's end."""

    def __init__(self):
        self.replies = {}

    def reply(self, header, payload=b""):
        self.replies[header.get("id", "ready")] = header


class Poisoned:
    """An encoder that one word is too much for."""

    name, budget = "somewhere", 512

    def embed(self, token_ids, mask):
        if (token_ids == _POISONED).any():
            raise RuntimeError("out of memory")
        return np.ones((len(token_ids), 384), np.float32)


class Broken:
    """An encoder on a device that has gone."""

    name, budget = "on the card", 512

    def embed(self, token_ids, mask):
        raise RuntimeError("the device is gone")


@pytest.fixture
def start(monkeypatch):
    def started(load, device="cpu"):
        monkeypatch.setattr(encoder_process, "ParentChannel", Channel)
        monkeypatch.setattr(devices, "choose", lambda wanted: "cuda" if wanted == "auto" else wanted)
        monkeypatch.setattr(devices, "load", load)
        return encoder_process._EncoderServer(device, 0, in_background=False)

    return started


def ask(server, *requests):
    """Return the replies by request, once there is one to each."""
    for number, texts in enumerate(requests):
        server._accept(
            {"op": "embed", "id": number, "model": BUNDLED["en"].described(), "kind": TextKind.PASSAGE, "texts": texts}
        )
    replies = server._channel.replies
    while not all(number in replies for number in range(len(requests))):
        server.go_on_with(server._tasks.first())
    return [replies[number] for number in range(len(requests))]


def test_of_requests_that_share_a_batch_only_the_one_that_fails_is_refused(start):
    server = start(lambda *_, **__: Poisoned())
    before, failed, after = ask(server, ["sea", "ship"], ["calm", POISON], ["harbour"])
    assert before["shape"] == (2, 384)
    assert after["shape"] == (1, 384)
    assert failed["is_texts"]
    assert "out of memory" in failed["error"]["message"]


def test_where_the_card_fails_the_processor_goes_on_and_nothing_is_lost(start):
    server = start(lambda model, device, *_, **__: Broken() if device == "cuda" else Poisoned(), "auto")
    first, second = ask(server, ["sea", "ship"], ["harbour"])
    assert (first["shape"], second["shape"]) == ((2, 384), (1, 384))
    assert server._channel.replies["ready"] == {"ready": "somewhere"}


def test_where_a_model_cannot_be_loaded_on_the_card_the_processor_goes_on(start):
    def load(model, device, *_, **__):
        if device == "cuda":
            raise RuntimeError("no memory on the card")
        return Poisoned()

    [answer] = ask(start(load, "auto"), ["sea"])
    assert answer["shape"] == (1, 384)


def test_a_model_that_cannot_be_loaded_is_told_and_tried_again_the_next_time(start):
    tries = []

    def load(*_, **__):
        tries.append(1)
        if len(tries) == 1:
            raise EncoderError("Device not available", "There is none.")
        return Poisoned()

    server = start(load)
    [refused] = ask(server, ["sea"])
    assert refused["error"]["title"] == "Device not available"
    assert not refused["is_texts"]
    server._channel.replies.clear()
    [answer] = ask(server, ["sea"])
    assert answer["shape"] == (1, 384)


def test_no_texts_have_no_vectors(start):
    [answer] = ask(start(lambda *_, **__: Poisoned()), [])
    assert answer["shape"] == (0, 384)
