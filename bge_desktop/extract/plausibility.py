"""How much bytes, decoded as one character set or another, look like something that people write.

The multi-byte sets of East Asia overlap: the bytes of nearly every Chinese sentence are valid in three of them. But
only in the right one do they give the characters that are common in writing; in the wrong ones they give rare
characters, half-width kana, private-use characters, or holes.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import NamedTuple

from bge_desktop.extract import alphabets

PLAUSIBLE = 0.35
"""From this score on a text may be taken for what it looks like."""

_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
    "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
    "度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务"
    "做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记"
    "南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运请文件字符输选项默认参数命令显示用户错误"
    "号日租房费付款签约单价收货吃饭菜买卖钱店车票飞网页图片音电脑手机周星期午晚早春夏秋冬雨雪风花树"
)
_TRADITIONAL = (
    "這個們來為國說時會對過發後裡裏種經麼當沒動還進樣開從實軍無與長機學現關點業將兩間問並應戰頭體見產話給門東聲員論處義幾認條氣"
    "題變總電數報結務場計資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運請檔案字元輸選項預設參數命令"
    "顯示使用者錯誤號頁圖網單價貨飯買賣錢車飛週愛臺灣親寫讀歲雖離雙廣劃滿熱買級師連續轉換專歡興華語課園風"
)
_KANA = "".join(map(chr, range(0x3041, 0x3097))) + "".join(map(chr, range(0x30A1, 0x30FD)))
_JAPANESE = (
    "日本語会議社員時間東京駅電車画面設定変更表示場合使用実行対応関数値指定戻参照追加削除必要確認処理"
    "読込書式資料予定店食事料理"
)
_EASTERN_MARKS = "，。、；：？！「」『』（）《》〈〉【】“”‘’…—·～　"
_HANGUL = (
    "이다는을의가에서도한하고로를은지기사들자어있그나시대인리일라정해수아보전장요제주부스여상동과원소"
    "성구니습게으면자신오마만안"
)


# Each set has its frequent characters in one block of its two-byte codes: how to decode them, first and second bytes.
_BLOCKS = {
    "gb18030": ("gb18030", range(0xB0, 0xD8), range(0xA1, 0xFF)),
    "big5hkscs": ("big5hkscs", range(0xA4, 0xC7), range(0x40, 0xFF)),
    "cp932": ("cp932", range(0x88, 0x99), range(0x40, 0xFD)),
    "euc_jp": ("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF)),
    "cp949": ("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF)),
}


class _Characters(NamedTuple):
    """The characters that are common in writing, and those that are not rare."""

    common: frozenset[str]
    frequent: frozenset[str]


# made when they are asked for: they take 3 MB, and only the processes that read files want them
@functools.cache
def _characters(encoding: str) -> _Characters:
    """Return the characters of what is written in an encoding of East Asia."""
    codec, leads, trails = _BLOCKS[encoding]
    codes = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    frequent = frozenset("".join(codes))
    common = {
        "gb18030": _SIMPLIFIED + _EASTERN_MARKS,
        "big5hkscs": _TRADITIONAL + _EASTERN_MARKS + "".join(frequent.intersection(_SIMPLIFIED)),
        "cp932": _KANA + _JAPANESE + _EASTERN_MARKS,
        "euc_jp": _KANA + _JAPANESE + _EASTERN_MARKS,
        "cp949": _HANGUL,
    }
    return _Characters(frozenset(common[encoding]), frequent)


@functools.cache
def _of_all() -> _Characters:
    """Return the characters of what is written anywhere."""
    own = list(map(_characters, _BLOCKS))
    common = frozenset().union(*(each.common for each in own), alphabets.LETTERS, alphabets.MARKS)
    return _Characters(common, frozenset().union(*(each.frequent for each in own)))


def score(sample: bytes, encoding: str) -> float:
    """Return how plausible `sample` is as text in `encoding`: about 1 for good prose, below 0 for noise.

    It is the mean over the characters that tell something: ASCII does not, where a set holds ASCII as it is.
    """
    return text_score(sample.decode(encoding, "replace"), encoding)


def text_score(text: str, encoding: str) -> float:
    """Return how plausible `text` is as what bytes in `encoding` say; see `score`."""
    if encoding.startswith("utf-"):
        return _mean([_wide_value(character) for character in text])
    if encoding in alphabets.LANGUAGES:
        return alphabets.score(text, encoding)
    own = _characters(encoding)
    return _mean([_eastern_value(character, own) for character in text if character > "\x7f"])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _eastern_value(character: str, own: _Characters) -> float:
    if character in own.common:
        return 1.0
    if character in own.frequent:
        return 0.25
    return -2.0 if _is_noise(character) else -0.3


def _wide_value(character: str) -> float:
    if "\x20" <= character <= "\x7e" or character in "\t\r\n":
        return 1.0
    if character < "\x20":
        return -2.0
    return _eastern_value(character, _of_all())


def _is_noise(character: str) -> bool:
    """Tell whether nobody writes this: a hole, a control, private use, a surrogate, or half-width kana."""
    return "\uff61" <= character <= "\uff9f" or unicodedata.category(character)[0] == "C" or character == "\ufffd"
