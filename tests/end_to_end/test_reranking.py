"""Re-ranking with a reranker that has learnt what answers: through the worker, the window and the commands."""

from __future__ import annotations

import os
import signal

import pytest
from PySide6.QtCore import QSettings, Qt

from bge_desktop.messages import AddFolder, ErrorReport, ReloadSettings, Reranked, Search
from bge_desktop.settings import Settings, save
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.window import MainWindow
from bge_desktop.worker import Worker
from tests.end_to_end.client import Client
from tests.end_to_end.command import run, run_json
from tests.small_rerankers import QUESTIONS, answer, echo, train_reranker

PATIENCE_MS = 60_000
QUESTION = QUESTIONS[0].format("boiler")
FILES = {
    "echo.txt": echo(QUESTION),
    "price.txt": answer(0, "boiler", "forty"),
    "person.txt": answer(1, "boiler", "Miller"),
    "turn.txt": answer(2, "boiler", "March"),
    "piano.txt": answer(0, "piano", "ninety"),
    "roof.txt": answer(1, "roof", "Potter"),
}


@pytest.fixture(scope="module")
def reranker(tmp_path_factory):
    return str(train_reranker(tmp_path_factory.mktemp("models") / "small-reranker"))


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "house"
    path.mkdir()
    for name, text in FILES.items():
        (path / name).write_text(text)
    return path


@pytest.fixture
def library(tmp_path):
    return str(tmp_path / "library")


@pytest.fixture
def client(library, folder, reranker):
    save(library, Settings(reranker=reranker, reranking_ms=PATIENCE_MS))
    own = Client(library)
    own.worker.submit(AddFolder(str(folder)))
    assert own.worker.wait_until_idle(60)
    yield own
    own.worker.stop()


def reranked(client, query: str = QUESTION, **more) -> list[str]:
    """Ask, and return the names of the documents that were looked at, in the better order."""
    client.generation += 1
    client.worker.submit(Search(query, client.generation, rerank=True, **more))
    while True:
        event = client.events.get(timeout=60)
        if isinstance(event, ErrorReport):
            client.errors.append(event)
        if isinstance(event, Reranked) and event.generation == client.generation:
            return list(map(os.path.basename, event.paths))


def test_what_answers_comes_before_what_only_has_the_words(client):
    assert client.names(QUESTION)[0] == "echo.txt"
    assert reranked(client)[0] == "price.txt"
    assert client.errors == []


def test_a_process_that_dies_is_started_again(client):
    assert reranked(client)[0] == "price.txt"
    os.kill(client.worker._pair_encoder.pid, signal.SIGKILL)
    assert reranked(client, QUESTIONS[2].format("boiler"))[0] == "turn.txt"
    assert client.errors == []


def test_only_as_many_are_looked_at_as_there_is_time_for(client, library, reranker):
    save(library, Settings(reranker=reranker, reranking_ms=100))
    client.worker.submit(ReloadSettings())
    assert len(reranked(client)) >= 2
    assert client.names(QUESTION)[0] == "echo.txt"  # the answer itself is the first order, and waits for nothing


def test_turned_off_in_the_settings_nothing_follows_the_answer(client, library):
    reranked(client)
    save(library, Settings())
    client.worker.submit(ReloadSettings())
    client.worker.submit(Search(QUESTION, client.generation + 1, rerank=True))
    client.worker.wait_until_idle(60)
    assert client.worker._searching.reranking._scorer is None


def test_a_reranker_that_has_gone_is_told_once_and_search_goes_on(library, folder, tmp_path):
    save(library, Settings(reranker=str(tmp_path / "gone")))
    own = Client(library)
    try:
        own.worker.submit(AddFolder(str(folder)))
        assert own.worker.wait_until_idle(60)
        assert [own.names(QUESTION)[0] for _ in range(2)] == ["echo.txt"] * 2
        [report] = own.errors
        assert (report.title, report.path) == ("Model cannot be read", str(tmp_path / "gone"))
    finally:
        own.worker.stop()


