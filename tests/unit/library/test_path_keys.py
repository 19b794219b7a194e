import os

import pytest

from bge_desktop.library.path_keys import PathKeys, ending_key, folder_key, name_key, path_keys


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/home/me/Work/Lease.PDF", ("/home/me/work/", "lease.pdf", "pdf")),
        ("/ｗｏｒｋ/Café/合約.tar.GZ", ("/work/cafe/", "合约.tar.gz", "gz")),
        ("/README", ("/", "readme", "")),
        ("/d/.profile", ("/d/", ".profile", "profile")),
        ("/d/ends with a dot.", ("/d/", "ends with a dot.", "")),
    ],
)
def test_case_width_accents_and_chinese_script_are_folded(path, keys):
    assert path_keys(os.fsencode(path)) == tuple(key.encode() for key in keys)


def test_names_that_are_not_utf8_have_keys_of_their_own():
    one, other = path_keys(b"/d\xfe/A\xff.txt"), path_keys(b"/d\xfd/A\xfe.txt")
    assert one != other
    assert one == PathKeys(folder_key(os.fsdecode(b"D\xfe")), name_key(os.fsdecode(b"a\xff.TXT")), b"txt")


@pytest.mark.parametrize(("typed", "key"), [("Work/2024", "/work/2024/"), ("/home/", "/home/"), ("/", "/"), ("", "/")])
def test_a_folder_has_one_slash_at_both_ends(typed, key):
    assert folder_key(typed) == key.encode()


def test_an_ending_is_the_key_of_its_own_ending():
    assert ending_key(".PDF") == path_keys(b"/d/a.pdf").ending
