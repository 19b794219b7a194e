"""The most telling sentence of results that were found by meaning: words do not say which one answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.script import Language, is_cjk, language_of
from bge_desktop.extract.passages import sentences
from bge_desktop.messages import SearchResult, Span, Why


@dataclass(frozen=True)
class SentenceTask:
    """Sentences of results to be embedded by one model.

    Attributes:
        language: of the model.
        spans: the path of the result, and the range within its passage, of each sentence [n].
        texts: the sentences themselves [n].
    """

    language: Language
    spans: tuple[tuple[str, Span], ...]
    texts: tuple[str, ...]

    def best(self, query: NDArray[np.float32], vectors: NDArray[np.float32]) -> tuple[tuple[str, Span], ...]:
        """Return for each result its sentence nearest to the query.

        Args:
            query: the query's normalised vector [dimension].
            vectors: the sentences' normalised vectors [n, dimension].
        """
        best: dict[str, tuple[float, Span]] = {}
        for (path, span), score in zip(self.spans, (vectors @ query).tolist(), strict=True):
            if path not in best or score > best[path][0]:
                best[path] = (score, span)
        return tuple((path, span) for path, (_, span) in best.items())


# In characters, a CJK one counting for three: a heading names what is asked for and answers nothing.
_SHORTEST = 30
# Passages of the usual length hardly ever have more.
_MOST_SENTENCES = 40


def _whole_sentences(passage: str) -> list[Span]:
    """Return the sentences of a passage without headings and the like; all of them where there is nothing else.

    Of a passage as long as a document, neighbours count as one: each is embedded while somebody waits.
    """
    found = [Span(*span) for span in sentences(passage)]
    whole = [span for span in found if _length(passage[span.start : span.end]) >= _SHORTEST] or found
    together = -(-len(whole) // _MOST_SENTENCES)
    groups = (whole[first : first + together] for first in range(0, len(whole), together or 1))
    return [Span(own[0].start, own[-1].end) for own in groups]


def _length(text: str) -> int:
    return len(text) + 2 * sum(map(is_cjk, text))


def sentence_tasks(results: Sequence[SearchResult], languages: Iterable[Language]) -> list[SentenceTask]:
    """Return what to embed to know the most telling sentence of each result that was found by meaning."""
    tasks = []
    for language in languages:
        own = [r for r in results if r.why is Why.MEANING and language_of(r.passage) == language]
        ranges = [(result, span) for result in own for span in _whole_sentences(result.passage)]
        spans = tuple((result.path, span) for result, span in ranges)
        texts = tuple(result.passage[span.start : span.end] for result, span in ranges)
        if texts:
            tasks.append(SentenceTask(language, spans, texts))
    return tasks
