import dataclasses
import pathlib
import re

import numpy as np
import pytest

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.ranking_settings import Fusion, RankingSettings, read_settings
from bge_desktop.search.fusion import HYBRID
from bge_desktop.search.queries import understood
from bge_desktop.search.ranking import Ranking
from bge_desktop.search.searcher import Searcher
from tests.unit.search.conftest import dense, unit


@pytest.fixture
def read(tmp_path):
    def written(text):
        (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
        return read_settings(str(tmp_path / "settings.toml"))

    return written


def test_what_is_left_out_is_as_shipped(read):
    expected = dataclasses.replace(HYBRID, dense=1.0, name=0.0)
    assert read("[ranking]\ndense = 1\nname = 0.0\n") == RankingSettings(expected)
    assert read("[ranking]") == read("# nothing") == RankingSettings()


def test_a_byte_order_mark_is_no_part_of_it(read):
    assert read("\ufeff[ranking]\r\nexact = 2.5\r\n").weights.exact == 2.5


def test_the_fusion_can_be_chosen(read):
    assert read('[ranking]\nfusion = "rrf"') == RankingSettings(fusion=Fusion.RRF)
    assert read('[ranking]\nfusion = "scores"\ndense = 2').weights.dense == 2


WRONG = {
    "not toml": ("not TOML", "[ranking\n"),
    "a key twice": ("not TOML", "[ranking]\ndense = 1\ndense = 2"),
    "a number of many digits": ("not TOML", f"[ranking]\ndense = {'9' * 5000}"),
    "brackets too deep": ("not TOML", f"a = {'[' * 5000}"),
    "another table": ("“search”.*below \\[ranking\\]", "[search]\ndense = 1"),
    "no table": ("“dense”.*below \\[ranking\\]", "dense = 1"),
    "the table is a value": ("“ranking” must be a table", "ranking = 1"),
    "the table is a list": ("“ranking” must be a table", "[[ranking]]\ndense = 1"),
    "an unknown key": (
        "“title” is no setting; these are: fusion, dense, passage, document, name, exact",
        "[ranking]\ntitle = 1",
    ),
    "below zero": ("“dense” must be a number from 0 to 1,000,000", "[ranking]\ndense = -0.1"),
    "not finite": ("“dense” must be a number", "[ranking]\ndense = inf"),
    "not a number": ("“name” must be a number", "[ranking]\nname = nan"),
    "too large": ("“name” must be a number", "[ranking]\nname = 1e300"),
    "a very large whole number": ("“name” must be a number", f"[ranking]\nname = {'9' * 400}"),
    "a text": ("“passage” must be a number", '[ranking]\npassage = "1"'),
    "true": ("“passage” must be a number", "[ranking]\npassage = true"),
    "a list": ("“passage” must be a number", "[ranking]\npassage = [1]"),
    "a date": ("“passage” must be a number", "[ranking]\npassage = 2024-01-01"),
    "all zero": ("All weights are 0", "[ranking]\ndense=0\npassage=0\ndocument=0\nname=0\nexact=0"),
    "unknown fusion": ('“fusion” must be "scores" or "rrf"', '[ranking]\nfusion = "max"'),
    "fusion is no text": ("“fusion” must be", "[ranking]\nfusion = []"),
    "a weight with rrf": ("no weight counts: remove dense", '[ranking]\nfusion = "rrf"\ndense = 1'),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_what_is_allowed(read, tmp_path, case):
    message, text = WRONG[case]
    with pytest.raises(RequestError) as caught:
        read(text)
    assert re.search(message, caught.value.message)
    assert caught.value.path == str(tmp_path / "settings.toml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RequestError, match="Settings cannot be used") as caught:
        read_settings(str(tmp_path / "none.toml"))
    assert caught.value.path == str(tmp_path / "none.toml")


def test_the_settings_that_the_readme_shows_are_the_shipped_ones(read):
    readme = (pathlib.Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    assert read(readme.split("```toml\n")[1].split("```")[0]) == RankingSettings()


def test_settings_print_as_they_could_stand_in_a_file():
    assert RankingSettings().as_object() == {"fusion": "scores", **dataclasses.asdict(HYBRID)}
    assert RankingSettings(fusion=Fusion.RRF).as_object() == {"fusion": "rrf"}


@pytest.fixture
def ranking(shelf):
    """Of “boiler”: the first document is found by meaning, the second by its words, the third by both, less so."""
    shelf.embed(shelf.put("heat.txt", "Heating the house."), 0)
    shelf.embed(shelf.put("boiler.txt", "Boiler, boiler, boiler."), 1)
    both = shelf.put("both.txt", "The boiler, which is old, and the pipes that lead from it to the house.")
    shelf.embed(both, 2)
    vector = (unit("en", 0) + 0.9 * unit("en", 2)) / np.hypot(1, 0.9)
    query = understood("boiler")
    words = Searcher(shelf.library).words(query)
    return Ranking(shelf.library, query, words, dense({"en": vector.astype(np.float32)}), HYBRID)


def test_scores_are_weighed_as_the_settings_say(ranking):
    by_meaning = dataclasses.replace(HYBRID, passage=0, document=0, name=0, exact=0)
    assert RankingSettings(by_meaning).order(ranking).tolist() == [0, 2, 1]
    assert RankingSettings(dataclasses.replace(HYBRID, dense=0)).order(ranking).tolist() == [1, 2]
    assert RankingSettings().order(ranking).tolist() == ranking.order().tolist()


def test_reciprocal_rank_fusion_prefers_what_stands_high_in_both_lists(ranking):
    # by meaning: heat, both, boiler; by words: boiler, both. So 1/61 for heat, 1/63 + 1/61 for boiler, 2/62 for both
    assert RankingSettings(fusion=Fusion.RRF).order(ranking).tolist() == [1, 2, 0]
