"""A real labelled collection in two languages: what Debian's packages say of themselves, by the section they are in.

It is read from apt's lists, in the folder that BGE_DESKTOP_APT_LISTS names (apt's own by default). Those of Chinese are
had by `apt-get -o Acquire::Languages=en,zh_CN update`.
"""

from __future__ import annotations

import glob
import os
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

SECTIONS = ("admin", "fonts", "games", "graphics", "net", "science", "sound", "text")
"""Those that name a subject, rather than a sort of package or a desktop, and have 15 packages in Chinese at least."""
_MOST = 100  # packages of a section
_LISTS = os.environ.get("BGE_DESKTOP_APT_LISTS", "/var/lib/apt/lists")
_READER = "/usr/lib/apt/apt-helper"
_TRANSLATIONS = {"en": "*_main_i18n_Translation-en*", "zh": "*_main_i18n_Translation-zh%5fCN*"}


@dataclass(frozen=True)
class Described:
    """A package's description, and the section that it is in."""

    section: str
    text: str


def descriptions(language: str) -> list[Described]:
    """Return packages of each section, one of a source package; none where apt's lists are not there."""
    sections = {own["Package"]: own for path in _paths("*_main_binary-*_Packages*") for own in _stanzas(path)}
    by_source: dict[tuple[str, str], Described] = {}
    for path in _paths(_TRANSLATIONS[language]):
        for own in _stanzas(path):
            package = sections.get(own["Package"], {})
            section, source = package.get("Section", ""), package.get("Source", own["Package"]).split()[0]
            text = next(
                (value for key, value in own.items() if key.startswith("Description-") and "md5" not in key), ""
            )
            if section in SECTIONS and text:
                by_source.setdefault((section, source), Described(section, text))
    return [own for section in SECTIONS for own in _some(sorted(by_source.items()), section)]


def _some(packages: list[tuple[tuple[str, str], Described]], section: str) -> list[Described]:
    own = [described for (of, _), described in packages if of == section]
    random.Random(0).shuffle(own)
    return own[:_MOST]


def _paths(pattern: str) -> list[str]:
    return sorted(glob.glob(os.path.join(_LISTS, pattern)))


def _stanzas(path: str) -> Iterator[dict[str, str]]:
    """Yield the entries of one of apt's lists, however it is packed."""
    command = [_READER, "cat-file", path]
    text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    for stanza in text.split("\n\n"):
        lines = re.sub(r"\n \.?", "\n\t", stanza)  # a field goes on in lines that begin with a space
        fields = (line.partition(":") for line in re.split(r"\n(?!\t)", lines))
        found = {name: value.replace("\n\t", "\n").strip() for name, _, value in fields}
        if "Package" in found:
            yield found
