"""The page about the library on the real worker: folders, what could not be read, and rules."""

from __future__ import annotations

import pytest

from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.library_page import LibraryPage
from bge_desktop.ui.rules_dialog import RulesDialog
from bge_desktop.worker import Worker


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "papers 文件"
    path.mkdir()
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    (path / "draft.txt").write_text("The landlord may end the lease with ninety days' notice.")
    (path / "damaged.docx").write_bytes(b"PK\x03\x04 and no more")
    return path


@pytest.fixture
def page(qtbot, tmp_path, folder):
    bridge = Bridge(lambda: lambda emit: Worker(str(tmp_path / "library"), emit, device="cpu"))
    made = LibraryPage(pause_ms=50)
    bridge.progressed.connect(made.show_progress)
    bridge.status_reported.connect(made.show_status)
    made.status_wanted.connect(bridge.report_status)
    made.rules_chosen.connect(bridge.set_rules)
    made.failures.retry_wanted.connect(bridge.retry)
    qtbot.addWidget(made)
    made.show()
    bridge.start()
    bridge.add_folder(str(folder))
    yield made
    bridge.stop()


def state(page, folder) -> str:
    row = page.folders.rows.get(str(folder))
    return row.state_text() if row else ""


def test_folders_failures_and_rules(qtbot, page, folder):
    whole = "Up to date  ·  3 files  ·  2 passages"
    qtbot.waitUntil(lambda: state(page, folder) == whole, timeout=60_000)
    page.folders.rows[str(folder)].failed_button.click()
    assert page.currentWidget() is page.failures
    assert [own.path for own in page.failures.model.failures()] == [str(folder / "damaged.docx")]

    (folder / "damaged.docx").write_text("Ninety days, in plain words.")
    page.failures.table.selectAll()
    page.failures.retry_button.click()
    qtbot.waitUntil(lambda: page.failures.failed() == 0, timeout=60_000)
    assert page.failures.currentWidget() is page.failures.nothing

    page.folders.rules_wanted.emit(str(folder))
    dialog = page.findChild(RulesDialog)
    dialog.patterns.setPlainText("draft*")
    dialog.accept()
    qtbot.waitUntil(lambda: state(page, folder) == "Up to date  ·  2 files  ·  2 passages", timeout=60_000)
