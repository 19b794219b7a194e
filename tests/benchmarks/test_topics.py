"""Topics against true groups: how near they are (V-measure), against k-means on words and on the same vectors.

Of descriptions of packages by section, where a group is a subject, topics are to be ten points nearer than k-means on
TF-IDF (of words; of Chinese, by jieba), and as near as k-means on the same vectors. Of manual pages by section, where
what is said of a function and of a command differs more in form than in subject, both are shown without a bar. The
peers have as many groups as there are topics, and as there are true groups. Each has five runs: on TF-IDF the best one
counts, though nobody could tell which that is, and on the same vectors their mean.
"""

from __future__ import annotations

import dataclasses
import os
import re

import jieba
import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import v_measure_score

from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from bge_desktop.library.library import reading
from bge_desktop.understand.clustering import gathered, grouped
from bge_desktop.understand.projection import Projection
from bge_desktop.understand.spaces import document_vectors, documents_in, spaces_of
from tests.benchmarks.package_descriptions import descriptions
from tests.benchmarks.table import Bar, Row

_SEEDS = 5
_BETTER = 10.0  # points
_SECTION = re.compile(r"\.(\d)[^.]*(?:\.[^.\d]+)*$")


@dataclasses.dataclass(frozen=True)
class _Collection:
    """Texts, their true groups, and their vectors."""

    what: str
    language: str
    texts: list[str]
    groups: np.ndarray
    vectors: np.ndarray


@pytest.mark.parametrize("language", ["en", "zh"])
def test_package_descriptions(encoder, table, language):
    packages = descriptions(language)
    if not packages:
        pytest.skip("apt's lists are not there: see package_descriptions.py")
    texts = [own.text for own in packages]
    vectors = encoder.embed_now(BUNDLED[language], texts, TextKind.PASSAGE)
    groups = np.array([own.section for own in packages])
    gains = _measure(table, _Collection("packages", language, texts, groups, vectors), has_bar=True)
    assert min(gains["TF-IDF"]) >= _BETTER
    assert min(gains["the same vectors"]) >= 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_manual_pages(library, table, language):
    with reading(library) as opened:
        space = next(own for own in spaces_of(opened.models) if own.name == language)
        documents, vectors = document_vectors(opened.db, space, documents_in(opened.db, space))
        sql = "SELECT document_id, path, unpacked(text) FROM files JOIN documents ON documents.id = document_id"
        found = {row[0]: row[1:] for row in opened.db.execute(sql)}
    pages = [found[document] for document in documents.tolist()]
    sections = [_SECTION.search(os.path.basename(os.fsdecode(path))) for path, _ in pages]
    rows = [row for row, section in enumerate(sections) if section]
    groups = np.array([sections[row][1] for row in rows])
    texts = [pages[row][1] for row in rows]
    _measure(table, _Collection("manual pages", language, texts, groups, vectors[rows]), has_bar=False)


def _measure(table, collection, *, has_bar):
    """Add the rows; return by how many points the topics are nearer than each peer."""
    points = Projection.fitted(collection.vectors)(collection.vectors)
    lowest = grouped(points)
    upper = gathered(points, lowest)[lowest]
    own = {"lowest": _nearness(collection, lowest), "upper": _nearness(collection, upper)}
    counts = {"as many": int(lowest.max()) + 1, "the true number": len(set(collection.groups))}
    what = f"V-measure, {collection.what} {collection.language}, {counts['as many']} topics"
    gains = {}
    for name, values in (("TF-IDF", _tf_idf(collection)), ("the same vectors", collection.vectors)):
        better = _BETTER if name == "TF-IDF" else 0.0
        for number, count in counts.items():
            runs = [_nearness(collection, _k_means(values, count, seed)) for seed in range(_SEEDS)]
            theirs = max(runs) if name == "TF-IDF" else float(np.mean(runs))
            bar = Bar(at_least=round(theirs + better, 1)) if has_bar else None
            against = f"k-means on {name}, {number} ({count})"
            table.add(Row("topics", what, own["lowest"], "", against, theirs, more_is_better=True, bar=bar))
            gains.setdefault(name, []).append(own["lowest"] - theirs)
    figures = {**own, "topics": counts["as many"], "upper topics": int(upper.max()) + 1, "gains": gains}
    table.report(f"topics {collection.what} {collection.language}", figures)
    return gains


def _nearness(collection, groups):
    return 100 * float(v_measure_score(collection.groups, groups))


def _k_means(values, count, seed):
    return KMeans(count, n_init=5, random_state=seed).fit_predict(values)


def _tf_idf(collection):
    common = {"sublinear_tf": True, "min_df": 2, "max_df": 0.5}
    if collection.language == "zh":
        return TfidfVectorizer(tokenizer=_chinese_words, token_pattern=None, **common).fit_transform(collection.texts)
    return TfidfVectorizer(stop_words="english", **common).fit_transform(collection.texts)


def _chinese_words(text):
    return [word for word in jieba.lcut(text.lower()) if any(map(str.isalnum, word))]
