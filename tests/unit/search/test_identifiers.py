import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bge_desktop.library.library import Library
from bge_desktop.search import identifiers as identifiers_module
from bge_desktop.search.identifiers import holding, identifiers
from tests.unit.search.conftest import Shelf


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("what does ERR_4021-B mean", ("ERR_4021-B",)),
        ("错误ERR_4021-B怎么办", ("ERR_4021-B",)),
        ("ＥＲＲ＿４０２１－Ｂ", ("ERR_4021-B",)),
        ("(ERR_4021-B)", ("ERR_4021-B",)),
        ("libfoo_init() returns null", ("libfoo_init()",)),
        ("call libfoo_init, then stop", ("libfoo_init",)),
        ("invoice INV-2024-017, please", ("INV-2024-017",)),
        ("发票INV-2024-017。", ("INV-2024-017",)),
        ("call +44 117 496 0142 now", ("+44 117 496 0142",)),
        ("电话：0571-0000 2218", ("0571-0000 2218",)),
        ("(0117) 496 0142", ("(0117) 496 0142",)),
        ("mail lin.yue@example.org.", ("lin.yue@example.org",)),
        ("where is /etc/hosts?", ("/etc/hosts",)),
        ("where is /etc/hosts", ("/etc/hosts",)),
        ("见/etc/hosts文件", ("/etc/hosts",)),
        ("打开 /资料/合同.txt", ("/资料/合同.txt",)),
        ("~/notes/a.md ./run.sh", ("~/notes/a.md", "./run.sh")),
        ("C:\\Users\\x\\a.txt", ("C:\\Users\\x\\a.txt",)),
        ("\\\\server\\share", ("\\\\server\\share",)),
        ("since v1.2.3", ("v1.2.3",)),
        ("host 10.0.0.1", ("10.0.0.1",)),
        ("CamelCaseName and getValue", ("CamelCaseName", "getValue")),
        ("std::vector<int>", ("std::vector",)),
        ("https://example.org/a-b/c", ("https://example.org/a-b/c",)),
        ("ISBN 978-7-111-12345-6", ("978-7-111-12345-6",)),
        ("ISBN 0-306-40615-X", ("0-306-40615-X",)),
        ("RFC2616 and CVE-2024-3094", ("RFC2616", "CVE-2024-3094")),
        ("order 4021337", ("4021337",)),
        ("main.py or lease.pdf", ("main.py", "lease.pdf")),
        ("Aktenzeichen 2024/017", ("2024/017",)),
        ("ERR_1 ERR_1", ("ERR_1",)),
        ("故障 E-17", ("E-17",)),
        ("DE89370400440532013000", ("DE89370400440532013000",)),
        ("deposit 1350 payable", ("1350",)),
        ("foo.baz(bar) fails", ("foo.baz(bar)",)),
    ],
)
def test_exact_names_are_told_from_words(query, names):
    assert identifiers(query) == names


@pytest.mark.parametrize(
    "query",
    [
        "how to cook (the best) rice",
        "a well-known state-of-the-art method",
        "and/or",
        "PyTorch 显存不足 on GitHub",
        "iPhone MP3 A4 B2B",
        "10km 3rd 5pm 1.5GB",
        "in 2024",
        "3.14 or 1,000,000",
        "at 10:30",
        "e.g. the U.S.",
        "慢炖牛肉",
        "Wait... what?!",
        "C++ and C#",
        "- -- / \\ . :",
        "",
    ],
)
def test_words_are_no_exact_names(query):
    assert identifiers(query) == ()


