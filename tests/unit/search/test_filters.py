import datetime as dt
import re
import string
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bge_desktop.bge.script import language_of
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.query_language import Query, parse
from bge_desktop.watch.scan import FileStamp

TODAY = dt.date(2024, 5, 20)


@dataclass(frozen=True)
class Paper:
    """A file with what is in it."""

    path: str
    text: str
    kind: str = "text"
    size: int = 1_000
    modified: dt.datetime = dt.datetime(2024, 1, 1, 12)
    content: str = ""

    @property
    def mtime_ns(self):
        return int(self.modified.timestamp()) * 10**9

    @property
    def key(self):
        return self.content or self.path


PAPERS = [
    Paper("/home/me/Work/2024/Lease Flat.pdf", "The lease of the flat ends in May.", "pdf", 2_000_000),
    Paper("/home/me/Work/2023/leases.docx", "All leases.\nThe annual\nreport is due.", "docx", 300_000),
    Paper("/home/me/work/合同/租赁合同.pdf", "本合同为房屋租赁合同，租期两年。年度\n报告另附。", "pdf", 1_000_000),
    Paper("/home/me/notes/Café menu.md", "The Café opens at nine. Crème brûlée.", "markdown", 500),
    Paper("/home/me/notes/recipe.txt", "慢炖牛肉：把牛肉放入锅中。\n\nSlow cooking.", "text", 700),
    Paper("/home/me/My Work/page.html", "PyTorch显存不足 means out of memory.", "html", 9_000),
    Paper("/home/me/code/tool.py", "def libfoo_init(): raise ERR_4021-B", "text", 40),
    Paper("/home/me/code/readme.MD", "A well-known tool; its reports are annual.", "text", 60),
    Paper("/home/me/archive/sheet.xlsx", "", "other", 77_000, dt.datetime(2019, 7, 1, 0)),
    Paper("/home/me/archive/old.txt", "A first draft.", "text", 80, dt.datetime(2023, 12, 31, 23, 59, 59)),
    Paper("/home/me/archive/new.txt", "A draft, the second.", "text", 90, dt.datetime(2024, 5, 19, 8)),
    Paper("/home/me/copies/draft copy.txt", "A first draft.", "text", 80, content="/home/me/archive/old.txt"),
    Paper("/home/me/broken/\udcff\udcfe lease.txt", "Not UTF-8, but a lease.", "text", 30),
]
SHORT = {
    "lease": 0, "leases": 1, "合同": 2, "menu": 3, "recipe": 4, "page": 5, "tool": 6, "readme": 7, "sheet": 8,
    "old": 9, "new": 10, "broken": 12,
}  # fmt: skip
EVERY = set(SHORT)


def put(library, paper, root="/home"):
    """Store a file with its content, in a folder of the library."""
    folder = library.folders.add(root)
    library.folders.mark_pending(folder, [FileStamp(paper.path, paper.size, paper.mtime_ns, 1, "1")])
    file = next(file for file in library.folders.pending(100) if file.path == paper.path)
    library.folders.set_state([file.id], "reading")
    passages = tuple(
        ReadPassage(part.start(), part.end(), None, language_of(part[0]))
        for part in re.finditer(r"(?:.|\n(?!\n))+", paper.text)
        if part[0].strip()
    )
    return library.store(file.id, ReadResult(paper.path, ascii(paper.key), False, paper.text, "", paper.kind, passages))


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    library = Library(str(tmp_path_factory.mktemp("papers")))
    documents = [put(library, paper) for paper in PAPERS]
    yield library, {documents[number]: name for name, number in SHORT.items()}
    library.close()


def found(papers, text):
    library, names = papers
    allowed = allowed_documents(library.db, parse(text, TODAY))
    assert allowed is not None
    assert sorted(set(allowed.tolist())) == allowed.tolist()
    return {names[document] for document in allowed.tolist()}


