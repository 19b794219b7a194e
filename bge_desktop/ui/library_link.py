"""What the page of the library asks for, and who does it."""

from __future__ import annotations

from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.folder_actions import FolderActions
from bge_desktop.ui.library_page import LibraryPage
from bge_desktop.ui.opening import Opener


def connect_library(page: LibraryPage, bridge: Bridge, opener: Opener, actions: FolderActions) -> None:
    """Have what is wanted on the page asked of the worker, opened, or asked of the person."""
    folders, failures = page.folders, page.failures
    bridge.status_reported.connect(page.show_status)
    page.status_wanted.connect(bridge.report_status)
    page.rules_chosen.connect(bridge.set_rules)
    folders.add_wanted.connect(actions.choose)
    folders.rescan_wanted.connect(bridge.rescan)
    folders.pause_wanted.connect(bridge.pause)
    folders.resume_wanted.connect(bridge.resume)
    folders.index_now_wanted.connect(bridge.index_now)
    folders.reveal_wanted.connect(opener.reveal)
    folders.remove_wanted.connect(actions.remove)
    failures.retry_wanted.connect(bridge.retry)
    failures.open_wanted.connect(opener.open)
    failures.reveal_wanted.connect(opener.reveal)