TEXTS = {
    "error": "The code ERR_4021-B means that the pump is stuck.",
    "error x": "The code ERR_4021-BX, X-ERR_4021-B and ERR_4021-B-2 mean nothing.",
    "error c": "ERR_4021-C; ERR_4021 B; ERR 4021-B.",
    "error zh": "错误err_4021-b表示泵卡住。",
    "function": "Call libfoo_init(ctx) first, then `foo->libfoo_run()`.",
    "function 2": "libfoo_initialise() and mylibfoo_init() differ.",
    "invoice": "Your invoice no. INV-2024-017.",
    "invoice 2": "INV-2024-0171 follows XINV-2024-017",
    "phone": "Ring +44 117 496 0142.",
    "phone 2": "Ring (0117) 496-0143 or +44 (117) 4960144.",
    "phone zh": "电话0571-00002218转3",
    "phone spaced": "Tel.: 05 71 00 00 22 19",
    "number": "Order 4021337, not 4021338.",
    "number 2": "14021337 40213370 4021337a",
    "mail": "Write to Lin.Yue@Example.org.",
    "mail 2": "lin.yue@example.org.cn, x.lin.yue@example.org, yue@example.org",
    "path": "Edit /etc/hosts.",
    "path 2": "/etc/hosts.allow and /chroot/etc/hosts and /etc/hostsfile",
    "path zh": "文件在 /资料/合同.txt 里",
    "windows": "It is at c:\\users\\x\\notes.txt",
    "version": "Fixed in v1.2.3.",
    "version 2": "Fixed in v1.2.34 and v1.2.3.1 and xv1.2.3",
    "address": "The host is 10.0.0.1:80",
    "address 2": "110.0.0.1 and 10.0.0.12",
    "camel": "The class CamelCaseName.method is old.",
    "camel 2": "CamelCaseNames, MyCamelCaseName, camel case name",
    "isbn": "ISBN 978-7-111-12345-6",
    "isbn plain": "ISBN 9787111123463",
    "isbn x": "ISBN 0 306 40615 x",
    "scoped": "Use std::vector<int>.",
    "file": "See src/main.py.",
    "file 2": "old.main.py main.pyc",
    "account": "Pay to DE89 3704 0044 0532 0130 00 in advance.",
    "flight": "Flight CA 1831 leaves on time; RTX-4090.",
    "flight 2": "Flight CA1832 leaves late, as does CA 1832-B.",
    "price": "The deposit is $1,350, payable at once.",
    "price 2": "It is $13,50 or $1,3500 or 21,350.",
    "calls": "foo.baz(bar)",
    "calls 2": "foo.bar(baz)",
    "headphones": "The WH-1000XM5 are here.",
    "headphones 2": "The WH-1000XM4 are here.",
    "dash": "ERR–77–Q and\nERR_88\n",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    library = Library(str(tmp_path_factory.mktemp("library")))
    shelf = Shelf(library)
    shelf.names = {shelf.put(name, text): name for name, text in TEXTS.items()}
    yield shelf
    library.close()


@pytest.mark.parametrize(
    ("identifier", "names"),
    [
        ("ERR_4021-B", {"error", "error zh"}),
        ("1350", {"price"}),
        ("foo.baz(bar)", {"calls"}),
        ("WH1000XM5", {"headphones"}),
        ("err_4021-b", {"error", "error zh"}),
        ("ERR_4021-BX", {"error x"}),
        ("ERR_4021-C", {"error c"}),
        ("ERR_4021-D", set()),
        ("ERR_4021", {"error c"}),
        ("ERR-77-Q", {"dash"}),
        ("ERR_88", {"dash"}),
        ("libfoo_init()", {"function"}),
        ("libfoo_init", {"function"}),
        ("libfoo_run()", {"function"}),
        ("libfoo_initialise()", {"function 2"}),
        ("foo_init", set()),
        ("INV-2024-017", {"invoice"}),
        ("INV-2024-0171", {"invoice 2"}),
        ("2024-017", {"invoice", "invoice 2"}),
        ("+44 117 496 0142", {"phone"}),
        ("+441174960142", {"phone"}),
        ("117-496-0142", {"phone"}),
        ("0117 4960143", {"phone 2"}),
        ("+44 117 496 0144", {"phone 2"}),
        ("117 496 014", set()),
        ("0571-0000 2218", {"phone zh"}),
        ("057100002218", {"phone zh"}),
        ("0571 00002219", {"phone spaced"}),
        ("4021337", {"number"}),
        ("402133", set()),
        ("lin.yue@example.org", {"mail"}),
        ("yue@example.org", {"mail 2"}),
        ("/etc/hosts", {"path"}),
        ("/etc/hosts.allow", {"path 2"}),
        ("/资料/合同.txt", {"path zh"}),
        ("C:\\Users\\x", {"windows"}),
        ("C:\\Users\\x\\notes.txt", {"windows"}),
        ("C:\\Users\\xy", set()),
        ("v1.2.3", {"version"}),
        ("v1.2.34", {"version 2"}),
        ("10.0.0.1", {"address"}),
        ("CamelCaseName", {"camel"}),
        ("978-7-111-12345-6", {"isbn"}),
        ("9787111123456", {"isbn"}),
        ("978-7-111-12346-3", {"isbn plain"}),
        ("0-306-40615-X", {"isbn x"}),
        ("030640615X", {"isbn x"}),
        ("0-306-40615-2", set()),
        ("std::vector", {"scoped"}),
        ("main.py", {"file"}),
        ("::", set()),
        ("DE89370400440532013000", {"account"}),
        ("DE8937040044053201300", set()),
        ("CA1831", {"flight"}),
        ("RTX4090", {"flight"}),
        ("CA1832", {"flight 2"}),
        ("CA183", set()),
    ],
)
def test_a_name_is_found_where_it_stands_literally(shelf, identifier, names):
    assert {shelf.names[document] for document in holding(shelf.library.db, identifier).tolist()} == names


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text(st.sampled_from("aB1_-./\\:@()+# 慢")))
def test_any_text_can_be_asked_for(shelf, text):
    for identifier in (*identifiers(text), text):
        holding(shelf.library.db, identifier)


@given(st.lists(st.sampled_from(["4", "0", "7"]), min_size=5, max_size=9), st.data())
def test_a_number_is_the_same_however_it_is_spaced(digits, data):
    gaps = data.draw(st.lists(st.sampled_from(["", "", " ", "-"]), min_size=len(digits), max_size=len(digits)))
    spaced = "".join(digit + gap for digit, gap in zip(digits, gaps, strict=True)).strip(" -")
    found = identifiers(f"ring {spaced} now")
    assert found == (spaced,) or (" " in spaced and len(digits) < 7)


@pytest.mark.parametrize("unit", ["a", "1", "1 ", "a.", "a_", "-", "/", "~/", "a@", "a::", "\\", "aB", "(", "1-", "()"])
def test_a_long_query_takes_time_in_proportion(unit):
    start = time.perf_counter()
    identifiers(unit * 50_000)
    identifiers(f"{unit * 99} " * 200)
    assert time.perf_counter() - start < 5


def test_what_stands_in_very_many_documents_is_nobodys_name(shelf, monkeypatch):
    monkeypatch.setattr(identifiers_module, "_MOST_HOLDING", 3)
    for number in range(3):
        shelf.put(f"{number}.txt", f"The files below /proc, {number}.")
    assert len(holding(shelf.library.db, "/proc")) == 3
    shelf.put("4.txt", "The files below /proc.")
    assert len(holding(shelf.library.db, "/proc")) == 0