@pytest.mark.parametrize("text", ["", "lease", "foo:bar", "size:big", "-5"])
def test_a_query_that_restricts_nothing_allows_all(papers, text):
    assert allowed_documents(papers[0].db, parse(text, TODAY)) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("type:pdf", {"lease", "合同"}),
        ("type:word", {"leases"}),
        ("type:pdf type:word", {"lease", "合同", "leases"}),
        ("type:markdown", {"menu", "readme"}),
        ("type:text", {"recipe", "tool", "readme", "old", "new", "broken"}),
        ("ext:txt", {"recipe", "old", "new", "broken"}),
        ("type:py", {"tool"}),
        ("type:xlsx", {"sheet"}),
        ("type:web", {"page"}),
        ("type:mp3", set()),
        ("type:MD", {"menu", "readme"}),
        ("-type:text", {"lease", "leases", "合同", "menu", "page", "sheet"}),
        ("-ext:txt -type:pdf", {"leases", "menu", "page", "tool", "readme", "sheet"}),
        ("folder:work", {"lease", "leases", "合同"}),
        ("folder:WORK", {"lease", "leases", "合同"}),
        ("folder:work/2024", {"lease"}),
        ("folder:/home/me/notes", {"menu", "recipe"}),
        ("folder:/home/me/notes/", {"menu", "recipe"}),
        ("folder:/me/notes", set()),
        ("folder:me/notes", {"menu", "recipe"}),
        ("folder:note", set()),
        ('folder:"my work"', {"page"}),
        ("folder:合同", {"合同"}),
        ("folder:ｗｏｒｋ", {"lease", "leases", "合同"}),
        ("folder:code folder:notes", {"tool", "readme", "menu", "recipe"}),
        ("-folder:archive -folder:work", EVERY - {"lease", "leases", "合同", "sheet", "new"}),
        ("folder:work -folder:2023", {"lease", "合同"}),
        ("name:lease", {"lease", "leases", "broken"}),
        ("name:LEASE", {"lease", "leases", "broken"}),
        ('name:"lease f"', {"lease"}),
        ("name:cafe", {"menu"}),
        ("name:合同", {"合同"}),
        ("name:lease -name:flat", {"leases", "broken"}),
        ("name:menu name:page", {"menu", "page"}),
        ("name:copy", {"old"}),
        ("name:copy folder:archive", set()),
        ("name:.md", {"menu", "readme"}),
        ("type:python", {"tool"}),
        ("type:docs", {"leases"}),
        ("類型:網頁", {"page"}),
        ("資料夾:合同", {"合同"}),
        ("folder:code,notes", {"tool", "readme", "menu", "recipe"}),
        ("name:menu,page", {"menu", "page"}),
        ("-name:lease,合同,readme,menu", {"recipe", "page", "tool", "sheet", "old", "new"}),
        ("folder:./code", {"tool", "readme"}),
        ("folder:code/", {"tool", "readme"}),
        ("folder:me\\code", {"tool", "readme"}),
        ("folder:.\\code\\", {"tool", "readme"}),
        ("folder:\\home\\me\\code", {"tool", "readme"}),
        ("folder:me//code/../notes/.", {"menu", "recipe"}),
        ("folder:.", set()),
        ("folder:co*", {"tool", "readme", "old"}),
        ("folder:wor?/20*", {"lease", "leases"}),
        ("folder:/home/*/notes", {"menu", "recipe"}),
        ("folder:/*/notes", set()),
        ("folder:*work", {"lease", "leases", "合同", "page"}),
        ("-folder:work -folder:a* -folder:c*", {"menu", "recipe", "page", "broken"}),
        ("name:*.md", {"menu", "readme"}),
        ("name:LEASE*", {"lease", "leases"}),
        ("name:l*t", {"lease"}),
        ("name:????.*", {"tool", "page", "合同"}),
        ("name:租賃*.pdf", {"合同"}),
        ("-name:*.* folder:home", set()),
        ("after:2024", EVERY - {"sheet"} - {"old"} | {"old"}),
        ("after:2024 folder:archive", {"new"}),
        ("before:2024", {"sheet", "old"}),
        ("before:2024 after:2020", {"old"}),
        ("date:2019-07-01", {"sheet"}),
        ("date:2019 date:2023-12", {"sheet", "old"}),
        ("date:yesterday", {"new"}),
        ("after:2d", {"new"}),
        ("before:5y", set()),
        ("before:4y", {"sheet"}),
        ("lang:zh", {"合同", "recipe", "page"}),
        ("lang:en", EVERY - {"合同", "page", "sheet"}),
        ("lang:zh lang:en", EVERY - {"sheet"}),
        ("size:>1MB", {"lease"}),
        ("size:>=1MB", {"lease", "合同"}),
        ("size:<60", {"tool", "broken"}),
        ("size:>=60 size:<=80", {"readme", "old"}),
        ("type:pdf folder:work size:<1.5MB lang:zh", {"合同"}),
        ("type:pdf lang:en after:2024 name:flat", {"lease"}),
    ],
)
def test_filters(papers, text, names):
    assert found(papers, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"lease"', {"lease", "broken"}),
        ('"leases"', {"leases"}),
        ('"the lease"', {"lease"}),
        ('"lease the"', set()),
        ('"annual report"', {"leases"}),
        ('"ANNUAL  REPORT"', {"leases"}),
        ('"annual reports"', set()),
        ("“year report”", set()),
        ('"年度报告"', {"合同"}),
        ('"报告"', {"合同"}),
        ('"租赁合同"', {"合同"}),
        ('"合同租赁"', set()),
        ('"同"', {"合同"}),
        ('"租期两年"', {"合同"}),
        ('"租赁合同，租期"', {"合同"}),
        ('"牛肉"', {"recipe"}),
        ('"慢炖 牛肉"', set()),
        ('"牛肉：把"', {"recipe"}),
        ('"中 slow cooking"', set()),
        ('"cafe"', {"menu"}),
        ('"the café opens"', {"menu"}),
        ('"creme brulee"', {"menu"}),
        ('"ｃａｆｅ"', {"menu"}),
        ('"PyTorch 显存不足"', {"page"}),
        ('"pytorch显存"', {"page"}),
        ('"显存不足 means"', {"page"}),
        ('"不足means out"', {"page"}),
        ('"well-known"', {"readme"}),
        ('"well known"', {"readme"}),
        ('"ERR_4021-B"', {"tool"}),
        ('"ERR_4021"', {"tool"}),
        ('"ERR_402"', set()),
        ('"libfoo_init()"', {"tool"}),
        ('"foo_init"', set()),
        ('"not utf‐8"', {"broken"}),
        ('"first draft"', {"old"}),
        ('"draft" "second"', {"new"}),
        ('"lease" "leases"', set()),
        ('"draft" folder:copies', {"old"}),
        ('"lease" type:pdf', {"lease"}),
        ("-lease", EVERY - {"lease", "leases", "broken"}),
        ("-leases", EVERY - {"lease", "leases", "broken"}),
        ('-"leases"', EVERY - {"leases"}),
        ("-牛肉", EVERY - {"recipe"}),
        ("-炖牛", EVERY - {"recipe"}),
        ("-同", EVERY - {"合同"}),
        ('-"first draft"', EVERY - {"old"}),
        ('"draft" -second', {"old"}),
        ("folder:archive -draft", {"sheet"}),
        ("-ERR_4021", EVERY - {"tool"}),
        ('-lease -"cafe" folder:work folder:notes', {"合同", "recipe"}),
    ],
)
def test_phrases_and_exclusions(papers, text, names):
    assert found(papers, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "type:xlsx", "-type:xlsx", "folder:work", "folder:/home/me/work", "name:lease", "after:2024", "size:>1MB",
        "folder:w*", "name:*.md",
    ],
)  # fmt: skip
def test_a_filter_reads_its_index_alone(papers, text):
    db, asked = papers[0].db, []
    with db.tracer(lambda sql, values: asked.append((sql, values))):
        allowed_documents(db, parse(text, TODAY))
    for sql, values in asked:
        for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values or []):
            assert not row[3].startswith("SCAN files") or "COVERING INDEX" in row[3], row[3]


