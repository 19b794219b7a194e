from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bge_desktop.search.query_language import parse
from bge_desktop.ui.query_edit import added, is_active, removed, terms, toggled, written

HOME = os.path.expanduser("~")
TODAY = dt.date.today()


def seen(text):
    return [(term.key, term.values, text[term.start : term.end], term.is_excluded) for term in terms(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("lease", []),
        ("lease type:pdf end", [("type", ("pdf",), "type:pdf", False)]),
        ("type:word", [("type", ("docx",), "type:word", False)]),
        ("类型：网页 合同", [("type", ("html",), "类型：网页", False)]),
        ("檔案類型:網頁 合同", [("type", ("html",), "檔案類型:網頁", False)]),
        ("ｔｙｐｅ：ＰＤＦ x", [("type", ("pdf",), "ｔｙｐｅ：ＰＤＦ", False)]),
        ("type:pdf,word x", [("type", ("pdf", "docx"), "type:pdf,word", False)]),
        ("-type:pdf x", [("type", ("pdf",), "-type:pdf", True)]),
        ("日期:今天", [("date", ("今天",), "日期:今天", False)]),
        ("after:2024-05", [("after", ("2024-05",), "after:2024-05", False)]),
        ("before:1y", [("before", ("1y",), "before:1y", False)]),
        ("size: > 1 MB x", [("size", ("> 1 MB",), "size: > 1 MB", False)]),
        ('folder:"my work" x', [("folder", ("my work",), 'folder:"my work"', False)]),
        ("lang:zh lang:zh", [("lang", ("zh",), "lang:zh", False), ("lang", ("zh",), "lang:zh", False)]),
        # searched as text
        ('"type:pdf"', []),
        ("date:soon -date:today http://x a type:", []),
        ("xtype:pdf x(type:pdf)", []),
        ('folder:"my wo', []),
        ("type:pd", []),
    ],
)  # fmt: skip
def test_terms_are_those_that_filter(text, found):
    assert seen(text) == found


@pytest.mark.parametrize(
    ("text", "key", "value", "active"),
    [
        ("type:PDF x", "type", "pdf", True),
        ("kind:word x", "type", "docx", True),
        ("类型:网页,pdf x", "type", "html", True),
        ("-type:pdf x", "type", "pdf", False),
        ("ext:pdf", "type", "pdf", False),
        ("date:1w", "date", "7d", True),
        ("date:今天", "date", "today", True),
        (f"folder:{HOME}/Work/", "folder", f"{HOME}/Work", True),
        ("folder:~/work x", "folder", f"{HOME}/Work", True),
        ("folder:work x", "folder", f"{HOME}/Work", False),
        ("语言：中文", "lang", "zh", True),
    ],
)
def test_a_value_is_active_however_it_is_written(text, key, value, active):
    assert is_active(text, key, value) is active


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        ("", "type", "pdf", "type:pdf"),
        ("lease ", "type", "pdf", "lease type:pdf"),
        ("lease type:pdf end", "type", "pdf", "lease end"),
        ("type:pdf  end", "type", "pdf", "end"),
        ("lease  type:pdf", "type", "pdf", "lease"),
        ("租约\u3000类型：PDF\u3000结束", "type", "pdf", "租约\u3000结束"),
        ("a type:pdf b kind:PDF c", "type", "pdf", "a b c"),
        ("type:pdf,word、网页 x", "type", "pdf", "type:word、网页 x"),
        ("type:pdf,word、网页 x", "type", "docx", "type:pdf、网页 x"),
        ("type:pdf,word、网页 x", "type", "html", "type:pdf,word x"),
        ("type:pdf,PDF x", "type", "pdf", "x"),
        ("x -type:pdf", "type", "pdf", "x type:pdf"),
        ("x -type:pdf,word", "type", "pdf", "x -type:word type:pdf"),
        ('a type:"pdf"b', "type", "pdf", "a b"),
        ('"sixty days', "type", "pdf", 'type:pdf "sixty days'),
        ("「六十天", "lang", "zh", "lang:zh 「六十天"),
        ('5" disk', "lang", "zh", '5" disk lang:zh'),
        ("x date:1w", "date", "7d", "x"),
        ("x", "date", "7d", "x date:7d"),
        ("x", "folder", "/data/my work", 'x folder:"/data/my work"'),
        ('x folder:"/data/my work" y', "folder", "/data/my work", "x y"),
        ("x folder:/data/a,b", "folder", "/data/a,b", "x"),
        ("x folder:a,b", "folder", "a", "x folder:b"),
        ("x", "folder", f"{HOME}/Work", "x folder:~/Work"),
        ("x", "folder", '/data/a"b', "x folder:/data/a?b"),
    ],
)
def test_toggling_changes_that_value_alone(text, key, value, expected):
    assert toggled(text, key, value) == expected


def test_a_folder_that_cannot_be_typed_as_it_is_is_active_once_it_is_asked_for():
    path = "/data/a\udcff “b”"
    assert is_active(toggled("x", "folder", path), "folder", path)
    assert toggled(toggled("x", "folder", path), "folder", path) == "x"


def test_a_term_is_removed_with_its_space():
    text = "a type:pdf b lang:zh"
    assert [removed(text, term) for term in terms(text)] == ["a b lang:zh", "a type:pdf b"]


pieces = st.sampled_from(
    ["lease", "租约", '"sixty days"', "type:pdf", "类型：网页,pdf", "-type:word", "folder:~/a", '5"', '"open',
     "date:7d", "size:> 1 MB", "a:b", "-x", "「年报」", "lang:en", "\u3000", "  "]
)  # fmt: skip
values = st.sampled_from([("type", "pdf"), ("type", "html"), ("lang", "zh"), ("date", "7d"), ("folder", "/a b")])


@given(st.lists(pieces, max_size=5).map(" ".join), values)
@example("", ("type", "pdf"))
def test_toggling_twice_gives_back_what_was_typed(text, toggle):
    once = toggled(text, *toggle)
    assert is_active(once, *toggle) is not is_active(text, *toggle)
    before, after = parse(text, TODAY), parse(toggled(once, *toggle), TODAY)
    assert (after.text, after.phrases, after.excluded) == (before.text, before.phrases, before.excluded)
    if not any(term.asks_for(*toggle) for term in terms(text)):
        assert toggled(once, *toggle) == text.strip()


@given(values)
def test_what_is_written_is_understood(toggle):
    query = parse(written(*toggle), TODAY)
    assert (query.text, query.hints) == ("", ())


def test_a_term_that_is_there_is_not_added():
    assert added("a like:/x b", "like:/x") == "a like:/x b"


def test_nothing_heavy_is_imported():
    heavy = ("numpy", "sqlite3", "sqlite_utils", "regex", "Stemmer", "torch", "PySide6")
    check = "import sys, bge_desktop.ui.query_edit; print([name for name in sys.argv[1:] if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", check, *heavy], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
