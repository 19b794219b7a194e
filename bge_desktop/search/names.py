"""Search by the names of files: how much of a query a name and its folder's hold, and which files are named in full."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from sqlite_utils import Database

from bge_desktop.library.full_text import count_rows
from bge_desktop.library.ids import Ids
from bge_desktop.library.words import analysed
from bge_desktop.messages import displayable
from bge_desktop.search.bm25 import Hits
from bge_desktop.search.lexical import WordQuery, inverse_frequency
from bge_desktop.search.literal import Holds, Text

# A name is no longer than 255 bytes.
_MOST_WORDS = 255
# A word tells little that stands in more names than these, or than this part of all.
_FEW, _MOST_SHARE = 1000, 0.1
# To rank a name takes 4 µs: of several words, those that stand in the most names are left out beyond so many.
_MOST_RANKED = 5000
# To see whether a name is a text takes 10 µs: where more than these have its words, they are but words of many names.
_MOST_CALLED = 1000


def name_hits(db: Database, query: WordQuery) -> Hits:
    """Return the documents, by id, whose file's name or folder matches; a document once for each such file.

    The scores are BM25 as a part of what the query could reach among names: a word that is in no text, or in most of
    them, tells nothing of how rare it is in names. What stands in many names, as an ending does, is not looked for.
    """
    files = count_rows(db, "name_words")
    counts = {own: _count(db, expression) for own, expression in query.expressions.items()}
    weights = {own: inverse_frequency(count, files) for own, count in counts.items()}
    rarest = _rarest(counts, max(_FEW, files * _MOST_SHARE))
    match = " OR ".join(query.expressions[own] for own in rarest)
    rows = _matching(db, match, "document_id, -bm25(name_words)")
    if not rows:
        return Hits(np.empty(0, np.int64), np.empty(0))
    ids, scores = zip(*rows, strict=True)
    return Hits(np.array(ids, np.int64), np.array(scores) / query.reach_by(weights))


def named_in_full(db: Database, text: str) -> Ids:
    """Return the ids of the documents of files whose whole name, with its ending or without, has the words of a text.

    There are none where a thousand names begin with them.
    """
    return _so_called(db, text, "^ ", _name, _whole_names)


def files_below(db: Database, text: str) -> Ids:
    """Return the ids of the documents of files in a folder whose whole name a text is; of a thousand, none."""
    return _so_called(db, text, "", lambda path: _name(os.path.dirname(path)), lambda name: (analysed(name),))


def holding_in_name(db: Database, match: str, check: Holds) -> Ids:
    """Return the ids of the documents of files whose name passes a check.

    Args:
        db: the library's database.
        match: an expression for the full-text index, which the names that can pass the check match.
        check: whether a name holds what is looked for.
    """
    files = _matching(db, match, "document_id, path")
    return _ids(document for document, path in files if check(Text(_name(path))))


def _so_called(
    db: Database, text: str, place: str, named: Callable[[bytes], str], called: Callable[[str], tuple[str, ...]]
) -> Ids:
    """Return the ids of the documents of files for which a text is all of a name.

    Args:
        db: the library's database.
        text: what may be the name.
        place: where in the index a file's words stand that are of this name, as FTS5 takes it.
        named: returns the name of a file, or its folder's, by its path.
        called: returns the analysed words that are such a name as a whole.
    """
    words = analysed(text)
    if not words or words.count(" ") >= _MOST_WORDS:
        return _ids(())
    matching = _matching(db, f'{place}"{words}"', "document_id, path", _MOST_CALLED + 1)
    if len(matching) > _MOST_CALLED:
        return _ids(())
    files = [(document, named(path)) for document, path in matching]
    so_called = {name for name in {name for _, name in files} if words in called(name)}  # many are in one folder
    return _ids(document for document, name in files if name in so_called)


def _ids(documents: Iterable[int]) -> Ids:
    return np.unique(np.fromiter(documents, np.int64))


def _rarest(counts: Mapping[str, int], most: float) -> list[str]:
    """Return the words that stand in names, in so many at most, as far as all of these can be ranked."""
    rarest: list[str] = []
    ranked = 0
    for own in sorted(counts, key=lambda own: counts[own]):
        ranked += counts[own]
        if 0 < counts[own] <= most and (not rarest or ranked <= _MOST_RANKED):
            rarest.append(own)
    return rarest


def _count(db: Database, match: str) -> int:
    """Return how many files' names or folders match an expression of the full-text index."""
    return int(db.execute("SELECT count(*) FROM name_words WHERE words MATCH ?", [match]).fetchone()[0])


def _matching(db: Database, match: str, columns: str, limit: int = -1) -> list[tuple[int, bytes]]:
    """Return columns of the files whose name's or folder's words match an expression of the full-text index.

    Of so many files at most; -1 for all.
    """
    if not match:
        return []
    sql = f"SELECT {columns} FROM name_words JOIN files ON files.id = name_words.rowid WHERE words MATCH ? LIMIT ?"
    return db.execute(sql, [match, limit]).fetchall()


def _name(path: bytes) -> str:
    return displayable(os.path.basename(os.fsdecode(path)))


def _whole_names(name: str) -> tuple[str, str]:
    """Return the analysed words of a file's name, with its ending and without."""
    return analysed(name), analysed(os.path.splitext(name)[0])
