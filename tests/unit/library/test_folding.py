import pytest

from bge_desktop.library.folding import folded


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Lease", "lease"),
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("ＥＲＲ＿４０２１", "err_4021"),
        ("臺灣圖書館", "台湾图书馆"),
        ("well‐known – 5−3", "well-known - 5-3"),
        ("“don’t”", '"don\'t"'),
        ("ｶﾞ", "ガ"),
        ("か\u3099", "が"),
        ("\udcff.TXT", "\udcff.txt"),
    ],
)
def test_what_differs_only_in_writing_is_the_same(written, form):
    assert folded(written) == form


def test_kana_with_and_without_voicing_are_other_letters():
    assert folded("か") != folded("が")
