import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.search.query_language import Filters, Query, parse
from bge_desktop.search.query_values import Period

TODAY = dt.date(2024, 5, 20)
DAY = dt.date


def of(text):
    return parse(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "lease",
        "annual report",
        "ERR_4021-B",
        "well-known",
        "temperature -5",
        "profit -40%",
        "freeze at -18°C",
        "git --help",
        "a - b",
        "-",
        "http://x",
        "std::vector",
        "10:30",
        "foo:bar",
        "C:\\Users\\x",
        'a 5" pipe',
        'between 5" and 7" wide',
        "it's rock 'n' roll",
        "合同类型:pdf",
        "慢炖肉",
        "🎉:x",
        "",
    ],
)
def test_ordinary_text_is_searched_as_it_is(text):
    assert of(text) == Query(text)


@pytest.mark.parametrize(
    ("text", "searched", "phrases"),
    [
        ('"annual report"', "annual report", ("annual report",)),
        ('the "annual  report" of 2023', "the annual report of 2023", ("annual report",)),
        ("“annual report”", "annual report", ("annual report",)),
        ("”annual report”", "annual report", ("annual report",)),
        ("＂annual report＂", "annual report", ("annual report",)),
        ('"年度报告"', "年度报告", ("年度报告",)),
        ("「年度报告」", "年度报告", ("年度报告",)),
        ("『年度报告』", "年度报告", ("年度报告",)),
        ("关于“慢炖”的做法", "关于慢炖的做法", ("慢炖",)),
        ('"one" "two" "one"', "one two one", ("one", "two")),
        ('say "hello"world', "say hello world", ("hello",)),
        ('12" vinyl "side a"', '12" vinyl side a', ("side a",)),
        ('""', "", ()),
        ('"ERR_4021-B"', "ERR_4021-B", ("ERR_4021-B",)),
        ('"a"-b', "a -b", ("a",)),
        ('"type:pdf"', "type:pdf", ("type:pdf",)),
    ],
)
def test_what_stands_in_quotation_marks_is_a_phrase(text, searched, phrases):
    assert of(text) == Query(searched, phrases)


