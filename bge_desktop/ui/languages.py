"""The language of the window: which one it is, and having Qt speak it."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from bge_desktop import resources

CHINESE, ENGLISH = "zh", "en"
OWN_NAMES = {ENGLISH: "English", CHINESE: "简体中文"}
"""What the languages are called by those who speak them."""

_FILES = {CHINESE: "zh_CN"}  # the texts in the source are English
_log = logging.getLogger(__name__)


def language_for(setting: str, system: Sequence[str]) -> str:
    """Return the language of the window.

    Args:
        setting: the language that a person has chosen, or "".
        system: the languages of the system, the best first, as "zh-Hans-CN". The first that the window has counts;
            who reads traditional characters gets English.
    """
    if setting in OWN_NAMES:
        return setting
    for locale in map(QLocale, system):
        if locale.language() == QLocale.Language.English:
            return ENGLISH
        if locale.language() == QLocale.Language.Chinese:
            return CHINESE if locale.script() == QLocale.Script.SimplifiedHanScript else ENGLISH
    return ENGLISH


def locale_for(language: str, system: QLocale) -> QLocale:
    """Return how numbers and dates are written: as in `system` where it speaks the language, else as near as can be."""
    own = QLocale(language)
    if (system.language(), system.script()) == (own.language(), own.script()):
        return system
    return QLocale(own.language(), own.script(), system.territory()) if language == ENGLISH else own


class Speech:
    """Has the app speak one language at a time. Widgets that are there already go on in that of before.

    Args:
        app: the app.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translators: list[QTranslator] = []
        self.language = ENGLISH
        """The language that is spoken: "en" or "zh"."""

    def choose(self, setting: str) -> bool:
        """Speak the language that a person has chosen, or with "" that of the system; return whether it is another."""
        before, system = self.language, QLocale.system()
        self.language = language_for(setting, system.uiLanguages())
        QLocale.setDefault(locale_for(self.language, system))
        if self.language != before:
            self._exchange()
        self._app.setLayoutDirection(QLocale().textDirection())
        return self.language != before

    def _exchange(self) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = []
        if name := _FILES.get(self.language):
            self._add("qtbase_" + name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._add("bge-desktop_" + name, resources.path("i18n"))

    def _add(self, name: str, folder: str) -> None:
        translator = QTranslator(self._app)
        if translator.load(name, folder) and self._app.installTranslator(translator):
            self._translators.append(translator)
        else:
            _log.warning("The translation %s could not be loaded", name)
