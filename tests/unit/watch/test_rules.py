from __future__ import annotations

import os
from pathlib import Path

import pytest

from bge_desktop.errors import UserError
from bge_desktop.messages import FolderRules
from bge_desktop.watch.default_names import DEFAULTS, Group, NameRules, groups_for
from bge_desktop.watch.rules import Rules, makes_sense
from bge_desktop.watch.scan import scan


def write(path: Path, text: str = "") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "relative",
    [
        ".git/config",
        "app/node_modules/left-pad/readme.md",
        "code/__pycache__/a.pyc",
        "Caches/page.html",
        "project/build/index.html",
        "Notes.app/Contents/readme.txt",
        ".hidden",
        ".config/notes.md",
        ".ssh/known_hosts",
        "keys/server.pem",
        "keys/SERVER.KEY",
        "id_rsa.pub",
        "work/.env",
        "passwords.kdbx",
        "~$report.docx",
        ".report.md.swp",
        "report.md~",
        ".~lock.report.odt#",
        "a.tmp",
        "film.part",
        "book.pdf.crdownload",
    ],
)
def test_defaults_leave_out(tmp_path: Path, relative: str) -> None:
    assert Rules(str(tmp_path)).leaves_out(str(tmp_path / relative), False)


@pytest.mark.parametrize(
    "relative",
    ["notes.md", "buildings/a.md", "build.md", "a.app", "keynote/x.md", "环境/笔记.md", "tmp/a.md", "~a/b.md"],
)
def test_a_persons_own_names_are_kept(tmp_path: Path, relative: str) -> None:
    assert not Rules(str(tmp_path)).leaves_out(str(tmp_path / relative), False)


def test_every_default_pattern_matches_a_name_made_from_it() -> None:
    names = NameRules()
    for group in DEFAULTS:
        assert all(names.leaves_out_name(pattern.replace("*", "x"), True) for pattern in group.folders)
        assert all(names.leaves_out_name(pattern.replace("*", "x"), False) for pattern in group.files)


def test_groups_can_be_exchanged() -> None:
    names = NameRules([Group("music", files=("*.mp3",))])
    assert names.leaves_out_name("a.MP3", False)
    assert not names.leaves_out_name(".hidden", False)
    assert not NameRules([]).leaves_out("anything/.git", True)


def left_out(root: Path, relative: str, **chosen: object) -> bool:
    rules = Rules(str(root), chosen=FolderRules(**chosen))  # type: ignore[arg-type]
    return rules.leaves_out(str(root / relative), False)


@pytest.mark.parametrize(
    "relative",
    [
        ".git/config",
        "repo/.git",
        ".venv/lib/a.py",
        ".cache/a.txt",
        ".mypy_cache/a.json",
        ".Trash/a.md",
        ".ssh/known_hosts",
        ".gnupg/a",
        ".aws/credentials",
        ".env",
        "prod.env",
        ".git-credentials",
        ".bash_history",
        ".password-store/bank.gpg",
        ".local/share/keyrings/login.keyring",
        ".local/share/kwalletd/kdewallet.kwl",
        "Library/Keychains/login.keychain-db",
        "Passwords.kdbx",
        "vault.psafe3",
        ".mozilla/firefox/x.default/prefs.js",
        "profile/logins.json",
        "profile/key4.db",
        "Library/Containers/com.apple.Safari/a.txt",
    ],
)
def test_secrets_and_machinery_stay_out_where_hidden_files_are_let_in(tmp_path: Path, relative: str) -> None:
    assert left_out(tmp_path, relative, hidden=True)
    assert left_out(tmp_path, relative)


def test_hidden_files_are_a_choice(tmp_path: Path) -> None:
    assert left_out(tmp_path, ".notes/a.md")
    assert not left_out(tmp_path, ".notes/a.md", hidden=True)
    assert not left_out(tmp_path, ".plan", hidden=True)


@pytest.mark.parametrize("marker", ["Local State", "Login Data", "sessionstore-backups", "LastSession.plist"])
def test_a_browser_profile_is_known_by_what_it_holds(tmp_path: Path, marker: str) -> None:
    write(tmp_path / "Google" / "Chrome" / marker)
    assert left_out(tmp_path, "Google/Chrome/Default/notes.txt")
    assert not left_out(tmp_path, "Google/notes.txt")


def test_a_default_can_be_undone_for_one_folder(tmp_path: Path) -> None:
    write(tmp_path / "env" / "pyvenv.cfg")
    assert left_out(tmp_path, "build/plan.md")
    assert not left_out(tmp_path, "build/plan.md", let_in=("build",))
    assert left_out(tmp_path, "dist/plan.md", let_in=("build",))
    assert not left_out(tmp_path, "env/plan.md", let_in=("pyvenv.cfg",))
    undone = {pattern for group in groups_for(FolderRules(let_in=("build",))) for pattern in group.patterns}
    assert "build" not in undone
    assert "dist" in undone


def test_a_folders_own_patterns_have_the_last_word_over_ignore_files(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "*.log\n")
    write(tmp_path / "deep" / ".bgeignore", "!a.txt\n")
    chosen = ("drafts/", "/top.md", "!kept.log", "a.txt")
    for relative in ("drafts/a.md", "x/drafts/a.md", "top.md", "b.log", "deep/a.txt"):
        assert left_out(tmp_path, relative, left_out=chosen)
    for relative in ("x/top.md", "kept.log", "drafts"):
        assert not left_out(tmp_path, relative, left_out=chosen)