@pytest.fixture
def window(qtbot, tmp_path, library, folder, reranker):
    save(library, Settings(reranker=reranker, reranking_ms=PATIENCE_MS))
    bridge = Bridge(lambda: lambda emit: Worker(library, emit, device="cpu"))
    main = MainWindow(bridge, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), Opener())
    qtbot.addWidget(main)
    main.resize(1200, 800)
    main.show()
    bridge.start()
    bridge.add_folder(str(folder))
    done = len(FILES)
    qtbot.waitUntil(lambda: main._progress.files == done and not main._progress.busy, timeout=PATIENCE_MS)
    qtbot.mouseMove(main.search_bar)
    yield main
    bridge.stop()


def names(window) -> list[str]:
    return list(map(os.path.basename, window.results.model.paths()))


def type_question(window, qtbot) -> None:
    def is_answer(told) -> bool:
        return told.complete and told.query == QUESTION

    with qtbot.waitSignal(window._bridge.answered, timeout=PATIENCE_MS, check_params_cb=is_answer):
        window.search_bar.setText(QUESTION)
    assert names(window)[0] == "echo.txt"


def test_the_list_takes_on_the_better_order_and_says_meanwhile_that_it_looks_closer(window, qtbot):
    signs = []
    window._bridge.query.reranking_changed.connect(lambda _: signs.append(window.answer_label.accessibleName()))
    type_question(window, qtbot)
    qtbot.waitUntil(lambda: names(window)[0] == "price.txt", timeout=PATIENCE_MS)
    assert "looking closer" in signs[0]
    assert "looking closer" not in signs[-1]
    assert window.results.better.offer.isHidden()


def test_a_row_that_is_selected_stays_where_it_is_until_the_better_order_is_asked_for(window, qtbot):
    type_question(window, qtbot)
    window.results.view.enter()
    with qtbot.waitSignal(window._bridge.query.reranked, timeout=PATIENCE_MS):
        pass
    offer = window.results.better.offer
    assert names(window)[0] == "echo.txt"
    assert window.results.view.currentIndex().row() == 0
    assert offer.isVisible()
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert names(window)[0] == "price.txt"
    assert os.path.basename(window.results.view.current_result().path) == "echo.txt"


@pytest.fixture
def indexed(library, folder):
    run("index", folder, "--library", library)
    return library


def found(library) -> list[str]:
    report = run_json("search", QUESTION, "--library", library)
    return [os.path.basename(own["path"]) for own in report["results"]]


def test_the_command_waits_for_the_better_order_where_the_settings_say_so(indexed, reranker):
    assert found(indexed)[0] == "echo.txt"
    run("settings", "--set", f"reranker={reranker}", "--library", indexed)
    assert found(indexed)[0] == "price.txt"
    run("settings", "--set", "reranker=", "--library", indexed)
    assert found(indexed)[0] == "echo.txt"


def test_one_that_was_added_to_the_models_is_chosen_by_its_name(indexed, reranker, tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "models"))
    run("models", "add", reranker, "--library", indexed)
    run("settings", "--set", "reranker=small-reranker", "--library", indexed)
    assert run_json("settings", "--library", indexed)["reranker"] == str(tmp_path / "models" / "small-reranker")


def test_the_command_refuses_a_folder_without_a_reranker(indexed, folder):
    refused = run("settings", "--set", f"reranker={folder}", "--library", indexed, check=False)
    assert refused.returncode == 1
    assert "config.json is missing" in refused.stderr


def test_the_evaluation_measures_the_better_order_too(indexed, reranker, tmp_path):
    queries = tmp_path / "queries.tsv"
    queries.write_text(f"{QUESTION}\tprice.txt\n")
    assert list(run_json("evaluate", queries, "--library", indexed)["modes"]) == ["dense", "lexical", "hybrid"]
    run("settings", "--set", f"reranker={reranker}", "--library", indexed)
    modes = run_json("evaluate", queries, "--library", indexed)["modes"]
    assert list(modes) == ["dense", "lexical", "hybrid", "reranked"]
    assert modes["hybrid"]["mrr@10"] < modes["reranked"]["mrr@10"] == 1.0
