"""How long the passages are that documents are divided into."""

from __future__ import annotations

from bge_desktop.extract.passages import PASSAGE_TOKENS
from bge_desktop.library.facts import Facts
from bge_desktop.library.library import Library
from bge_desktop.settings import Settings

_FACT = "passage tokens"
# Tokens are counted as the bundled models do; others may take a third more for the same text.
_SHARE = 0.75


class PassageLength:
    """Has documents be divided as the settings want: into passages of the usual length, or as long as models read.

    Args:
        library: whose documents.
        settings: of the library.
    """

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library, self._is_long = library, settings.long_passages
        self._facts = Facts(library.db)

    def use(self, settings: Settings) -> None:
        """Have other settings hold; `follow` does what they ask for."""
        self._is_long = settings.long_passages

    @property
    def tokens(self) -> int:
        """The most tokens that a passage may take: with long ones, most of what each of the library's models reads."""
        if not self._is_long:
            return PASSAGE_TOKENS
        return max(PASSAGE_TOKENS, int(_SHARE * min(own.max_tokens for own in self._library.models.values())))

    def follow(self) -> bool:
        """Have all documents read again where they are divided into passages of another length; return whether so.

        They stay findable until then, each as it was.
        """
        if int(self._facts.get(_FACT) or PASSAGE_TOKENS) == self.tokens:
            return False
        with self._library.db.atomic():
            self._facts.set(_FACT, str(self.tokens))
            self._library.folders.read_again()
            self._library.documents.outdate()
        return True
