"""Real tasks of every type for `mteb`, made from manual pages: see `write` for what is taken for what."""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bge_desktop.evaluate.known_item import read_queries
from tests.benchmarks import scale

_SEED = 1993
_QUERIES = scale.of(200, 48)
_CANDIDATES = 20
_RERANKED = 5  # one of so many queries: each has twenty pages to embed
_PAGES_A_SECTION = scale.of(40, 20)
_FEWEST_PAGES = 16
_BEGINNING = 600  # characters: enough to tell what a page is of
_FAMILY = 5  # characters that the names of pages of one program have in common
_NAME = re.compile(r"(?P<name>.+)\.(?P<section>[^.]+)\.txt")


@dataclass(frozen=True)
class Page:
    """A manual page: its name, its section, and its text."""

    name: str
    section: str
    text: str


def write_all(folder: str, documents: str, queries: str) -> None:
    """Write tasks of all six types on the pages of one language.

    - retrieval: a page's one-line description, which does not stand in it, finds the page among all described ones.
    - reranking: the same description, with the page among the first twenty others by BM25.
    - classification and clustering: the beginning of a page; its section is the label.
    - pair classification: a description with the beginning of its page (1), or of the first other by BM25 (0).
    - STS: the beginning and the end of pages. The score is how near they are: 3 of one page, 2 of pages of one program,
      1 of one section, 0 of two sections.

    Args:
        folder: that takes them.
        documents: the folder with the pages of the language.
        queries: the file with their descriptions.
    """
    os.makedirs(folder)
    rng = random.Random(_SEED)
    pages = {page.name: page for page in _pages(documents)}
    asked = _asked(pages, queries)[:_QUERIES]
    searched = list({page.name: page for _, page in asked}.values())
    first = _first_by_bm25(asked, searched)
    _write_retrieval(folder, asked, searched)
    _write_lines(folder, "reranking", _reranking(asked[::_RERANKED], first[::_RERANKED]))
    _write_lines(folder, "pair-classification", _pairs(asked, first))
    labelled = [{"text": page.text[:_BEGINNING], "label": page.section} for page in _of_sections(pages.values(), rng)]
    _write_lines(folder, "classification", labelled)
    _write_lines(folder, "clustering", labelled)
    _write_lines(folder, "sts", _graded(list(pages.values()), rng))


def write_retrieval(folder: str, documents: str, queries: str) -> None:
    """Write the retrieval of all described pages among all pages of one language; see `write_all`."""
    os.makedirs(folder)
    pages = {page.name: page for page in _pages(documents)}
    _write_retrieval(folder, _asked(pages, queries), list(pages.values()))


def _asked(pages: Mapping[str, Page], queries: str) -> list[tuple[str, Page]]:
    return [(item.query, pages[item.file_name]) for item in read_queries(queries) if item.file_name in pages]


def _pages(folder: str) -> Iterable[Page]:
    for name in sorted(os.listdir(folder)):
        if match := _NAME.fullmatch(name):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                yield Page(name, match["section"], file.read())


def _first_by_bm25(asked: Sequence[tuple[str, Page]], pages: Sequence[Page]) -> list[list[Page]]:
    """Return for each query the pages that share the most telling words with it, by FTS5, without its own."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE pages USING fts5(text)")
    rows = [(number, " ".join(_words(page.text))) for number, page in enumerate(pages)]
    db.executemany("INSERT INTO pages (rowid, text) VALUES (?, ?)", rows)
    sql = "SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY bm25(pages) LIMIT ?"
    found = []
    for query, own in asked:
        match = " OR ".join(f'"{word}"' for word in _words(query))
        others = [pages[row] for (row,) in db.execute(sql, [match, _CANDIDATES + 1])]
        found.append([page for page in others if page is not own][:_CANDIDATES])
    return found


def _words(text: str) -> list[str]:
    """Return the words of a text, and each character of Chinese by itself."""
    return re.findall(r"[一-鿿]|[^\W一-鿿]+", text.lower())


def _write_retrieval(folder: str, asked: Sequence[tuple[str, Page]], pages: Sequence[Page]) -> None:
    _write_lines(folder, "corpus", ({"_id": page.name, "text": page.text} for page in pages))
    _write_lines(folder, "queries", ({"_id": str(row), "text": query} for row, (query, _) in enumerate(asked)))
    with open(os.path.join(folder, "qrels.tsv"), "w", encoding="utf-8") as file:
        file.writelines(f"{row}\t{page.name}\t1\n" for row, (_, page) in enumerate(asked))


def _reranking(asked: Sequence[tuple[str, Page]], first: Sequence[Sequence[Page]]) -> Iterable[Mapping[str, object]]:
    for (query, page), others in zip(asked, first, strict=True):
        if others:
            texts = [other.text[:_BEGINNING] for other in others]
            yield {"query": query, "positive": [page.text[:_BEGINNING]], "negative": texts}


def _pairs(asked: Sequence[tuple[str, Page]], first: Sequence[Sequence[Page]]) -> Iterable[Mapping[str, object]]:
    for (query, page), others in zip(asked, first, strict=True):
        for label, other in ((1, page), *((0, other) for other in others[:1])):
            yield {"sentence1": query, "sentence2": other.text[:_BEGINNING], "label": label}


def _of_sections(pages: Iterable[Page], rng: random.Random) -> list[Page]:
    """Return pages of each section that has enough of them, as many of each, in no order."""
    sections = defaultdict(list)
    for page in pages:
        sections[page.section].append(page)
    large = [own for own in sections.values() if len(own) >= _FEWEST_PAGES]
    chosen = [page for own in large for page in rng.sample(own, min(len(own), _PAGES_A_SECTION))]
    return rng.sample(chosen, len(chosen))


def _graded(pages: Sequence[Page], rng: random.Random) -> Iterable[Mapping[str, object]]:
    """Yield as many pairs of each grade."""
    long = [page for page in pages if len(page.text) > 2 * _BEGINNING]
    for score in range(4):
        near = {page: [other for other in long if _nearness(page, other) == score] for page in long}
        some = [page for page, others in near.items() if others]
        for page in rng.sample(some, min(_QUERIES // 4, len(some))):
            end = rng.choice(near[page]).text[-_BEGINNING:]
            yield {"sentence1": page.text[:_BEGINNING], "sentence2": end, "score": score}


def _nearness(page: Page, other: Page) -> int:
    if page is other:
        return 3
    if page.section != other.section:
        return 0
    return 2 if page.name[:_FAMILY] == other.name[:_FAMILY] else 1


def _write_lines(folder: str, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    with open(os.path.join(folder, f"{name}.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
