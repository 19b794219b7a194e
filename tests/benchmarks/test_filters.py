"""How long searches take in a library of 100,000 passages when filters, phrases and minus words narrow them down."""

from __future__ import annotations

import pytest

from bge_desktop.search.searcher import Searcher
from tests.benchmarks import large_library, scale
from tests.benchmarks.asking import warm_up
from tests.benchmarks.figures import percentiles, rounded
from tests.benchmarks.table import Bar, Row
from tests.benchmarks.test_search import timed

_SECTION = "search"
_MOST_MS = 100
_EVERY = scale.of(4, 6)  # one of so many queries is asked


def _phrase(query: str) -> str:
    """Return the beginning of a query as a phrase: two words, or four characters of Chinese."""
    first = query.split()[0]
    return f'"{" ".join(query.split()[:2]) if query.isascii() else first if first.isascii() else first[:4]}"'


# What is typed besides a query, by what it narrows the search to.
CASES = {
    "one of 40 folders": lambda query: f"{query} folder:team3/notes",
    "one of 10 years": lambda query: f"{query} folder:2017",
    "one of 5 kinds": lambda query: f"{query} type:docx",
    "mostly Chinese": lambda query: f"{query} lang:zh",
    "the last tenth by date": lambda query: f"{query} after:2024",
    "a word of the name": lambda query: f"{query} name:system",
    "all but one kind": lambda query: f"{query} -type:docx",
    "all but a small folder": lambda query: f"{query} -folder:team3/notes",
    "almost all by date": lambda query: f"{query} after:2015-02",
    "a phrase": lambda query: f"{_phrase(query)} {query}",
    "without a common word": lambda query: f"{query} -{'file' if query.isascii() else '文件'}",
    "filters and a phrase": lambda query: f"{_phrase(query)} {query} type:pdf after:2018 -folder:team3",
}


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", ["scan", "graph"])
def test_filters(large, queries, encoder, table, name):
    with large_library.opened(large(name)) as library:
        searcher = warm_up(Searcher(library))
        figures = {
            case: percentiles(
                [1000 * sum(timed(library, searcher, encoder, typed(text))[:2]) for text in queries[::_EVERY]]
            )
            for case, typed in CASES.items()
        }
    told = {case: {name: rounded(value) for name, value in own.items()} for case, own in figures.items()}
    table.report(f"filters-{name}", told)
    case, slowest = max(figures.items(), key=lambda item: item[1]["p95"])
    how = "scanned" if name == "scan" else "by graphs"
    what, note = f"the slowest of {len(CASES)} kinds of filters, 100,000 passages {how}, p95", case
    table.add(Row(_SECTION, what, slowest["p95"], "ms", bar=Bar(at_most=_MOST_MS), note=note))
