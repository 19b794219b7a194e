"""The words of documents by which topics are named: English ones in any form, Chinese ones by jieba."""

from __future__ import annotations

import functools
import logging
import re
from collections import Counter
from collections.abc import Iterable

import jieba
import Stemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from bge_desktop.library.folding import folded
from bge_desktop.understand.chinese_stop_words import CHINESE_STOP_WORDS

_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’+#-]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FEWEST_LETTERS, _COUNTED = 3, 2
# Words that stand in texts of any kind, besides those that join others.
_WORDS = """
according able across actually add added ago ahead allow allows almost already also always another answer anything
around ask available away bad based became begin best better big bring brought called came certain change check
clear clearly come comes common complete consider contains correct course current date day days default describe
described description different does doing done early easy either end enough even event every example far few file
files find fine follow following form found full general get gets give given goes going good got great half hand
hard having help high hold home hour hours http https idea important include included including information
instead keep kind know known large last late later least leave left less let life like likely line list little live
long longer look looking lot made main make makes making man matter may mean means might minute minutes moment month
months morning much name need needed needs never new next nice night nothing now number often old one open order
page part parts people per perhaps person place please point possible present problem provide provided provides
put question quite rather read ready real really reason result return returns right room run said same say says
second see seem seen set several short show shown shows side simple since single small something soon specified
standard start started state still stop sure take taken takes tell text thing things think third thought time times
today together took total true try turn two type uses used use user using usually value values various via want
wanted way week weeks well went whole within without word words work works world would write written www year years
yes yesterday yet
"""
_COMMON = frozenset(_WORDS.split())
_NUMERALS = "一二两三四五六七八九十百千万几半每第各某"


class Terms:
    """Takes texts apart, and remembers in which form each word is mostly written."""

    def __init__(self) -> None:
        self._forms: dict[str, Counter[str]] = {}
        self._stem = functools.lru_cache(100_000)(Stemmer.Stemmer("english").stemWord)
        self._jieba = _segmenter()

    def of(self, text: str) -> set[str]:
        """Return what may name a text, each in a form in which it is the same however it is written."""
        return {term for run in _RUN.findall(text) for term in self._of_run(run)}

    def shown(self, term: str) -> str:
        """Return a term as it is mostly written."""
        forms = self._forms[term]
        return max(forms, key=lambda form: (forms[form], form))

    def _of_run(self, run: str) -> Iterable[str]:
        return self._chinese(run) if _HAN.match(run) else self._english(run)

    def _chinese(self, run: str) -> Iterable[str]:
        for word in self._jieba.cut(run, HMM=True):
            is_counted = len(word) == _COUNTED and word[0] in _NUMERALS  # as “三个”, “一把”
            if len(word) > 1 and word not in CHINESE_STOP_WORDS and not is_counted:
                yield self._noted(folded(word), word)

    def _english(self, run: str) -> Iterable[str]:
        word = run.strip("'’-").removesuffix("'s").removesuffix("’s")
        plain = folded(word)
        if len(plain) >= _FEWEST_LETTERS and plain not in ENGLISH_STOP_WORDS and plain not in _COMMON:
            yield self._noted(self._stem(plain), word)

    def _noted(self, term: str, form: str) -> str:
        self._forms.setdefault(term, Counter())[form] += 1
        return term


def is_chinese(term: str) -> bool:
    """Whether a term is a Chinese one."""
    return bool(_HAN.match(term))


@functools.cache
def _segmenter() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.ERROR)
    segmenter = jieba.Tokenizer()
    # not by `initialize`: it would keep its dictionary in the folder for temporary files, where anyone may change it
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    return segmenter
