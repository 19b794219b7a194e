from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract import reader_process
from bge_desktop.extract.reader_process import answer

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def _ask(path: object, known: tuple[str, ...] = (), **more: Any) -> tuple[dict[str, Any], str]:
    """Ask as the parent does: the header passes through JSON in both directions."""
    request = {"op": "read", "id": 7, "path": str(path), "known": known, **more}
    header, payload = answer(json.loads(json.dumps(request)))
    assert header["id"] == 7
    return json.loads(json.dumps(header)), payload.decode()


@contextmanager
def _somebody_else() -> Iterator[None]:
    """Give up the right to read everything, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_becomes_text_and_passages(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# 红烧肉\n\n五花肉切块。\n\n" + "An English paragraph of many words. " * 60)
    header, text = _ask(path)
    assert (header["title"], header["kind"], len(header["hash"])) == ("红烧肉", "markdown", 32)
    passages = [(text[start:end], page, language) for start, end, page, _, _, language in header["passages"]]
    assert passages[0][0].startswith("红烧肉\n\n五花肉切块。")
    assert (passages[-1][1], passages[-1][2]) == (None, "en")
    assert len(passages) > 1


def test_what_could_not_be_read_is_told_beside_the_text(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "words")
        archive.writestr("b.pdf", "%PDF-1.7 cut off")
    header, text = _ask(tmp_path / "a.zip")
    assert text == "a.txt\n\nwords\n\nb.pdf"
    assert header["shortfall"]["title"] == "Read in part"
    assert header["shortfall"]["message"].startswith("b.pdf: Damaged file. ")
    (tmp_path / "whole.txt").write_text("words")
    assert "shortfall" not in _ask(tmp_path / "whole.txt")[0]


def test_a_text_that_is_divided_for_long_is_told_to_whoever_waits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    told: list[bool] = []
    answer({"op": "read", "id": 7, "path": str(tmp_path / "a.txt"), "known": []}, lambda: told.append(True))
    assert told


def test_pages_and_languages(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(["English words."], ["中文的一页。"]))
    header, text = _ask(tmp_path / "a.pdf")
    assert [(text[s:e], page, lang) for s, e, page, _, _, lang in header["passages"]] == [
        ("English words.", 1, "en"),
        ("中文的一页。", 2, "zh"),
    ]


def test_a_known_content_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "b.txt").write_text("words")
    first, _ = _ask(tmp_path / "a.txt")
    assert _ask(tmp_path / "b.txt", ("0" * 32, first["hash"])) == ({"id": 7, "hash": first["hash"], "known": True}, "")


@posix
def test_a_name_that_is_not_utf8_is_opened(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9 \xff.txt"
    try:
        Path(os.fsdecode(path)).write_text("words")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert _ask(os.fsdecode(path))[1] == "words"


def test_a_film_is_found_by_its_name_only(tmp_path: Path) -> None:
    (tmp_path / "a.mkv").write_bytes(b"\x1a\x45\xdf\xa3" + bytes(60))
    header, text = _ask(tmp_path / "a.mkv")
    assert (header["kind"], header["passages"], text) == ("video", [], "")


def _failure(path: object, **more: Any) -> tuple[str, str]:
    header, text = _ask(path, **more)
    assert text == ""
    return header["failed"]["title"], header["failed"]["message"]


def test_a_vanished_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    assert _failure(tmp_path / "gone.txt")[0] == "Vanished"
    assert _failure(tmp_path / "file" / "below.txt")[0] == "Vanished"


@posix
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("words")
    path.chmod(0)
    with _somebody_else():
        title, message = _failure(path)
    assert title == "No permission"
    assert "permissions" in message


@posix
def test_pipes_sockets_devices_and_folders_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(tmp_path)  # the path of a socket must be short
        listener.bind("socket")
        names = [tmp_path / "pipe", tmp_path / "socket", "/dev/zero", tmp_path]
        assert [_failure(name)[0] for name in names] == ["Not a file"] * 4


@posix
def test_a_link_that_took_a_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/etc/passwd")
    assert _failure(tmp_path / "a.txt")[0] == "Not a file"


def test_an_unknown_error_of_the_system_is_quoted(tmp_path: Path) -> None:
    title, message = _failure(tmp_path / ("x" * 5_000))
    assert title == "Cannot be opened"
    assert os.strerror(36 if sys.platform == "linux" else 63) in message


def test_a_damaged_file_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    assert _failure(tmp_path / "a.pdf")[0] == "Damaged file"


def test_a_large_text_is_refused_and_a_large_film_is_known_by_both_ends(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"line\n" * 300_000)
    assert _failure(tmp_path / "a.log", limit_mb=1) == (
        "Too large",
        "This file is larger than 1 MB. Split it to make it searchable.",
    )
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(3 << 20))
    (tmp_path / "b.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(3 << 20) + b"!")
    first, second = _ask(tmp_path / "a.mp4", limit_mb=1)[0], _ask(tmp_path / "b.mp4", limit_mb=1)[0]
    assert (first["kind"], second["kind"]) == ("other", "other")
    assert first["hash"] != second["hash"]


def test_too_much_text_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_process, "_LARGEST_TEXT", 3)
    (tmp_path / "a.txt").write_text("words")
    header, text = _ask(tmp_path / "a.txt")
    assert text == "wor"
    assert "more than 20 million characters" in header["shortfall"]["message"]


def test_too_little_memory_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(reader_process, "extract", exhausted)
    (tmp_path / "a.txt").write_text("words")
    assert _failure(tmp_path / "a.txt")[0] == "Needs too much memory"


def test_a_failure_names_its_path_to_the_parser_only(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError) as caught:
        reader_process._content(str(tmp_path / "gone"), 1)
    assert caught.value.path == str(tmp_path / "gone")


_CONFINED = """
import socket, subprocess, sys
from bge_desktop.extract.reader_process import _confine
_confine()
def refused(action, error):
    try:
        action()
    except error:
        return True
    return False
assert refused(lambda: socket.create_connection(("127.0.0.1", 9)), PermissionError)
assert refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("127.0.0.1", 9)), PermissionError)
assert refused(lambda: subprocess.run([sys.executable]), PermissionError)
if sys.platform == "linux":
    import resource
    assert refused(lambda: bytearray(3 << 30), MemoryError)
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
"""


def test_a_confined_reader_has_no_network_no_programs_and_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _CONFINED], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
