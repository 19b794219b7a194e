"""Labels from eight examples each: how often the surest one is right, against words, and how true its confidence is.

The peer is TF-IDF (of words; of Chinese, by jieba) with logistic regression, whichever strength does better. Both know
the whole collection, and no more than the examples of what is in which section.
"""

from __future__ import annotations

import jieba
import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from bge_desktop.library.label_guesses import LEAST_CONFIDENCE
from bge_desktop.understand.label_confidence import confidences, learn
from bge_desktop.understand.label_learning import Examples, Learner
from tests.benchmarks import scale
from tests.benchmarks.package_descriptions import SECTIONS, descriptions
from tests.benchmarks.table import Bar, Row

_EXAMPLES = (8, 3)
_DRAWS = scale.of(20, 5)
_STRENGTHS = (1.0, 10.0)
_BINS = 10
_NONE = np.empty(0, np.int64)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_labels(encoder, table, language):
    packages = descriptions(language)
    if not packages:
        pytest.skip("apt's lists are not there: see package_descriptions.py")
    sections = np.array([SECTIONS.index(own.section) for own in packages])
    texts = [own.text for own in packages]
    vectors = encoder.embed_now(BUNDLED[language], texts, TextKind.PASSAGE)
    words = _tf_idf(language, texts)
    for count in _EXAMPLES:
        draws = [_drawn(sections, count, number) for number in range(_DRAWS)]
        found = [_learnt(vectors, sections, examples) for examples in draws]
        half, one = (
            [_learnt(vectors, sections, _some(examples, number, some)) for number, examples in enumerate(draws)]
            for some in (len(SECTIONS) // 2, 1)
        )
        accuracy = 100 * float(np.mean([own.accuracy for own in found]))
        theirs = 100 * max(float(np.mean([_by_words(words, sections, own, c) for own in draws])) for c in _STRENGTHS)
        error, error_of_half, error_of_one = (_calibration_error(own) for own in (found, half, one))
        is_bar, what = count == _EXAMPLES[0], f"{language}, {count} examples of each of {len(SECTIONS)}"
        bar, limit = (Bar(at_least=round(theirs + 10, 1)), Bar(at_most=0.1)) if is_bar else (None, None)
        peer = "TF-IDF + logistic regression"
        table.add(Row("labels", f"right, {what}", accuracy, "%", peer, theirs, more_is_better=True, bar=bar))
        table.add(Row("labels", f"calibration error, {what}", error, "", bar=limit))
        what = f"{language}, {count} examples of each of {len(SECTIONS) // 2}, among as many others"
        table.add(Row("labels", f"calibration error, {what}", error_of_half, ""))
        what = f"{language}, {count} examples of one, among {len(SECTIONS) - 1} others"
        limit_of_one = Bar(at_most=0.15) if is_bar else None
        table.add(Row("labels", f"calibration error, {what}", error_of_one, "", bar=limit_of_one))
        assert not is_bar or (accuracy >= theirs + 10 and error <= 0.1 and error_of_one <= 0.15)


class _Found:
    """What was found: how often the surest label is right, and of each proposal how sure it was, and whether right."""

    def __init__(self, sure, sections, examples):
        tested = np.setdiff1d(np.arange(len(sections)), np.concatenate(list(examples.values())))
        labels = np.array(list(examples))
        self.accuracy = np.mean(labels[sure[tested].argmax(1)] == sections[tested])
        is_proposed = sure[tested] >= LEAST_CONFIDENCE
        self.sure = sure[tested][is_proposed]
        self.is_right = (sections[tested][:, np.newaxis] == labels)[is_proposed]


def _drawn(sections, count, number):
    random = np.random.default_rng(number)
    return {own: np.sort(random.permutation(np.flatnonzero(sections == own))[:count]) for own in range(len(SECTIONS))}


def _some(examples, number, count):
    """Return the examples of so many of the sections: of the others, nothing is known."""
    chosen = np.random.default_rng(number).permutation(len(examples))[:count]
    return {own: examples[own] for own in chosen.tolist()}


def _learnt(vectors, sections, examples):
    rest = np.sort(np.random.default_rng(0).permutation(len(sections))[:1000])
    weights = learn(Learner(vectors, rest), {label: Examples(own, _NONE) for label, own in examples.items()})
    return _Found(confidences(vectors, np.stack([weights[own] for own in examples])), sections, examples)


def _by_words(words, sections, examples, strength):
    learnt_from = np.concatenate(list(examples.values()))
    tested = np.setdiff1d(np.arange(len(sections)), learnt_from)
    model = LogisticRegression(C=strength, max_iter=1000).fit(words[learnt_from], sections[learnt_from])
    return np.mean(model.predict(words[tested]) == sections[tested])


def _tf_idf(language, texts):
    if language == "zh":
        return TfidfVectorizer(tokenizer=_chinese_words, token_pattern=None, sublinear_tf=True).fit_transform(texts)
    return TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)


def _chinese_words(text):
    return [word for word in jieba.lcut(text.lower()) if any(map(str.isalnum, word))]


def _calibration_error(found):
    """Return the expected calibration error: how far confidence is from the share of right ones, over ten bins."""
    sure, is_right = np.concatenate([own.sure for own in found]), np.concatenate([own.is_right for own in found])
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = (abs(np.sum(sure[bins == own]) - np.sum(is_right[bins == own])) for own in np.unique(bins))
    return float(sum(gaps)) / len(sure)
