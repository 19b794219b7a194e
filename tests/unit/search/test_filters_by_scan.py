"""What filters, phrases and exclusions allow, found out the long way: by reading every file."""

import dataclasses
import datetime as dt
import fnmatch
import os
import re
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bge_desktop.bge.script import language_of
from bge_desktop.library.library import Library
from bge_desktop.library.words import analysed
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.kinds import KINDS
from bge_desktop.search.query_language import Filters, Query
from bge_desktop.search.query_values import Period
from tests.unit.search.test_filters import Paper, put


def plain(text):
    """Return a text in lower case, without accents and full width."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def is_letter(character):
    return character.isalnum() and character.isascii()


def is_han(character):
    return "\u4e00" <= character <= "\u9fff"


def end_of(phrase, text, at):
    """Return where a phrase that starts somewhere in a text ends, character by character; None where it is another."""
    before = ""
    for character in phrase:
        gap = len(text[at:]) - len(text[at:].removeprefix(",").lstrip())
        if character == " ":
            if not gap:
                return None
            at += gap
            continue
        if (is_han(before) and is_letter(character)) or (is_letter(before) and is_han(character)):
            at += gap
        elif (is_han(before) or is_han(character)) and before and text[at : at + 1] == "\n":
            at += 1
        if text[at : at + 1] != character:
            return None
        before, at = character, at + 1
    return at


def stands_in(phrase, text):
    phrase, text = " ".join(plain(phrase).split()), plain(text)
    for start in range(len(text)):
        end = end_of(phrase, text, start)
        if end is not None:
            around = [(text[:start][-1:], phrase[0]), (phrase[-1], text[end:][:1])]
            if not any(is_letter(one) and is_letter(other) for one, other in around if one and other):
                return True
    return False


def passes(paper, filters):
    """Whether a file passes the filters of files, found out the long way."""
    folder, name = plain(os.path.dirname(paper.path)), plain(os.path.basename(paper.path))
    ending = paper.path.lower().rpartition(".")[2]

    def is_kind(kind):
        found = ("docx", "odt", "rtf") if kind == "documents" else (kind,)
        return ending == kind[1:] if kind[0] == "." else paper.kind in found or ending in KINDS[kind]

    def is_in(wanted):
        wanted = plain(wanted).replace("\\", "/").removeprefix("./").split("/")
        below = folder.split("/")
        starts = range(len(below) - len(wanted) + 1)
        return any(all(map(fnmatch.fnmatchcase, below[start:], wanted)) for start in starts)

    def is_called(wanted):
        wanted = plain(wanted)
        globs = [wanted, *([] if "." in wanted else [f"{wanted}.*"])] if set("*?") & set(wanted) else []
        return wanted in name or any(fnmatch.fnmatchcase(name, glob) for glob in globs)

    def is_within(start, end):
        return start <= paper.modified.date() < end

    return all(
        (
            not filters.kinds or any(map(is_kind, filters.kinds)),
            not any(map(is_kind, filters.without_kinds)),
            not filters.folders or any(map(is_in, filters.folders)),
            not any(map(is_in, filters.without_folders)),
            not filters.names or any(map(is_called, filters.names)),
            not any(map(is_called, filters.without_names)),
            filters.after is None or paper.modified.date() >= filters.after,
            filters.before is None or paper.modified.date() < filters.before,
            not filters.dates or any(is_within(period.start, period.end) for period in filters.dates),
            filters.least_bytes is None or paper.size >= filters.least_bytes,
            filters.most_bytes is None or paper.size <= filters.most_bytes,
        )
    )


def is_in_language(text, languages):
    parts = [language_of(part) for part in re.findall(r"(?:.|\n(?!\n))+", text) if part.strip()]
    return bool(parts) and sum(part in languages for part in parts) * 2 >= len(parts)


def scan(papers, query):
    """Return the contents that a query allows, by reading all files."""
    allowed = set()
    for paper in papers:
        words = analysed(paper.text).split()
        if (
            passes(paper, query.filters)
            and (not query.filters.languages or is_in_language(paper.text, query.filters.languages))
            and all(stands_in(phrase, paper.text) for phrase in query.phrases)
            and not any(stands_in(phrase, paper.text) for phrase in query.excluded_phrases)
            and not any(analysed(word) in words for word in query.excluded)
        ):
            allowed.add(paper.key)
    return allowed


words = st.sampled_from(["lease", "leases", "sublease", "Café", "cafe", "a"])
han = st.text(st.sampled_from("牛肉炖"), min_size=1, max_size=4)
phrases = st.one_of(st.lists(words, min_size=1, max_size=3).map(" ".join), han)
texts = st.lists(
    st.tuples(st.one_of(words, han), st.sampled_from([" ", "\n", ", ", "。", "\n\n"])).map("".join),
    min_size=1,
    max_size=8,
).map("".join)
folders = st.sampled_from(["Work", "work/2024", "notes", "合同", "Café", "my work"])
folders_asked = folders | st.sampled_from(["w*", "W?rk/20*", "*o*", "./notes", "work\\2024", "2*"])
names = st.text(st.sampled_from("aAéÉ合_1"), min_size=1, max_size=3)
names_asked = names | st.text(st.sampled_from("aÉ合.*?"), min_size=1, max_size=5)
endings = st.sampled_from(["txt", "PDF", "md", "docx", "py", "markdown"])
days = st.dates(dt.date(2023, 12, 29), dt.date(2024, 1, 3))
kinds = st.sampled_from(["pdf", "docx", "text", "markdown"])
kinds_asked = kinds | st.sampled_from([".txt", ".py", "python", "documents"])
hours = st.sampled_from([dt.time(0), dt.time(12), dt.time(23, 59, 59)])
papers_at_random = st.builds(
    lambda folder, name, ending, text, kind, size, day, hour: Paper(
        f"/home/{folder}/{name}.{ending}", text, kind, size, dt.datetime.combine(day, hour), text
    ),
    folders, names, endings, texts, kinds, st.integers(0, 5), days, hours,
)  # fmt: skip


def several(values):
    return st.lists(values, max_size=2).map(tuple)


sizes = st.none() | st.integers(0, 5)
filters_at_random = {
    "kinds": several(kinds_asked), "without_kinds": several(kinds_asked), "folders": several(folders_asked),
    "without_folders": several(folders_asked), "names": several(names_asked), "without_names": several(names_asked),
    "languages": several(st.sampled_from(["zh", "en"])), "after": st.none() | days, "before": st.none() | days,
    "dates": several(st.builds(Period, days, days)), "least_bytes": sizes, "most_bytes": sizes,
}  # fmt: skip
queries_at_random = st.one_of(
    *(values.map(lambda value, name=name: Query("", filters=Filters(**{name: value})))
      for name, values in filters_at_random.items()),
    st.builds(lambda **given: Query("", filters=Filters(**given)), **filters_at_random),
    st.builds(Query, st.just(""), several(phrases)),
    st.builds(lambda words, phrases: Query("", (), words, excluded_phrases=phrases), several(words), several(phrases)),
    st.builds(
        lambda phrases, words, folders: Query("", phrases, words, Filters(folders=folders)),
        several(phrases), several(words), several(folders),
    ),
    st.builds(
        lambda phrases, words, without, **given: Query("", phrases, words, Filters(**given), excluded_phrases=without),
        several(phrases), several(words), several(phrases), **filters_at_random,
    ),
)  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    st.lists(papers_at_random, min_size=2, max_size=6, unique_by=lambda paper: paper.path),
    st.lists(queries_at_random, min_size=30, max_size=30),
)
def test_every_result_is_that_of_reading_everything(tmp_path_factory, papers, queries):
    # one content has one kind, whatever its file is called
    papers = [dataclasses.replace(paper, content=f"{paper.kind} {paper.text}") for paper in papers]
    library = Library(str(tmp_path_factory.mktemp("scan")))
    keys = {put(library, paper): paper.key for paper in papers}
    for query in queries:
        allowed = allowed_documents(library.db, query)
        if allowed is None:
            assert not query.is_restricted
        else:
            assert {keys[document] for document in allowed.tolist()} == scan(papers, query), query
    library.close()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(texts, min_size=2, max_size=4, unique=True), st.data())
def test_phrases_cut_out_of_a_text_are_found_where_they_stand(tmp_path_factory, texts, data):
    papers = [Paper(f"/home/{number}.txt", text) for number, text in enumerate(texts)]
    library = Library(str(tmp_path_factory.mktemp("phrases")))
    keys = {put(library, paper): paper.key for paper in papers}
    cuts = st.tuples(st.sampled_from(texts), st.integers(0, 20), st.integers(2, 12))
    for _ in range(20):
        parts = [text[start : start + length].strip() for text, start, length in data.draw(st.tuples(cuts, cuts))]
        if data.draw(st.booleans()):
            parts = [part.replace("\n", "") for part in parts]
        phrases = tuple(part for part in parts if analysed(part))
        for query in (Query("", phrases), Query("", phrases[:1]), Query("", excluded_phrases=phrases)):
            allowed = allowed_documents(library.db, query)
            if allowed is not None:
                assert {keys[document] for document in allowed.tolist()} == scan(papers, query), query
    library.close()
