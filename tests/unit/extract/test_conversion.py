"""Old Word and PowerPoint files, through the real LibreOffice where it is installed."""

from __future__ import annotations

import queue
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bge_desktop.errors import ExtractionError, UserError
from bge_desktop.extract import conversion
from bge_desktop.extract.conversion import can_convert, in_new_format
from bge_desktop.extract.formats import extract
from bge_desktop.extract.readers import Readers, ReadFailure, ReadResult

FILES = Path(__file__).parents[2] / "data" / "formats"
Outcome = ReadResult | ReadFailure | UserError
needs_libreoffice = pytest.mark.skipif(not can_convert("docx"), reason="LibreOffice is not installed")


def _read(path: Path) -> Outcome:
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    readers = Readers()
    try:
        readers.submit(str(path), (), outcomes.put)
        return outcomes.get(timeout=150)
    finally:
        readers.close()


def _stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(conversion, "_program", lambda: str(program))


@needs_libreoffice
def test_an_old_word_file_is_read_under_its_own_name_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "報告 old.doc"
    shutil.copy(FILES / "office.doc", path)
    outcome = _read(path)
    assert isinstance(outcome, ReadResult), outcome
    assert (outcome.path, outcome.kind, outcome.title) == (str(path), "docx", "Field notes 观鸟笔记")
    assert "苍鹭站在浅水里等着鱼游过来。" in outcome.text
    [heron] = [each for each in outcome.passages if "The heron waits" in outcome.text[each.start : each.end]]
    assert heron.place == "Spring"
    readers = Readers()
    known: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    readers.submit(str(path), {outcome.hash}, known.put)
    assert known.get(timeout=60) == ReadResult(str(path), outcome.hash, known=True)
    readers.close()


@needs_libreoffice
def test_an_old_powerpoint_file_has_slides(tmp_path: Path) -> None:
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless"),
            *("--convert-to", "ppt", "--outdir", str(tmp_path), str(FILES / "office.pptx")),
        ],
        check=True,
        capture_output=True,
    )
    outcome = _read(tmp_path / "office.ppt")
    assert isinstance(outcome, ReadResult), outcome
    assert outcome.kind == "slides"
    pages = {outcome.text[each.start : each.end].split("\n")[0]: (each.page, each.place) for each in outcome.passages}
    assert pages["The heron"] == (2, "")
    assert pages["池塘的鸟"] == (3, "")
    assert "Say this slowly: 苍鹭站在浅水里等着鱼游过来。" in outcome.text


@needs_libreoffice
def test_a_damaged_old_file_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes((FILES / "office.doc").read_bytes()[:6000])
    outcome = _read(tmp_path / "a.doc")
    assert isinstance(outcome, ReadFailure)
    assert outcome.path == str(tmp_path / "a.doc")


_WITH_PICTURE = """<?xml version="1.0"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>words
<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm"><draw:image
 xlink:href="http://127.0.0.1:{port}/picture.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>
</draw:frame></text:p></office:text></office:body></office:document>
"""


@needs_libreoffice
@pytest.mark.parametrize("protected", [True, False])
def test_nothing_is_fetched_while_converting(protected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not protected:  # shows that it would be
        monkeypatch.setattr(conversion, "_SETTINGS", {})
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        server.settimeout(20)
        asked = pool.submit(_is_asked, server)
        (tmp_path / "a.doc").write_text(_WITH_PICTURE.format(port=server.getsockname()[1]))
        with in_new_format(str(tmp_path / "a.doc"), "docx", 60) as path:
            assert "words" in extract(path, Path(path).read_bytes()).text
        if protected:
            server.settimeout(0)
            server.shutdown(socket.SHUT_RDWR)
        assert asked.result() is not protected


def _is_asked(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except OSError:
        return False
    return True


def test_a_conversion_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, f"(sleep 3; touch {tmp_path}/alive) & sleep 600")
    (tmp_path / "a.doc").write_text("")
    with (
        pytest.raises(ExtractionError, match=r"more than 0\.3 seconds"),
        in_new_format(str(tmp_path / "a.doc"), "docx", 0.3),
    ):
        pass
    time.sleep(3.5)
    assert not (tmp_path / "alive").exists()


def test_a_conversion_is_given_up_when_nobody_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, "sleep 600")
    (tmp_path / "a.doc").write_text("")
    started = time.monotonic()
    with pytest.raises(ExtractionError), in_new_format(str(tmp_path / "a.doc"), "docx", 60, lambda: True):
        pass
    assert time.monotonic() - started < 5


def test_a_converter_that_gives_nothing_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, "exit 0")
    (tmp_path / "a.doc").write_text("")
    with pytest.raises(ExtractionError, match="could not open"), in_new_format(str(tmp_path / "a.doc"), "docx", 9):
        pass
    with pytest.raises(ExtractionError, match="The system says"), in_new_format(str(tmp_path / "gone"), "docx", 9):
        pass


def test_what_would_not_be_converted_keeps_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "_program", lambda: None)
    assert not can_convert("docx")
    outcome = _read(FILES / "office.doc")
    assert isinstance(outcome, ReadFailure)
    assert (outcome.title, "save it as .docx" in outcome.message) == ("Old Word format", True)


def test_only_old_formats_are_converted() -> None:
    assert not can_convert("exe")
    assert not can_convert(["docx"])