def test_an_empty_library_allows_nothing(tmp_path):
    library = Library(str(tmp_path / "library"))
    for text in ("type:pdf", '"lease"', "-lease", "lang:zh", "size:<1MB"):
        assert allowed_documents(library.db, parse(text, TODAY)).tolist() == []
    library.close()


def test_a_paste_of_filters_is_no_error(papers):
    parts = (
        f'-a{n} "lease{n} 慢{n}炖肉" -"慢炖{n}牛肉" type:d{n} -name:e{n} date:{n} folder:f{n}' for n in range(500, 1500)
    )
    assert found(papers, " ".join(parts)) == set()


@pytest.mark.parametrize(
    "text", ["folder:a\\b", "folder:home/a\\b", "name:what?", "name:x*y", 'name:"a, b"', "name:a,b"]
)
def test_names_may_hold_what_has_a_meaning_elsewhere(tmp_path, text):
    library = Library(str(tmp_path / "library"))
    document = put(library, Paper("/home/a\\b/what? x*y a, b a,b.txt", "A text."))
    put(library, Paper("/home/c/d.txt", "Another text."))
    assert allowed_documents(library.db, parse(text, TODAY)).tolist() == [document]
    library.close()


def test_a_file_that_is_gone_counts_no_more(tmp_path):
    library = Library(str(tmp_path / "library"))
    [old, copy] = [paper for paper in PAPERS if paper.key == "/home/me/archive/old.txt"]
    document = put(library, old)
    assert put(library, copy) == document
    query = parse("folder:archive", TODAY)
    assert allowed_documents(library.db, query).tolist() == [document]
    [folder] = library.folders.all()
    library.folders.remove_files([library.folders.files(folder)[old.path]])
    assert allowed_documents(library.db, query).tolist() == []
    library.close()


def test_a_passage_that_ends_within_a_phrase_hides_no_part_of_it(tmp_path):
    library = Library(str(tmp_path / "library"))
    text = "关于慢炖牛肉的做法"
    folder = library.folders.add("/home")
    library.folders.mark_pending(folder, [FileStamp("/home/a", 1, 1, 1, "1")])
    [file] = library.folders.pending(1)
    library.folders.set_state([file.id], "reading")
    passages = (ReadPassage(0, 4, None, "zh"), ReadPassage(4, len(text), None, "zh"))
    document = library.store(file.id, ReadResult("/home/a", "a", False, text, "", "text", passages))
    for phrase in ("炖牛", "慢炖牛肉", "慢炖牛", "炖牛肉", "关于慢炖牛肉的做法"):
        assert allowed_documents(library.db, Query("", (phrase,))).tolist() == [document]
    library.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text(string.printable))
def test_any_query_has_an_answer(papers, text):
    allowed_documents(papers[0].db, parse(f'"{text}" -{text} name:"{text}" type:{text}', TODAY))
    allowed_documents(papers[0].db, Query(text, (text,), (text,), excluded_phrases=(text,)))
