from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from bge_desktop.ui import theme


@pytest.mark.parametrize("family", ["DejaVu Sans", "Noto Sans CJK SC"])
def test_a_letter_is_as_wide_as_it_looks_in_a_font_with_chinese_characters_too(qapp, family):
    metrics = QFontMetrics(QFont(family, 20))
    text = "Everything stays on this computer, and nothing of it leaves."
    assert theme.letter_width(metrics) * len(text) == pytest.approx(metrics.horizontalAdvance(text), rel=0.15)
