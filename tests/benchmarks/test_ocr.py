"""How well and how fast print is recognised: pages of the samples at 200 dpi, clean and as a scanner sees them."""

from __future__ import annotations

import glob
import os
import re
import textwrap
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

from bge_desktop import resources
from bge_desktop.bge.script import language_of
from bge_desktop.extract.formats import extract
from bge_desktop.extract.ocr import printed_text
from tests.benchmarks import scale
from tests.benchmarks.table import Bar, Row

FONTS = {
    "en": ("truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSans.ttf"),
    "zh": ("opentype/noto/NotoSerifCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Regular.ttc"),
}
SIZES = {"en": (27, 23), "zh": (31, 27)}  # pixels at 200 dpi: 10 and 8 points, 11 and 10 points
COLUMNS = {"en": 84, "zh": 38}
LINES, PAGES = 40, scale.of(6, 2)
A4, MARGIN = (1654, 2339), 150
WORST = 0.02  # character error rate


def _lines(language):
    """Lines of print from the samples of a language."""
    paths = sorted(glob.glob(resources.path("samples", "*", "*.*")))
    texts = [extract(path, Path(path).read_bytes()).text for path in paths]
    words = " ".join(" ".join(text.split()) for text in texts if language_of(text) == language)
    if language == "zh":
        words = re.sub(r"[^\u4e00-\u9fff，。！？0-9a-z]", "", words)
        return [words[start : start + COLUMNS["zh"]] for start in range(0, len(words), COLUMNS["zh"])]
    return textwrap.wrap(re.sub(r"[^\x20-\x7e]", "", words), COLUMNS["en"])


def _page(lines, language, number):
    sheet = Image.new("L", A4, 255)
    font, size = FONTS[language][number % 2], SIZES[language][number // 2 % 2]
    face = ImageFont.truetype(os.path.join("/usr/share/fonts", font), size)
    for row, line in enumerate(lines):
        ImageDraw.Draw(sheet).text((MARGIN, MARGIN + row * (A4[1] - 2 * MARGIN) // LINES), line, fill=10, font=face)
    return _scanned(sheet) if number % 2 else sheet


def _scanned(sheet):
    turned = sheet.rotate(0.5, resample=Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    return Image.blend(turned, Image.effect_noise(sheet.size, 30), 0.15)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_print_is_read_almost_without_errors(language, table):
    lines = _lines(language)
    errors = characters = 0
    seconds = work = 0.0
    for number in range(PAGES):
        page = [lines[(number * LINES + row) % len(lines)] for row in range(LINES)]
        picture, expected = _page(page, language, number), re.sub(r"\s", "", "".join(page))
        start, used = time.perf_counter(), time.process_time()
        found = re.sub(r"\s", "", printed_text(picture, lambda: True).text)
        seconds, work = seconds + time.perf_counter() - start, work + time.process_time() - used
        wrong = Levenshtein.distance(found, expected)
        errors, characters = errors + wrong, characters + len(expected)
        print(f"\n{language}, page {number + 1}: {wrong} of {len(expected)} characters wrong", end="")
    rate, speed = errors / characters, 60 * PAGES / seconds
    note = f"{speed:.1f} pages a minute, {work / PAGES:.1f} s of work a page"
    what = f"print: characters wrong of a hundred, {language}"
    table.add(Row("extraction", what, 100 * rate, "", bar=Bar(at_most=100 * WORST), note=note))
    assert rate <= WORST


def test_a_photograph_costs_about_a_second(table):
    photograph = Image.merge("RGB", [Image.effect_noise((12, 9), 90).resize((4000, 3000)) for _ in range(3)])
    printed_text(photograph.copy(), lambda: True)
    start = time.process_time()
    assert printed_text(photograph, lambda: True).text == ""
    seconds = time.process_time() - start
    table.add(Row("extraction", "a photograph of 12 million pixels, work", seconds, "s"))
