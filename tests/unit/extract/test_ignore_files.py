from __future__ import annotations

import pytest

from bge_desktop.extract.ignore_files import IgnoreFiles


def _left_out(files: dict[str, str], name: str) -> bool:
    ignore_files = IgnoreFiles()
    for own, text in files.items():
        ignore_files.add(own, text.encode())
    return ignore_files.leaves_out(name)


@pytest.mark.parametrize(
    ("files", "name", "expected"),
    [
        ({}, "a.log", False),
        ({".gitignore": "*.log\n"}, "x/y/a.log", True),
        ({".gitignore": "/drafts/\r\n"}, "drafts/x/a.txt", True),
        ({".gitignore": "/drafts/\n"}, "x/drafts/a.txt", False),
        ({"x/.gitignore": "*.log\n"}, "a.log", False),
        ({"x/.gitignore": "*.log\n"}, "x/a.log", True),
        ({".gitignore": "*.log\n", "x/.gitignore": "!keep.log\n"}, "x/keep.log", False),
        ({".gitignore": "*.log\n", ".bgeignore": "!keep.log\n"}, "keep.log", False),
        ({".bgeignore": "!keep.log\n", ".gitignore": "*.log\n"}, "keep.log", False),
        ({".gitignore": "a***b[\n\n# words\n*.log\n"}, "a.log", True),
    ],
)
def test_ignore_files_speak_for_their_folder_and_what_lies_below(
    files: dict[str, str], name: str, expected: bool
) -> None:
    assert _left_out(files, name) is expected


def test_ignore_files_are_known_by_their_names() -> None:
    assert [
        name for name in ("x/.gitignore", ".bgeignore", "gitignore", "a.gitignore") if IgnoreFiles.is_one(name)
    ] == [
        "x/.gitignore",
        ".bgeignore",
    ]
