import os

import pytest

from bge_desktop.messages import FolderRules
from bge_desktop.watch.inherited_rules import seen_from_above
from bge_desktop.watch.rules import Rules

PATTERNS = [
    ["private*"],
    ["*.log", "!keep.log"],
    ["/top.txt"],
    ["a/b.txt"],
    ["drafts/"],
    ["a/**/deep.txt"],
    [r"\!odd.txt"],
]
PATHS = ["private.txt", "a/private.txt", "x.log", "keep.log", "a/keep.log", "top.txt", "a/top.txt", "a/b.txt", "b.txt"]
PATHS += ["drafts/x.txt", "a/drafts/x.txt", "a/c/deep.txt", "deep.txt", "!odd.txt", "other.txt"]


@pytest.mark.parametrize("patterns", PATTERNS, ids=str)
@pytest.mark.parametrize("folder", ["sub", "my [old] files!/#1", "文件 夹"])
def test_the_same_is_left_out_from_above(patterns, folder):
    own = Rules("/d/" + folder, chosen=FolderRules(left_out=tuple(patterns)))
    above = Rules("/d", chosen=FolderRules(left_out=seen_from_above(patterns, folder)))
    for path in PATHS:
        whole = os.path.join("/d", folder, path)
        assert above.leaves_out(whole, False) == own.leaves_out(whole, False), path
    for path in ("/d/private.txt", "/d/x.log", "/d/top.txt", "/d/a/b.txt", "/d/other/drafts/x.txt"):
        assert not above.leaves_out(path, False)