@pytest.mark.parametrize(
    ("text", "searched", "excluded", "phrases"),
    [
        ("report -draft", "report", ("draft",), ()),
        ("-draft report", "report", ("draft",), ()),
        ("report －draft", "report", ("draft",), ()),
        ("苹果 -手机", "苹果", ("手机",), ()),
        ("苹果　-手机", "苹果", ("手机",), ()),
        ('report -"first draft"', "report", (), ("first draft",)),
        ("report -“first draft”", "report", (), ("first draft",)),
        ('report -"2023"', "report", (), ("2023",)),
        ("report -ERR_4021", "report", ("ERR_4021",), ()),
        ("report -2nd-draft", "report", ("2nd-draft",), ()),
    ],
)
def test_a_minus_before_a_word_or_phrase_excludes_it(text, searched, excluded, phrases):
    assert of(text) == Query(searched, excluded=excluded, excluded_phrases=phrases)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("type:pdf", Filters(kinds=("pdf",))),
        ("TYPE:PDF", Filters(kinds=("pdf",))),
        ("ｔｙｐｅ：ｐｄｆ", Filters(kinds=("pdf",))),
        ("类型：pdf", Filters(kinds=("pdf",))),
        ("kind:word", Filters(kinds=("docx",))),
        ("type:docx", Filters(kinds=("docx",))),
        ("type:web", Filters(kinds=("html",))),
        ("type:邮件", Filters(kinds=("email",))),
        ("type:ics", Filters(kinds=("calendar",))),
        ("type:code", Filters(kinds=("code",))),
        ("type:py", Filters(kinds=(".py",))),
        ("类型:网页", Filters(kinds=("html",))),
        ("type:txt", Filters(kinds=("text",))),
        ("type:md", Filters(kinds=("markdown",))),
        ("type:xlsx", Filters(kinds=(".xlsx",))),
        ("type:表格", Filters(kinds=("sheet",))),
        ("type:slides", Filters(kinds=("slides",))),
        ("type:电子书", Filters(kinds=("book",))),
        ("type:doc", Filters(kinds=("docx",))),
        ("type:archive", Filters(kinds=("archive",))),
        ("类型:压缩包", Filters(kinds=("archive",))),
        ("type:zip", Filters(kinds=(".zip",))),
        ("ext:txt", Filters(kinds=(".txt",))),
        ("ext:.md", Filters(kinds=(".md",))),
        ("type:pdf type:word type:pdf", Filters(kinds=("pdf", "docx"))),
        ("type:pdf,word", Filters(kinds=("pdf", "docx"))),
        ("-type:pdf", Filters(without_kinds=("pdf",))),
        ("folder:work", Filters(folders=("work",))),
        ('in:"my work"', Filters(folders=("my work",))),
        ("文件夹:工作", Filters(folders=("工作",))),
        ("folder:“my work”", Filters(folders=("my work",))),
        ("folder:/home/me/work", Filters(folders=("/home/me/work",))),
        ("folder:C:\\work", Filters(folders=("C:\\work",))),
        ("-folder:old folder:work", Filters(folders=("work",), without_folders=("old",))),
        ("name:lease", Filters(names=("lease",))),
        ("名称：合同", Filters(names=("合同",))),
        ("-name:copy", Filters(without_names=("copy",))),
        ("after:2024", Filters(after=DAY(2024, 1, 1))),
        ("after:2024-05", Filters(after=DAY(2024, 5, 1))),
        ("after:2024-05-07", Filters(after=DAY(2024, 5, 7))),
        ("after:2024/5/7", Filters(after=DAY(2024, 5, 7))),
        ("after:2024.05.07", Filters(after=DAY(2024, 5, 7))),
        ("after:2024年5月7日", Filters(after=DAY(2024, 5, 7))),
        ("before:2024年", Filters(before=DAY(2024, 1, 1))),
        ("before:2024-05", Filters(before=DAY(2024, 5, 1))),
        ("after:2024 before:2025", Filters(after=DAY(2024, 1, 1), before=DAY(2025, 1, 1))),
        ("after:2024 after:2023", Filters(after=DAY(2023, 1, 1))),
        ("before:2024 before:2023", Filters(before=DAY(2024, 1, 1))),
        ("after:today", Filters(after=TODAY)),
        ("after:昨天", Filters(after=DAY(2024, 5, 19))),
        ("after:7d", Filters(after=DAY(2024, 5, 13))),
        ("after:2w", Filters(after=DAY(2024, 5, 6))),
        ("after:3m", Filters(after=DAY(2024, 2, 20))),
        ("before:1y", Filters(before=DAY(2023, 5, 20))),
        ("after:9999y", Filters(after=dt.date.min)),
        ("date:2024-12", Filters(dates=(Period(DAY(2024, 12, 1), DAY(2025, 1, 1)),))),
        ("date:2024", Filters(dates=(Period(DAY(2024, 1, 1), DAY(2025, 1, 1)),))),
        ("date:2024-02-29", Filters(dates=(Period(DAY(2024, 2, 29), DAY(2024, 3, 1)),))),
        ("date:yesterday", Filters(dates=(Period(DAY(2024, 5, 19), TODAY),))),
        ("date:7d", Filters(dates=(Period(DAY(2024, 5, 13), DAY(2024, 5, 21)),))),
        ("lang:zh", Filters(languages=("zh",))),
        ("语言:英文", Filters(languages=("en",))),
        ("lang:zh|en", Filters(languages=("zh", "en"))),
        ("size:>1MB", Filters(least_bytes=1_000_001)),
        ("size:>=1MB", Filters(least_bytes=1_000_000)),
        ("size:≥1.5k", Filters(least_bytes=1_500)),
        ("size:<200k", Filters(most_bytes=199_999)),
        ("size:<=1MiB", Filters(most_bytes=1_048_576)),
        ("size：＞１ＧＢ", Filters(least_bytes=1_000_000_001)),
        ('大小:"> 10 kb"', Filters(least_bytes=10_001)),
        ("size:>100 KB", Filters(least_bytes=100_001)),
        ("size:>100 kib", Filters(least_bytes=102_401)),
        ("size:<=1.5 mB", Filters(most_bytes=1_500_000)),
        ("size:>2 G", Filters(least_bytes=2_000_000_001)),
        ("size:>100 bytes", Filters(least_bytes=101)),
        ("size:> 100KB", Filters(least_bytes=100_001)),
        ("size: >1MB", Filters(least_bytes=1_000_001)),
        ("size: > 1 MB", Filters(least_bytes=1_000_001)),
        ("大小：　＞　１００　ＫＢ", Filters(least_bytes=100_001)),
        ("size:≧1 Ｔ", Filters(least_bytes=10**12)),
        ("size:≦1T", Filters(most_bytes=10**12)),
        ("類型:網頁", Filters(kinds=("html",))),
        ("檔案類型:簡報", Filters(kinds=("slides",))),
        ("類型:試算表,郵件,圖片,影片", Filters(kinds=("sheet", "email", "image", "video"))),
        ("副檔名:md", Filters(kinds=(".md",))),
        ("語言:中文", Filters(languages=("zh",))),
        ("語言:英語", Filters(languages=("en",))),
        ("早於:2024", Filters(before=DAY(2024, 1, 1))),
        ("晚於:昨天", Filters(after=DAY(2024, 5, 19))),
        ("資料夾:zh", Filters(folders=("zh",))),
        ("檔案夾:租約", Filters(folders=("租約",))),
        ("檔名:租約", Filters(names=("租約",))),
        ("檔案名稱:租約", Filters(names=("租約",))),
        ("檔案大小:>1k", Filters(least_bytes=1_001)),
        ("type:Python", Filters(kinds=("python",))),
        ("type:c++,C#", Filters(kinds=("c++", "c#"))),
        ("type:js", Filters(kinds=(".js",))),
        ("type:java", Filters(kinds=(".java",))),
        ("type:docs", Filters(kinds=("documents",))),
        ("类型:文档", Filters(kinds=("documents",))),
        ("type:photos,movies", Filters(kinds=("image", "video"))),
        ("type:jpg", Filters(kinds=("jpeg",))),
        ("ext:jpg", Filters(kinds=(".jpg",))),
        ("folder:work,en", Filters(folders=("work", "en", "work,en"))),
        ("name:lease，plan", Filters(names=("lease", "plan", "lease，plan"))),
        ("-name:a,b", Filters(without_names=("a", "b", "a,b"))),
        ('name:"a,b"', Filters(names=("a,b",))),
        ("name:a,", Filters(names=("a", "a,"))),
        ("name:,", Filters(names=(",",))),
        ("size:>1k size:<2k", Filters(least_bytes=1_001, most_bytes=1_999)),
        ("size:>1k size:>2k", Filters(least_bytes=1_001)),
        ("size:>999999999999T", Filters(least_bytes=2**63 - 1)),
    ],
)
def test_filters(text, filters):
    assert of(text) == Query("", filters=filters)
    assert of(f"lease {text} flat") == Query("lease flat", filters=filters)


