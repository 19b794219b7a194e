import datetime as dt
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.messages import displayable
from bge_desktop.query_terms import folder, like, path_named, topic
from bge_desktop.search.query_language import parse

TODAY = dt.date(2024, 5, 20)


@pytest.fixture(autouse=True)
def home(monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")


@pytest.mark.parametrize(
    ("path", "term"),
    [
        ("/srv/lease.pdf", "like:/srv/lease.pdf"),
        ("/home/me/lease.pdf", "like:~/lease.pdf"),
        ("/home/merry/lease.pdf", "like:/home/merry/lease.pdf"),
        ("/home/me/my work/a b.pdf", 'like:"~/my work/a b.pdf"'),
        ("/srv/合同　副本.pdf", 'like:"/srv/合同　副本.pdf"'),
        ('/srv/the "old" one.txt', "like:file:///srv/the%20%22old%22%20one.txt"),
        ("/srv/「年报」.txt", "like:file:///srv/%E3%80%8C%E5%B9%B4%E6%8A%A5%E3%80%8D.txt"),
        ("/srv/caf\udce9.txt", "like:file:///srv/caf%E9.txt"),
        ("/srv/a\nb\x1b.txt", "like:file:///srv/a%0Ab%1B.txt"),
    ],
)
def test_a_file_is_named_as_a_person_would_where_that_is_possible(path, term):
    assert like(path) == term
    assert like(path, negated=True) == f"-{term}"


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("leases", "topic:leases"),
        ("annual report", 'topic:"annual report"'),
        ("租约、押金", 'topic:"租约、押金"'),
        ('the "old" leases', "topic:leases"),
    ],
)
def test_a_topic_is_asked_for_by_its_name(name, term):
    assert topic(name) == term


names = st.binary(min_size=1, max_size=40).map(lambda name: name.replace(b"\0", b"x").replace(b"/", b"~"))
texts = st.text(st.sampled_from("a ~\"'“”「」『』＂-:%年\u3000\u2028\t\n\x85é🎉like"), min_size=1).map(os.fsencode)
paths = st.lists(st.one_of(names, texts), min_size=1, max_size=3).map(
    lambda parts: os.fsdecode(b"/" + b"/".join(parts))
)


@given(paths, st.booleans(), st.sampled_from(["", "/home/me"]))
def test_a_term_gives_the_very_same_path_back(path, negated, folder):
    query = parse(displayable(f"gas boiler {like(folder + path, negated=negated)} -draft"), TODAY)
    assert (query.text, query.excluded, query.hints) == ("gas boiler", ("draft",), ())
    assert [path_named(typed) for typed in query.like] == ([] if negated else [folder + path])
    assert [path_named(typed) for typed in query.unlike] == ([folder + path] if negated else [])


@pytest.mark.parametrize("typed", ["lease.pdf", "work/lease.pdf", "租约.pdf"])
def test_a_mere_name_stays_as_it_is(typed):
    assert path_named(typed) == typed


def test_it_imports_nothing_heavy():
    code = "import sys, bge_desktop.query_terms as _; sys.exit('numpy' in sys.modules or 'sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("path", "term"),
    [
        ("/data/work", "folder:/data/work"),
        ("/data/my work", 'folder:"/data/my work"'),
        ("/data/a,b、c", 'folder:"/data/a,b、c"'),
        ("/data/“a”", "folder:/data/?a?"),
        ("/data/a\udcff", "folder:/data/a?"),
        ("/data/work ", "folder:/data/work?"),
        ("/home/me/合同", "folder:~/合同"),
    ],
)
def test_a_folder_is_asked_for_by_its_path(path, term):
    assert folder(path) == term
