"""Changing the models of a library, with the real encoders: searches go on, and nothing is lost or done twice."""

from __future__ import annotations

import contextlib
import json
import random

import pytest

from bge_desktop.bge import model_store
from bge_desktop.bge.model_import import add_folder
from bge_desktop.cli.models import in_use
from bge_desktop.library.library import reading
from bge_desktop.messages import CancelSwitch, ForgetFormer, ModelsListed, ReturnToFormer, UseModels
from tests.end_to_end.client import Client
from tests.end_to_end.command import run, run_json
from tests.end_to_end.switch_kills import killed_in_the_middle, made_by
from tests.made_notes import make_notes
from tests.small_models import save_bert
from tests.torture import same

ENGLISH, CHINESE = "bge-small-en-v1.5", "bge-small-zh-v1.5"
QUERIES = ("how do I end the lease", "baking bread in the oven", "who pays for the repair", "租约和押金")


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    make_notes(str(path), 24)
    return path


@pytest.fixture
def small(tmp_path):
    """The name of a small random model, which reads both languages, among those that can be chosen."""
    model = add_folder(str(save_bert(tmp_path / "small-bert")), lambda done, total: None)
    yield model.name
    with contextlib.suppress(Exception):
        model_store.remove(model.name)


def ranking(client, query):
    return [(result.path, result.passage, round(result.score, 3)) for result in client.search(query).results]


def listed(client):
    """The newest `ModelsListed`, of those that were told."""
    found = None
    while not client.events.empty():
        event = client.events.get()
        found = event if isinstance(event, ModelsListed) else found
    return found


def names(models):
    return {own.language: own.name for own in models}


def switched(client, **chosen):
    client.worker.submit(UseModels(**chosen))
    assert client.worker.wait_until_idle(120)


def test_each_answer_is_of_the_old_index_or_of_the_new_one(client):
    before = {query: ranking(client, query) for query in QUERIES}
    client.worker.submit(UseModels(en=CHINESE))
    meanwhile = []
    while not client.worker.wait_until_idle(0):
        meanwhile += [(query, ranking(client, query)) for query in QUERIES]
    after = {query: ranking(client, query) for query in QUERIES}
    assert before != after
    assert len(meanwhile) >= len(QUERIES)
    for query, answer in meanwhile:
        assert answer in (before[query], after[query])
    assert same.faults(str(client.worker._folder)) == []


def test_what_is_new_meanwhile_is_found_at_once_and_afterwards(client, folder):
    client.worker.submit(UseModels(en=CHINESE))
    (folder / "dentist.txt").write_text("Root canal treatment on the second of May at Dr Ferro's.")
    (folder / "00" / "note 1.txt").unlink()
    client.wait_for(lambda: client.names("tooth appointment")[0] == "dentist.txt")
    assert client.worker.wait_until_idle(120)
    assert client.names("root canal")[0] == "dentist.txt"
    assert "note 1.txt" not in client.names("lease tenant notice")
    client.wait_for(lambda: same.faults(client.worker._folder) == [])  # what was deleted goes a moment later


def test_cancelling_keeps_the_models_in_use(client):
    before = {query: ranking(client, query) for query in QUERIES}
    client.worker.submit(UseModels(en=CHINESE))
    client.worker.submit(CancelSwitch())
    assert client.worker.wait_until_idle(120)
    told = listed(client)
    assert (names(told.in_use), told.coming, told.former) == ({"en": ENGLISH, "zh": CHINESE}, None, ())
    assert {query: ranking(client, query) for query in QUERIES} == before
    assert vectors_by_model(client.worker._folder) == {
        ENGLISH: told.in_use[0].passages,
        CHINESE: told.in_use[1].passages,
    }


def test_a_return_embeds_only_what_came_since(client, folder):
    before = {query: ranking(client, query) for query in QUERIES}
    switched(client, en=CHINESE)
    embedded = client.worker._indexing.embedded
    client.worker.submit(ReturnToFormer())
    assert client.worker.wait_until_idle(120)
    assert client.worker._indexing.embedded == embedded
    assert {query: ranking(client, query) for query in QUERIES} == before
    (folder / "new.txt").write_text("Feed the goldfish twice a week.")
    client.wait_for(lambda: client.names("goldfish")[0] == "new.txt")
    assert client.worker.wait_until_idle(120)
    embedded = client.worker._indexing.embedded
    client.worker.submit(ReturnToFormer())
    assert client.worker.wait_until_idle(120)
    assert client.worker._indexing.embedded == embedded + 1
    client.worker.submit(ForgetFormer())
    assert client.worker.wait_until_idle(120)
    assert names(listed(client).in_use) == {"en": CHINESE, "zh": CHINESE}
    assert set(vectors_by_model(client.worker._folder)) == {CHINESE}
    assert same.faults(client.worker._folder) == []


