"""Cross-encoders: the same numbers as transformers' own, on small random ones."""

from __future__ import annotations

import queue

import numpy as np
import pytest
import torch
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast

from bge_desktop.bge import tokenizer
from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.openvino_cross_encoder import OpenVinoCrossEncoder
from bge_desktop.bge.pairs import encode_pairs, pair_types
from bge_desktop.bge.reranker_folder import read_reranker
from bge_desktop.bge.scoring import CrossEncoderScorer
from bge_desktop.bge.torch_cross_encoder import TorchCrossEncoder
from bge_desktop.errors import EncoderError, TextsError, UserError
from bge_desktop.search.reranking import scored_now
from tests.small_models import TEXTS, save_bert_reranker, save_xlm_roberta_reranker

MAKERS = {"bert": save_bert_reranker, "xlm-roberta": save_xlm_roberta_reranker}
QUERY = TEXTS[1]
LONG = " ".join(TEXTS) * 4
PASSAGES = (*TEXTS, LONG, "")


@pytest.fixture(scope="module", params=MAKERS)
def folder(request, tmp_path_factory):
    return MAKERS[request.param](tmp_path_factory.mktemp("rerankers") / request.param)


@pytest.fixture(scope="module")
def model(folder):
    return read_reranker(str(folder))


@pytest.fixture(scope="module")
def encoder():
    own = Encoder("cpu")
    yield own
    own.close()


def peer_tokenizer(folder):
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if folder.name == "bert" else [])]
    padding = "[PAD]" if folder.name == "bert" else "<pad>"
    path = str(folder / "tokenizer.json")
    return PreTrainedTokenizerFast(tokenizer_file=path, pad_token=padding, model_input_names=names)


def peer_scores(folder, query, passages, longest):
    """Return what transformers makes of the pairs, [passages]."""
    peer = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    options = {"truncation": "only_second", "max_length": longest, "padding": True, "return_tensors": "pt"}
    inputs = peer_tokenizer(folder)([query] * len(passages), list(passages), **options)
    with torch.no_grad():
        return peer(**inputs).logits[:, 0].numpy()


def padded(model, query, passages):
    return tokenizer.pad(encode_pairs(model, query, passages), None, model.padding)


@pytest.mark.parametrize("load", [lambda m: OpenVinoCrossEncoder(m, "fp32"), lambda m: TorchCrossEncoder(m, "cpu")])
def test_the_scores_are_those_of_transformers(folder, model, load):
    own = load(model).embed(*padded(model, QUERY, PASSAGES))
    expected = peer_scores(folder, QUERY, PASSAGES, model.max_tokens)
    assert expected.std() > 0.1  # else any would do
    np.testing.assert_allclose(own[:, 0], expected, atol=1e-4)


def test_only_the_passage_is_cut(folder, model):
    [ids] = encode_pairs(model, QUERY, [LONG])
    assert len(ids) == model.max_tokens
    assert ids[: ids.index(ids[-1])] == peer_tokenizer(folder)(QUERY)["input_ids"][:-1]


def test_a_query_that_would_leave_no_room_is_cut_to_half(model):
    short, long = encode_pairs(model, LONG, ["", LONG])
    assert len(short) < model.max_tokens // 2 + 6
    assert len(long) == model.max_tokens


def test_what_looks_like_a_separator_in_a_text_is_none(model):
    if model.architecture != "bert":
        pytest.skip("the tokens of the passage are of no other type")
    [ids] = encode_pairs(model, "notice [SEP]", [TEXTS[0]])
    assert ids.count(ids[-1]) == 2


def test_types_tell_the_passage_from_the_query():
    ids = np.array([[1, 7, 8, 2, 9, 2, 0, 0], [1, 7, 2, 9, 9, 9, 9, 2]])
    mask = np.array([[1, 1, 1, 1, 1, 1, 0, 0], [1] * 8])
    assert pair_types(ids, mask).tolist() == [[0, 0, 0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1, 1, 1]]


def test_the_process_scores_in_the_order_of_the_passages(folder, model, encoder):
    scores = scored_now(CrossEncoderScorer(encoder, model), QUERY, PASSAGES)
    expected = peer_scores(folder, QUERY, PASSAGES, model.max_tokens)
    assert scores.shape == (len(PASSAGES),)
    np.testing.assert_allclose(scores, expected, atol=0.1)  # in bf16, where the processor has it
    assert np.corrcoef(scores, expected)[0, 1] > 0.99


def test_without_passages_the_model_is_got_ready(model, encoder):
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    encoder.score(model, "", [], answers.put)
    assert answers.get(timeout=60).shape == (0, 1)


def test_what_is_given_up_is_not_answered(model, encoder):
    scorer, answers = CrossEncoderScorer(encoder, model), queue.SimpleQueue()
    scorer.score(QUERY, [LONG] * 400, answers.put)
    scorer.give_up()
    assert len(scored_now(scorer, QUERY, PASSAGES)) == len(PASSAGES)
    assert answers.empty()


def test_a_model_that_has_gone_is_told_in_words(tmp_path, encoder):
    gone = read_reranker(str(save_bert_reranker(tmp_path / "gone")))
    (tmp_path / "gone" / "model.safetensors").unlink()
    with pytest.raises(UserError, match="gone"):
        scored_now(CrossEncoderScorer(encoder, gone), QUERY, PASSAGES)


def test_a_process_that_dies_is_started_again(model):
    encoder = Encoder("cpu")
    try:
        scorer = CrossEncoderScorer(encoder, model)
        before = scored_now(scorer, QUERY, PASSAGES)
        answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        scorer.score(QUERY, PASSAGES, answers.put)
        encoder._process.kill()
        np.testing.assert_array_equal(answers.get(timeout=60), before)
    finally:
        encoder.close()


def test_one_that_dies_each_time_is_given_up_in_words_of_its_own(model):
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    CrossEncoderScorer(Dying(), model).score(QUERY, PASSAGES, answers.put)
    assert isinstance(error := answers.get_nowait(), EncoderError)
    assert "does not run here" in error.message


class Dying:
    """An encoder whose process ends whenever it is asked."""

    def score(self, _model, _query, _passages, done):
        done(TextsError("Embedding failed", "The process that embeds texts ended 3 times."))


def test_pairs_come_after_what_is_wanted_sooner():
    kinds = [TextKind.QUERY, TextKind.SENTENCE, TextKind.PAIR, TextKind.PASSAGE]
    assert sorted(TextKind, key=lambda kind: kind.priority) == kinds
