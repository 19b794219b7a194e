"""The home of a person who does not exist, with documents, pictures, and files that cannot be read."""

from __future__ import annotations

import os
import shutil
import time

from bge_desktop import resources
from tests.made_notes import make_notes
from tests.screenshots.papers import make_papers

_FORMATS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "formats")
_PICTURES = {
    "print-english.png": "Poster of the reading group.png",
    "print-chinese.jpg": "图书馆的告示.jpg",
    "photograph.jpg": "Harbour at dusk.jpg",
    "scan.pdf": "Scanned letter.pdf",
}
_CUT_OFF = {
    "Home/Home contents insurance 2024.pdf": "Insurance 2024 (copy).pdf",
    "工作/林悦简历.docx": "林悦简历.docx",
    "Work/Invoice 2024-017 Gannet Bay.docx": "Invoice 2024-018.docx",
}
_WHOLE = {"archive-encrypted.zip": "Payslips.zip"}
_NOTES = 400
_DAY_S = 86_400
_DAYS_BETWEEN, _DATES = 11, 50


def make_home(home: str) -> None:
    """Fill a folder as a home."""
    shutil.copytree(resources.path("samples"), os.path.join(home, "Documents"))
    _copy(_FORMATS, _PICTURES, os.path.join(home, "Pictures"))
    downloads = os.path.join(home, "Downloads")
    _copy(_FORMATS, _WHOLE, downloads)
    _copy(resources.path("samples"), _CUT_OFF, downloads)
    for name in _CUT_OFF.values():
        path = os.path.join(downloads, name)
        os.truncate(path, os.path.getsize(path) // 2)
    make_notes(os.path.join(home, "Notes"), _NOTES)
    make_papers(os.path.join(home, "Papers"))
    _spread_in_time(home)


def _copy(source: str, names: dict[str, str], target: str) -> None:
    os.makedirs(target, exist_ok=True)
    for before, after in names.items():
        shutil.copy(os.path.join(source, before), os.path.join(target, after))


def _spread_in_time(home: str) -> None:
    """Have the files be of many days of the last years."""
    paths = sorted(os.path.join(folder, name) for folder, _, names in os.walk(home) for name in names)
    for number, path in enumerate(paths):
        when = time.time() - (number % _DATES) * _DAYS_BETWEEN * _DAY_S
        os.utime(path, (when, when))
