import dataclasses

from bge_desktop.bge.models import BUNDLED
from bge_desktop.doctor.check import State
from bge_desktop.doctor.models_in_use import in_use
from bge_desktop.library.library import Library

OTHER = dataclasses.replace(BUNDLED["en"], name="other", dimension=8, location="/no/such/folder", recorded="1a2b")


def change(folder, model):
    library = Library(folder)
    library.switch.begin({"en": model})
    assert library.switch.next(9) == []
    while not library.switch.load_some():
        pass
    library.switch.take_effect()
    library.close()


def looked(folder):
    return {check.name: (check.state, check.found) for check in in_use(folder)}


def test_the_bundled_models_are_well(tmp_path):
    folder = str(tmp_path / "library")
    Library(folder).close()
    found = looked(folder)
    assert set(found) == {"model for English", "model for Chinese"}
    assert {state for state, _ in found.values()} == {State.OK}


def test_a_model_without_its_files_is_a_problem(tmp_path):
    folder = str(tmp_path / "library")
    change(folder, OTHER)
    state, message = looked(folder)["model for English"]
    assert state is State.PROBLEM
    assert "other are gone" in message


def test_a_model_that_is_to_come_is_told(tmp_path):
    folder = str(tmp_path / "library")
    library = Library(folder)
    library.switch.begin({"zh": BUNDLED["en"]})
    library.close()
    assert [check.found for check in in_use(folder)][-1].startswith(f"{BUNDLED['en'].name} is to read it")
