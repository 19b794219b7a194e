from __future__ import annotations

from io import BytesIO

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract import xml_trees
from bge_desktop.extract.xml_trees import attribute, local_name, nearest, parsed, streamed, text_of_first, within

_LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY l0 "ha">'
    + b"".join(b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b']><a x="%b">%b</a>'
)


def test_elements_are_found_by_local_names() -> None:
    root = parsed(b'<a xmlns="u:1" xmlns:r="u:2"><b r:id="7"><b><!-- not --><c>text <i>in</i></c></b></b><c/></a>')
    assert [local_name(element) for element in root] == ["b", "c"]
    assert len(list(within(root, "b"))) == 2
    assert len(list(nearest(root, "b", "c"))) == 2
    assert list(nearest(root, "i", left_out=frozenset({"c"}))) == []
    assert (attribute(root[0], "id"), attribute(root[0], "x")) == ("7", "")
    assert (text_of_first(root, "c"), text_of_first(root, "x")) == ("text in", "")


@pytest.mark.parametrize("uses", [(b"", b"&l9;"), (b"&l9;", b""), (b"", b"")])
def test_a_document_type_is_refused_whatever_uses_it(uses: tuple[bytes, bytes]) -> None:
    with pytest.raises(ExtractionError, match="Not safe to read"):
        parsed(_LAUGHS % uses)
    with pytest.raises(ExtractionError, match="Not safe to read"):
        list(streamed(BytesIO(_LAUGHS % uses), "a"))


def test_endless_depth_has_its_reason() -> None:
    deep = b"<a>" * 1000 + b"</a>" * 1000
    with pytest.raises(ExtractionError, match="Nested too deep"):
        parsed(deep)
    with pytest.raises(ExtractionError, match="Nested too deep"):
        list(streamed(BytesIO(deep), "b"))


def test_a_stream_forgets_what_has_passed() -> None:
    data = b"<s>" + b"<r><c>1</c></r><x/>" * 50_000 + b"</s>"
    seen = [(element.findtext("c"), len(element.getparent())) for element in streamed(BytesIO(data), "r")]
    assert [text for text, _ in seen] == ["1"] * 50_000
    assert max(siblings for _, siblings in seen) < 10_000


def test_a_tree_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_trees, "LARGEST_TREE", 10)
    with pytest.raises(ExtractionError, match="Too large"):
        parsed(b"<a>longer than ten</a>")