@pytest.mark.parametrize(
    ("text", "searched", "least"),
    [
        ("size:>1 big report", "big report", 2),
        ("size:>1 m", "m", 2),
        ("size:>1 T-shirt", "T-shirt", 2),
        ("size:>1 Mbps", "Mbps", 2),
        ("size:>1k MB", "MB", 1_001),
        ("size: > 5 reports", "reports", 6),
        ("size:>5 GB, boats", ", boats", 5_000_000_001),
    ],
)
def test_a_word_behind_a_size_that_is_no_unit_is_text(text, searched, least):
    assert of(text) == Query(searched, filters=Filters(least_bytes=least))


@pytest.mark.parametrize(
    ("text", "like", "unlike"),
    [
        ("like:lease.pdf", ("lease.pdf",), ()),
        ("相似：租约.pdf", ("租约.pdf",), ()),
        ("similar:a.txt 类似:b.txt like:a.txt", ("a.txt", "b.txt"), ()),
        ('like:"~/my work/a, b.pdf"', ("~/my work/a, b.pdf",), ()),
        ('like:" a "', (" a ",), ()),
        ("-like:draft.txt", (), ("draft.txt",)),
        ("like:a.txt －like:“b c.txt”", ("a.txt",), ("b c.txt",)),
        ("like:file:///srv/a%20b.txt", ("file:///srv/a%20b.txt",), ()),
    ],
)
def test_files_to_be_similar_to(text, like, unlike):
    assert of(text) == Query("", like=like, unlike=unlike)
    assert of(f"lease {text} flat") == Query("lease flat", like=like, unlike=unlike)
    assert not of(text).is_restricted


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("size:big", "size:big is searched as text: write it like size:>1MB."),
        ("size:1MB", "size:1MB is searched as text: write it like size:>1MB."),
        ("after:soon", "after:soon is searched as text: write it like after:2024-05."),
        ("after:2024-13", "after:2024-13 is searched as text: write it like after:2024-05."),
        ("after:2024-00", "after:2024-00 is searched as text: write it like after:2024-05."),
        ("before:2024-5-0", "before:2024-5-0 is searched as text: write it like before:2024-05."),
        ("date:2024年0月", "date:2024年0月 is searched as text: write it like date:2024-05."),
        ("類型:?", "類型:? is searched as text: write it like type:pdf."),
        ("size: MB", "size: is searched as text: write it like size:>1MB."),
        ("date:2023-02-29", "date:2023-02-29 is searched as text: write it like date:2024-05."),
        ("before:0000", "before:0000 is searched as text: write it like before:2024-05."),
        ("lang:fr", "lang:fr is searched as text: write it like lang:zh or lang:en."),
        ("type:", "type: is searched as text: write it like type:pdf."),
        ('like:" "', 'like:" " is searched as text: write it like like:lease.pdf.'),
        ("type:pdf,?", "type:pdf,? is searched as text: write it like type:pdf."),
        ('folder:""', 'folder:"" is searched as text: write it like folder:work.'),
        ('folder:"work', 'folder:"work is searched as text: the second quotation mark is missing.'),
        ('"annual', '"annual is searched as text: the second quotation mark is missing.'),
        ("「年报", "「年报 is searched as text: the second quotation mark is missing."),
        ('"->"', '"->" holds no word that could be looked for exactly.'),
        (
            "-lang:zh",
            "-lang:zh is searched as text: "
            "a minus goes before words, type:, folder:, name:, label:, topic: and like: only.",
        ),
    ],
)
def test_what_cannot_be_understood_is_text_and_a_hint_says_so(text, hint):
    assert of(text) == Query(text, hints=(hint,))


