import contextlib
import dataclasses
import json
import os

import pytest

from bge_desktop.bge.models import BUNDLED, Cosines
from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library import stored_models
from bge_desktop.library.library import Library
from bge_desktop.library.spread import Spread, spread_described_as, spread_of
from bge_desktop.library.stored_models import StoredModels

ENGLISH = BUNDLED["en"]
OTHER = dataclasses.replace(ENGLISH, name="other", dimension=8, location="/models/other", recorded="1a2b")


@pytest.fixture
def models(library):
    return StoredModels(library.db)


def test_the_bundled_models_are_in_use_where_none_was_chosen(models):
    assert {language: own.model for language, own in models.current().items()} == BUNDLED
    assert all(own.is_measured for own in models.current().values())


def test_a_model_comes_back_as_it_was_described(models):
    models.plan({"en": OTHER})
    models.take_effect()
    own = models.current()["en"]
    assert (own.model, own.fingerprint, own.is_measured) == (OTHER, "1a2b", False)
    assert models.former()["en"].model == ENGLISH


def test_a_bundled_model_may_read_another_language(models):
    models.plan({"zh": ENGLISH})
    models.take_effect()
    own = models.current()["zh"]
    assert own.model is ENGLISH
    assert not own.is_measured


def test_only_what_is_not_in_use_comes(models):
    models.plan({"en": ENGLISH, "zh": OTHER})
    assert {language: own.model for language, own in models.coming().items()} == {"zh": OTHER}


def test_a_model_that_was_recorded_anew_is_another_one(models):
    models.plan({"en": OTHER})
    models.plan({"en": dataclasses.replace(OTHER, recorded="3c4d")})
    assert models.coming()["en"].fingerprint == "3c4d"
    assert len(models.dropped()) == 1


def test_models_whose_files_an_upgrade_changed_start_anew(models, desk, monkeypatch):
    desk.put("a.txt", "one\n租房")
    desk.embed()
    models.plan({"zh": ENGLISH})
    monkeypatch.setattr(stored_models, "fingerprint", lambda model: "new" if model == ENGLISH else model.recorded)
    before = {own.id for own in models._all()}
    models.bring_up_to_date()
    assert {own.fingerprint for own in models.current().values()} == {"new", ""}
    assert not models.coming()
    assert before & set(models.dropped())
    assert len(desk.library.documents.to_embed(9, after=0)) == 2


def test_what_is_usual_of_an_unmeasured_model_is_guessed_from_what_it_says(models):
    spread = spread_of(dataclasses.replace(OTHER, usual=Cosines(0.2, 0.1)), "en")
    assert spread.query == Cosines(0.2, 0.1)
    assert spread.query.mean < spread.nearest.mean < spread.whole.mean <= 1
    assert spread_described_as(spread.described()) == spread


@pytest.mark.parametrize(
    ("column", "value"), [("description", "{spoilt"), ("role", "?"), ("spread", '{"query": 1}'), ("description", "[]")]
)
def test_a_spoilt_model_is_damage_and_is_known_from_the_copy(folder, make_desk, column, value):
    library = Library(folder)
    desk = make_desk(library)
    desk.put("a.txt", "one")
    desk.embed()
    library.keep_list()
    library.db.execute(f"UPDATE models SET {column} = ? WHERE language = 'en'", [value])
    for look in (library.check, library.keep_list):
        with pytest.raises(LibraryDamagedError):
            look()
    library.condemn()
    with pytest.raises(LibraryDamagedError), contextlib.closing(Library(folder, write=False)):
        pass
    with contextlib.closing(Library(folder)) as library:
        assert library.notice
        assert library.models == BUNDLED
        assert len(library.vectors["en"]) == 1
        library.check()


def test_a_model_that_is_spoilt_in_the_copy_too_has_its_passages_embedded_again(folder, make_desk):
    library = Library(folder)
    desk = make_desk(library)
    desk.put("a.txt", "one")
    desk.embed()
    library.db.execute("UPDATE models SET description = '{spoilt' WHERE language = 'en'")
    os.remove(os.path.join(folder, "folders.json"))
    library.condemn()
    with contextlib.closing(Library(folder)) as library:
        assert library.models == BUNDLED
        assert len(library.documents.to_embed(9, after=0)) == 1
        library.check()


def test_a_salvaged_library_goes_on_with_its_change(folder, make_desk):
    library = Library(folder)
    desk = make_desk(library)
    desk.put("a.txt", "one\ntwo")
    desk.embed()
    library.switch.begin({"en": OTHER})
    library.keep_list()
    [(passage, _), _] = library.switch.next(9)
    spread = Spread(Cosines(0.1, 0.2), Cosines(0.3, 0.4), Cosines(0.5, 0.6))
    library.switch.set_spread(library.switch.coming["en"], spread)
    library.condemn()
    with contextlib.closing(Library(folder)) as library:
        assert library.switch.coming["en"].model == OTHER
        assert library.switch.coming["en"].spread == spread
        assert [own.id for own, _ in library.switch.next(9)] == [passage.id, passage.id + 1]
        assert len(library.vectors["en"]) == 2


def test_the_copy_of_the_list_knows_the_models(library):
    library.switch.begin({"en": OTHER})
    library.keep_list()
    with open(os.path.join(library.folder, "folders.json"), encoding="ascii") as file:
        kept = json.load(file)["models"]
    assert {(own["name"], own["role"]) for own in kept} == {
        (ENGLISH.name, "current"),
        (BUNDLED["zh"].name, "current"),
        ("other", "next"),
    }
