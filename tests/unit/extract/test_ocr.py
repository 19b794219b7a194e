from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from bge_desktop.extract import ocr
from bge_desktop.extract.ocr import forget, printed_text

LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
CHINESE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
ENGLISH_LINES = [
    "The tenant may end this agreement by giving",
    "two months' notice in writing; 5% of the rent",
    "is kept.",
]
CHINESE_LINES = ["租客可以提前两个月书面通知解除本合同，押金", "的百分之五不予退还。"]
HEAVY = ("cv2", "rapidocr", "openvino", "PIL", "torch", "pypdfium2")


@pytest.fixture(scope="module", autouse=True)
def _memory_is_given_back() -> Iterator[None]:
    yield
    forget()


def _page(lines: list[str], font: str, size: int = 24, height: int = 300) -> Image.Image:
    page = Image.new("L", (800, height), 255)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((40, 40 + 40 * number), line, fill=0, font=ImageFont.truetype(font, size))
    return page


def _always() -> bool:
    return True


def _errors(found: str, lines: list[str], joint: str) -> float:
    """Return the character error rate."""
    expected = joint.join(lines)
    return Levenshtein.distance(found, expected) / len(expected)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1"])
def test_english_is_read_in_every_mode_of_pixels(mode: str) -> None:
    found = printed_text(_page(ENGLISH_LINES, LATIN).convert(mode), _always)
    assert found.whole
    assert _errors(found.text, ENGLISH_LINES, " ") <= 0.02


def test_chinese_is_read() -> None:
    assert _errors(printed_text(_page(CHINESE_LINES, CHINESE), _always).text, CHINESE_LINES, "") <= 0.02


def test_white_print_on_nothing_or_on_black_is_read() -> None:
    page = Image.eval(_page(ENGLISH_LINES, LATIN), lambda level: 255 - level)
    assert "two months' notice" in printed_text(page, _always).text


def test_a_tall_picture_is_read_to_its_end() -> None:
    page = _page(ENGLISH_LINES, LATIN, height=6000)
    page.paste(_page(["And this is the very end of it."], LATIN), (0, 5700))
    text = printed_text(page, _always).text
    assert text.startswith("The tenant")
    assert text.endswith("And this is the very end of it.")


def test_what_can_hold_no_print_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_engine", lambda: pytest.fail("the models were asked"))
    icon = _page(["Icon"], LATIN).resize((48, 48))
    assert printed_text(icon, _always) == ("", True)
    assert printed_text(Image.new("RGB", (900, 900), "navy"), _always) == ("", True)


def test_noise_gives_no_words() -> None:
    noise = Image.effect_noise((640, 480), 120)
    assert printed_text(noise, _always).text == ""
    assert printed_text(noise.resize((64, 48)).resize((640, 480)), _always).text == ""


def test_when_there_is_no_more_time_what_was_read_is_kept() -> None:
    turns = iter([True, True, True, False])
    found = printed_text(_page(ENGLISH_LINES, LATIN), lambda: next(turns))
    assert (found.text, found.whole) == (" ".join(ENGLISH_LINES[:2]), False)


def test_the_models_are_kept_for_a_few_sizes_and_forgotten_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setattr(ocr, "_SIZES_KEPT", 2)
    engines = []
    for height in (200, 300, 500):
        printed_text(_page(["Words"], LATIN, height=height), _always)
        engines.append(ocr._loaded[0])
    assert engines[0] is engines[1] is not engines[2]
    forget()
    assert ocr._loaded == []


@pytest.mark.parametrize(
    "module", ["bge_desktop.extract.formats", "bge_desktop.ui.window", "bge_desktop.worker.worker"]
)
def test_nothing_heavy_is_loaded_before_the_first_picture(module: str) -> None:
    code = f"import sys, {module}; print(sorted(set({HEAVY}) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert run.stdout.strip() == "[]"
