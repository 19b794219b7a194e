"""What is said about topics in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from bge_desktop.messages import Topics
from bge_desktop.ui.wording import documents_text, joined, number

translate = QCoreApplication.translate


def state_text(told: Topics) -> str:
    """Return how the documents are grouped: "12 topics  ·  37 documents in none  ·  Grouped 29/11/2026 01:10"."""
    if not told.topics:
        return ""
    return joined(_topics_text(len(told.topics)), _unplaced_text(told.unplaced), _grouped_text(told))


def nothing_text(told: Topics) -> tuple[str, str]:
    """Return why there are no topics: a heading, and what to do."""
    if told.is_grouping:
        return (
            translate("Topics", "Your documents are being grouped"),
            translate("Topics", "The first time, this takes a moment; then the topics appear here."),
        )
    if told.grouped_at is None:
        return (
            translate("Topics", "No topics yet"),
            translate("Topics", "They come by themselves after a while. “Group anew” makes them now."),
        )
    return (
        translate("Topics", "Too few documents for topics"),
        translate("Topics", "Add a folder that has more of them: they are grouped by themselves."),
    )


def _topics_text(count: int) -> str:
    if count == 1:
        return translate("Topics", "1 topic")
    return translate("Topics", "{count} topics").format(count=number(count))


def _unplaced_text(count: int) -> str:
    if not count:
        return ""
    return translate("Topics", "{documents} in none").format(documents=documents_text(count))


def _grouped_text(told: Topics) -> str:
    if told.is_grouping:
        return translate("Topics", "Being grouped anew…")
    if told.grouped_at is None:
        return ""
    when = QDateTime.fromSecsSinceEpoch(int(told.grouped_at))
    shown = QLocale().toString(when, QLocale.FormatType.ShortFormat)
    return translate("Topics", "Grouped {when}").format(when=shown)
