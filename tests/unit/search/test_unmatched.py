import datetime as dt

import pytest

from bge_desktop.library.library import Library
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.query_language import parse
from bge_desktop.search.unmatched import unmatched
from tests.unit.search.test_filters import Paper, put

PAPERS = [
    Paper("/home/me/work/lease.txt", "A lease."),
    Paper("/home/me/work/letter", "A letter.", "docx"),
    Paper("/home/me/code/tool.py", "def tool(): pass", "code"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    library = Library(str(tmp_path_factory.mktemp("unmatched")))
    for paper in PAPERS:
        put(library, paper)
    yield library
    library.close()


def hints(library, text):
    query = parse(text, dt.date(2024, 5, 20))
    allowed = allowed_documents(library.db, query)
    return unmatched(library.db, query.filters, is_nothing_allowed=allowed is not None and not len(allowed))


@pytest.mark.parametrize(
    "text",
    [
        "lease", "type:txt", "type:word", "type:documents", "type:python", "type:code", "ext:py", "-type:nonsense",
        "folder:work,nonsense", "name:lease,nonsense", "folder:work name:tool", "before:1990",
    ],
)  # fmt: skip
def test_what_some_file_has_needs_no_hint(library, text):
    assert hints(library, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type:nonsense", ["No file here is of the type “nonsense”."]),
        ("type:txt type:nonsense", ["No file here is of the type “nonsense”."]),
        ("type:rust", ["No file here is of the type “rust”."]),
        ("ext:md", ["No file here is of the type “md”."]),
        ("folder:nonsense", ["No folder here is called “nonsense”."]),
        ("folder:wor*t", ["No folder here is called “wor*t”."]),
        ("folder:/home/you", ["No folder here is called “/home/you”."]),
        ("name:rent", ["No file here has “rent” in its name."]),
        ("name:*.md", ["No file here is called “*.md”."]),
        ("name:rent,plan", ["No file here has “rent” in its name.", "No file here has “plan” in its name."]),
        ('name:"rent,plan"', ["No file here has “rent,plan” in its name."]),
        ("folder:home name:rent", ["No file here has “rent” in its name."]),
        ("folder:work,rent before:1990", ["No folder here is called “rent”."]),
    ],
)
def test_what_no_file_has_is_said(library, text, expected):
    assert hints(library, text) == expected


def test_of_a_paste_few_are_said_and_none_at_length(library):
    found = hints(
        library, " ".join(f"type:d{number} folder:{'f' * 500}{number} name:e{number}" for number in range(60))
    )
    assert len(found) == 3
    [hint] = hints(library, f"folder:{'f' * 500}")
    assert len(hint) < 120


def test_a_file_that_could_not_be_read_is_none_of_its_kind(tmp_path):
    library = Library(str(tmp_path / "library"))
    document = put(library, PAPERS[0])
    library.db.execute("UPDATE files SET document_id = NULL")
    assert document is not None
    assert hints(library, "type:txt") == ["No file here is of the type “text”."]
    library.close()


def test_a_search_gives_the_hints(shelf, search):
    shelf.put("lease.txt", "Rent.")
    assert search("type:rust name:plan", {}, 10).hints == (
        "No file here is of the type “rust”.",
        "No file here has “plan” in its name.",
    )
    assert search("type:txt,rust folder:documents rent", {}, 10).hints == ("No file here is of the type “rust”.",)
