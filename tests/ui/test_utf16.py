from bge_desktop.messages import Span
from bge_desktop.ui.utf16 import in_utf16


def test_characters_beyond_the_first_plane_count_twice():
    text = "a😀b𠀀c"
    units = in_utf16(text)
    encoded = text.encode("utf-16-le")
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            span = units(Span(start, end))
            assert encoded[2 * span.start : 2 * span.end].decode("utf-16-le") == text[start:end]


def test_plain_text_has_the_same_positions():
    assert in_utf16("plain 中文")(Span(3, 8)) == Span(3, 8)
