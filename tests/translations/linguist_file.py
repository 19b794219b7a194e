"""Reads a Qt Linguist file (.ts)."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from tests.translations.core_texts import ROOT

FOLDER = os.path.join(ROOT, "resources", "i18n")
CHINESE = os.path.join(FOLDER, "bge-desktop_zh_CN.ts")


@dataclass(frozen=True)
class Message:
    """One text: where it belongs, as it stands in the source, and its translation; "" where there is none yet."""

    context: str
    source: str
    translation: str
    is_finished: bool


def messages(path: str) -> list[Message]:
    """Return the messages of a file."""
    found = []
    for context in ET.parse(path).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            name, source = context.findtext("name", ""), message.findtext("source", "")
            found.append(Message(name, source, translation.text or "", "type" not in translation.attrib))
    return found