def test_own_patterns_bring_back_no_defaults(tmp_path: Path) -> None:
    assert left_out(tmp_path, "server.pem", left_out=("!server.pem",))


@pytest.mark.parametrize(("line", "expected"), [("*.log", True), ("!a", True), ("!", False), ("[z-a]", False)])
def test_a_line_makes_sense_or_not(line: str, expected: bool) -> None:
    assert makes_sense(line) is expected


def test_the_root_is_never_left_out_whatever_its_own_path(tmp_path: Path) -> None:
    root = str(tmp_path / ".hidden" / "build")
    rules = Rules(root)
    assert not rules.leaves_out(root, True)
    assert not rules.leaves_out(os.path.join(root, "a.md"), False)


def test_a_path_outside_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not lie below"):
        Rules(str(tmp_path / "a")).leaves_out(str(tmp_path / "ab"), False)


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "CACHEDIR.TAG"])
def test_a_marker_leaves_out_its_folder_whatever_the_name(tmp_path: Path, marker: str) -> None:
    write(tmp_path / "python" / marker)
    rules = Rules(str(tmp_path))
    assert rules.leaves_out(str(tmp_path / "python"), True)
    assert rules.leaves_out(str(tmp_path / "python/lib/readme.md"), False)


@pytest.mark.parametrize("name", [".gitignore", ".bgeignore"])
def test_an_ignore_file_speaks_for_its_own_folder_and_below(tmp_path: Path, name: str) -> None:
    write(tmp_path / "a" / name, "*.log\n/top.md\ndrafts/\n")
    rules = Rules(str(tmp_path))

    def left_out(relative: str) -> bool:
        return rules.leaves_out(str(tmp_path / relative), False)

    assert left_out("a/x.log")
    assert left_out("a/b/c/x.log")
    assert left_out("a/top.md")
    assert left_out("a/drafts/x.md")
    assert not left_out("x.log")
    assert not left_out("a/b/top.md")
    assert not left_out("a/drafts")


def test_the_innermost_ignore_file_has_the_last_word(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "*.txt\n")
    write(tmp_path / "kept" / ".gitignore", "!*.txt\n")
    write(tmp_path / "both" / ".gitignore", "!a.txt\n")
    write(tmp_path / "both" / ".bgeignore", "a.txt\n")
    rules = Rules(str(tmp_path))
    assert rules.leaves_out(str(tmp_path / "a.txt"), False)
    assert not rules.leaves_out(str(tmp_path / "kept/a.txt"), False)
    assert rules.leaves_out(str(tmp_path / "both/a.txt"), False)


def test_nothing_comes_back_from_a_folder_that_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "secret/\n")
    write(tmp_path / "secret" / ".gitignore", "!*\n")
    assert Rules(str(tmp_path)).leaves_out(str(tmp_path / "secret/a.md"), False)


def test_an_ignore_file_cannot_bring_back_what_names_leave_out(tmp_path: Path) -> None:
    write(tmp_path / ".bgeignore", "!server.pem\n")
    assert Rules(str(tmp_path)).leaves_out(str(tmp_path / "server.pem"), False)


def test_senseless_lines_are_reported_and_the_others_followed(tmp_path: Path) -> None:
    path = write(tmp_path / ".gitignore", "\ufeff!\r\n[z-a]\r\n*.log\r\n")
    errors: list[UserError] = []
    rules = Rules(str(tmp_path), errors.append)
    assert rules.leaves_out(str(tmp_path / "a.log"), False)
    assert rules.leaves_out(str(tmp_path / "b.log"), False)
    assert [error.path for error in errors] == [path, path]


def test_an_ignore_file_that_is_a_pipe_or_a_link_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / ".bgeignore").symlink_to(write(tmp_path / "patterns", "*.md\n"))
    assert not Rules(str(tmp_path)).leaves_out(str(tmp_path / "a.md"), False)


def test_names_that_are_not_utf8_are_matched(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"\xff*.md\n")
    rules = Rules(str(tmp_path))
    assert rules.leaves_out(os.path.join(tmp_path, os.fsdecode(b"\xffa.md")), False)
    assert not rules.leaves_out(os.path.join(tmp_path, os.fsdecode(b"\xfea.md")), False)


def test_a_walk_and_a_single_path_agree(tmp_path: Path) -> None:
    files = ["a.md", "a.log", "x/a.md", "x/a.log", "x/y/keep.log", "build/a.md", "venv/pyvenv.cfg", "venv/a.md", ".h/a"]
    paths = {write(tmp_path / relative) for relative in files}
    write(tmp_path / ".gitignore", "*.log\n")
    write(tmp_path / "x/y/.bgeignore", "!keep.log\n")
    walked = {stamp.path for stamp in scan(str(tmp_path), on_error=lambda error: pytest.fail(str(error)))}
    judged = {path for path in paths if not Rules(str(tmp_path)).leaves_out(path, False)}
    assert walked == judged == {str(tmp_path / name) for name in ("a.md", "x/a.md", "x/y/keep.log")}
