"""A small cross-encoder that has learnt something: which of several statements about a thing answers a question."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForSequenceClassification

from tests.small_models import bert_config, save_trained, word_piece

THINGS = (
    "boiler",
    "roof",
    "garden",
    "piano",
    "bicycle",
    "kitchen",
    "chimney",
    "lift",
    "cellar",
    "fence",
    "oven",
    "car",
)
QUESTIONS = ("What does the {} cost?", "Who looks after the {}?", "When is the {} seen to?")
ANSWERS = ("For the {}, {} euros are due.", "Mr {1} comes for the {0}.", "The {} has its turn in {}.")
_DETAILS = (
    ("forty", "ninety", "sixty", "twelve", "seventy", "eighty"),
    ("Miller", "Baker", "Hunter", "Potter", "Mason", "Turner"),
    ("March", "April", "July", "October", "January", "August"),
)
_ECHO = "{0} That is what we wondered, and asked again: {0}"
_NETWORK = {
    "hidden_size": 64,
    "intermediate_size": 128,
    "initializer_range": 0.1,
    "hidden_dropout_prob": 0.0,
    "attention_probs_dropout_prob": 0.0,
}
_STEPS, _QUERIES = 250, 8


def echo(question: str) -> str:
    """Return a passage that has all the words of a question, and does not answer it."""
    return _ECHO.format(question)


def answer(kind: int, thing: str, detail: str) -> str:
    """Return a passage that answers a question of a kind about a thing."""
    return ANSWERS[kind].format(thing, detail)


def train_reranker(folder: Path) -> Path:
    """Train a BERT of two layers to score answers above all else, save it, and return its folder; some seconds."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # the network is so small that threads would only wait for each other
    try:
        return save_trained(folder, *_trained())
    finally:
        torch.set_num_threads(threads)


def _trained() -> tuple[BertForSequenceClassification, Tokenizer]:
    torch.manual_seed(0)
    chance = random.Random(0)
    tokenizer = word_piece([*QUESTIONS, *ANSWERS, _ECHO, *THINGS, *(detail for own in _DETAILS for detail in own)])
    tokenizer.enable_padding(pad_token="[PAD]")
    network = BertForSequenceClassification(bert_config(tokenizer, num_labels=1, **_NETWORK))
    network.train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    for _ in range(_STEPS):
        groups = [_group(chance) for _ in range(_QUERIES)]
        pairs = [(question, text) for question, texts in groups for text in texts]
        scores = network(**_inputs(tokenizer, pairs)).logits.view(_QUERIES, -1)
        loss = torch.nn.functional.cross_entropy(scores, torch.zeros(_QUERIES, dtype=torch.long))  # the first answers
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    tokenizer.no_padding()
    return network, tokenizer


def _inputs(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> dict[str, torch.Tensor]:
    columns = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    encoded = tokenizer.encode_batch(pairs)
    return {name: torch.tensor([getattr(own, column) for own in encoded]) for name, column in columns.items()}


def _group(chance: random.Random) -> tuple[str, Sequence[str]]:
    """Return a question, its answer, and passages that do not answer it."""
    kind, thing = chance.randrange(len(QUESTIONS)), chance.choice(THINGS)
    question = QUESTIONS[kind].format(thing)
    details = [chance.choice(own) for own in _DETAILS]
    other = chance.choice([own for own in THINGS if own != thing])
    wrong = [answer(own, thing, details[own]) for own in range(len(ANSWERS)) if own != kind]
    return question, [answer(kind, thing, details[kind]), echo(question), *wrong, answer(kind, other, details[kind])]
