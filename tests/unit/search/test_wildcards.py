import fnmatch
import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.library.path_keys import folder_key, name_key
from bge_desktop.search.wildcards import folder_test, has_wildcards, name_globs

names = st.text(st.sampled_from("ab[]."), min_size=1, max_size=6)
patterns = st.text(st.sampled_from("ab[].*?"), min_size=1, max_size=6)


def matches(pattern, name):
    """Whether names match as the shell has it, where brackets mean themselves."""
    return fnmatch.fnmatchcase(name, pattern.replace("[", "[[]"))


def is_so_called(pattern, name):
    db = sqlite3.connect(":memory:")
    sql = "SELECT CAST(? AS TEXT) GLOB CAST(? AS TEXT)"
    found = any(db.execute(sql, (name_key(name), glob)).fetchone()[0] for glob in name_globs(pattern))
    db.close()
    return found


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("*.md", "Notes.MD", True),
        ("*.md", "notes.md.txt", False),
        ("report*2024", "Report of May 2024.pdf", True),
        ("report*2024", "report 2024", True),
        ("report*2024", "my report 2024", False),
        ("IMG_????.jpg", "img_1234.JPG", True),
        ("IMG_????.jpg", "img_12345.jpg", False),
        ("租約*", "租约 2024.pdf", True),
        ("caf?.md", "Café.md", True),
        ("＊．ｍｄ", "a.md", True),
        ("[a]*", "[A] b", True),
        ("[a]*", "a b", False),
        ("*" * 60_000 + "b", "ab", True),
        ("?" * 60_000, "ab", False),
    ],
)
def test_a_whole_name_matches(pattern, name, expected):
    assert has_wildcards(pattern)
    assert is_so_called(pattern, name) is expected


@given(patterns, names)
def test_names_match_as_the_shell_has_it(pattern, name):
    expected = matches(pattern, name) or ("." not in pattern and matches(f"{pattern}.*", name))
    assert is_so_called(pattern, name) is expected


@given(st.lists(patterns, min_size=1, max_size=2), st.lists(names, min_size=1, max_size=3))
def test_a_wildcard_in_folders_reaches_over_no_slash(wanted, folders):
    def are_here(start):
        return len(folders) - start >= len(wanted) and all(map(matches, wanted, folders[start:]))

    key = folder_key("/".join(folders))
    assert folder_test("/".join(wanted), is_whole_path=True)(key) is are_here(0)
    assert folder_test("/".join(wanted), is_whole_path=False)(key) is any(map(are_here, range(len(folders))))


def test_many_wildcards_take_no_time():
    start = time.perf_counter()
    assert not folder_test("*a" * 100 + "b", is_whole_path=False)(folder_key("a" * 250))
    assert not folder_test("*" + "a*" * 30_000, is_whole_path=False)(folder_key("a" * 250))
    assert not is_so_called("*a" * 100 + "b", "a" * 250)
    assert time.perf_counter() - start < 5