def test_one_model_for_both_languages_finds_across_them_and_embeds_a_query_once(client, small):
    switched(client, en=small, zh=small)
    asked = []
    embed = client.worker._query_encoder.embed_fully
    client.worker._query_encoder.embed_fully = lambda model, *rest: (asked.append(model.name), embed(model, *rest))
    found = {int(name.removesuffix(".txt").split()[1]) for name in client.names("zebra")}
    assert {number % 2 for number in found} == {0, 1}  # of which those are in Chinese, and these in English
    assert asked == [small]


def test_without_the_files_of_its_model_a_library_is_searched_by_words(client, small, tmp_path):
    switched(client, en=small, zh=small)
    client.worker.stop()
    model_store.remove(small)
    again = Client(tmp_path / "library")
    found = [again.search(query) for query in ("boiler", "boiler invoice", "发票")]
    assert all(answer.results for answer in found)
    assert [error.title for error in again.errors] == ["Model is damaged"]
    again.worker.stop()
    told = run("search", "boiler", "--library", tmp_path / "library", "--json")
    assert json.loads(told.stdout)["results"]
    assert "Model is damaged" in told.stderr


def vectors_by_model(library):
    sql = "SELECT name, count(*) FROM vectors JOIN models ON models.id = model_id GROUP BY model_id"
    with same.copy_of(library) as db:
        return dict(db.execute(sql))


def test_a_change_that_is_killed_goes_on_and_nothing_is_embedded_twice(folder, tmp_path):
    library = str(tmp_path / "library")
    run("index", folder, "--library", library)
    chance, kept = random.Random(7), set()
    for _ in range(4):
        found = killed_in_the_middle(library, CHINESE, chance, 10)
        assert kept <= found
        kept = found
    assert kept
    told = run_json("models", "use", CHINESE, "--for", "en", "--library", library)
    assert names_of(told["in_use"]) == {"en": CHINESE, "zh": CHINESE}
    assert kept <= made_by(library, CHINESE)
    assert same.faults(library) == []
    with reading(library) as opened:
        assert len(opened.vectors["en"]) == told["in_use"][0]["passages"] > 0


def names_of(models):
    return {own["language"]: own["name"] for own in models}


def test_the_command_lists_changes_and_returns(folder, tmp_path):
    library = str(tmp_path / "library")
    run("index", folder, "--library", library)
    models = ("models", "--library", library)
    assert names_of(run_json(*models)["in_use"]) == {"en": ENGLISH, "zh": CHINESE}
    told = run_json("models", "use", ENGLISH, "--for", "zh", "--library", library)
    assert names_of(told["in_use"]) == {"en": ENGLISH, "zh": ENGLISH}
    assert names_of(told["former"]) == {"zh": CHINESE}
    assert names_of(run_json("models", "return", "--library", library)["in_use"]) == {"en": ENGLISH, "zh": CHINESE}
    told = run_json("models", "forget", "--library", library)
    assert told["former"] == []
    assert set(vectors_by_model(library)) == {ENGLISH, CHINESE}
    assert [own["name"] for own in run_json("status", "--library", library)["models"]] == [ENGLISH, CHINESE]
    refused = run("models", "use", "no-such-model", "--library", library, check=False)
    assert refused.returncode == 1
    assert "There is no model" in refused.stderr


def test_a_change_that_did_not_come_into_use_is_told(client, tmp_path, capsys):
    assert in_use(str(tmp_path / "library"), UseModels(en=ENGLISH)) == 0
    assert in_use(str(tmp_path / "library"), UseModels(en=CHINESE)) == 1  # as after a `models cancel` elsewhere
    assert "did not come into use" in capsys.readouterr().err


def test_the_command_hands_over_to_an_open_window(client, tmp_path):
    told = run_json("models", "use", CHINESE, "--for", "en", "--library", tmp_path / "library")
    assert names_of(told["in_use"]) == {"en": CHINESE, "zh": CHINESE}
    run("models", "forget", "--library", tmp_path / "library")
    client.wait_for(lambda: set(vectors_by_model(tmp_path / "library")) == {CHINESE})