def test_a_hint_is_given_once_and_shows_no_more_than_a_line():
    [hint] = of(f"size:{'x' * 500} size:{'x' * 500}").hints
    assert len(hint) < 120


def test_of_a_paste_the_first_parts_are_used():
    query = of(" ".join(f'-a{n} "b{n}" -"c{n}" type:d{n} -name:e{n} size:f{n}' for n in range(500)))
    filters = query.filters
    lists = (query.phrases, query.excluded, query.excluded_phrases, filters.kinds, filters.without_names)
    assert {len(values) for values in lists} == {64}
    assert query.hints[-1] == "Only the first 64 phrases, excluded words and values of each filter are used."
    assert len(query.hints) == 5


def test_everything_together():
    query = of('boiler type:pdf "gas leak" -draft folder:home after:2023 －“old house” size:<5MB')
    filters = Filters(kinds=("pdf",), folders=("home",), after=DAY(2023, 1, 1), most_bytes=4_999_999)
    assert query == Query("boiler gas leak", ("gas leak",), ("draft",), filters, (), ("old house",))
    assert query.is_restricted
    assert not filters.is_empty
    assert not of("boiler").is_restricted


pieces = st.sampled_from(
    ['"', "“", "”", "「", "」", "-", " ", "type:", "size:>", "after:", "date:", "1", "慢", "a", "\n"]
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join)), st.dates(DAY(1990, 1, 1), DAY(2100, 1, 1)))
def test_any_text_is_a_query(text, today):
    query = parse(text, today)
    assert parse(text, today) == query
    assert hash(query) is not None


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1)))
def test_words_are_kept(words):
    assert of(" ".join(words)).text == " ".join(words)


@pytest.mark.parametrize(
    "unit", ['"', "「", '"「', "-", "type:", " -「", '"a" ', "“", 'a"', "size:>1 ", "size: ", "size:>\n"]
)
def test_a_long_query_takes_time_in_proportion(unit):
    start = time.perf_counter()
    of(unit * 20_000)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("typed", ["lease type:p", "lease type:pd", "lease -type:exc", "lease 类型:网"])
def test_a_kind_that_is_still_being_typed_leaves_nothing_out(typed):
    query = parse(typed, dt.date(2024, 5, 1))
    assert (query.text, query.filters, query.hints) == ("lease", Filters(), ())


@pytest.mark.parametrize("typed", ["lease type:pdf", "lease type:py", "lease type:p ", "type:p lease", "lease type:.p"])
def test_a_whole_kind_or_one_that_was_left_is_meant(typed):
    assert parse(typed, dt.date(2024, 5, 1)).filters.kinds
