from __future__ import annotations

import math

import pytest

from bge_desktop.extract.cell_formats import BUILT_IN, plain, shower

MOMENT = 45429 + (14 * 3600 + 5 * 60 + 9) / 86_400  # 17 May 2024, 14:05:09


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy-mm-dd", "2024-05-17"),
        ("d-mmm-yy", "17-May-24"),
        ("dddd, mmmm d", "Friday, May 17"),
        ('yyyy"年"m"月"d"日";@', "2024年5月17日"),
        ("[$-804]yyyy/m/d h:mm", "2024/5/17 14:05"),
        ("h:mm AM/PM", "2:05 PM"),
        ("mm:ss", "05:09"),
        ("[h]:mm", f"{45429 * 24 + 14}:05"),
        (r"dd\.mm\.yyyy", "17.05.2024"),
        ("General", "45429.5869097222"),
        ("[Red]#,##0.00", "45429.5869097222"),
        ('0" days"', "45429.5869097222"),
        ("", "45429.5869097222"),
    ],
)
def test_a_moment_in_many_formats(code: str, shown: str) -> None:
    assert shower(code)(MOMENT) == shown


@pytest.mark.parametrize(("code", "shown"), [("0%", "12%"), ("0.00%", "12.50%"), ("0.0#%", "12.5%")])
def test_shares(code: str, shown: str) -> None:
    assert shower(code)(0.125) == shown


def test_every_code_that_is_built_in_shows_a_date_or_share() -> None:
    assert all(shower(code)(MOMENT) != plain(MOMENT) for code in BUILT_IN.values())


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e300, -1e9])
def test_what_is_no_date_is_a_number(value: float) -> None:
    assert shower("yyyy-mm-dd")(value) == plain(value)


def test_a_code_of_nonsense_does_not_take_long() -> None:
    assert shower('"[\\' * 100_000)(1) == "1"
