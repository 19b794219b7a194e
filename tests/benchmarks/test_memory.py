"""How much memory the app takes: its own process after the start and with 100,000 passages, and the encoder's."""

from __future__ import annotations

import contextlib
import time

import pytest

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from tests.benchmarks import large_library, scale
from tests.benchmarks.memory import own_mb, peak_mb, resident_mb
from tests.benchmarks.sample import texts_of
from tests.benchmarks.sessions import session
from tests.benchmarks.table import Bar, Row

_SECTION = "memory"
_AFTER_START_MB, _WITH_A_LIBRARY_MB, _ENCODER_MB = 150, 450, 600
_LONGEST = scale.of(300, 60)  # passages of each language
_SETTLING_S = 3.0
_UNIT = "MB"


def test_after_the_start(table, tmp_path):
    with session("stay", "--library", tmp_path / "library") as (app, told):
        next(told)
        _add(table, "app after the start, without documents", app.pid, _AFTER_START_MB)


@pytest.mark.timeout(900)
def test_with_a_large_library(large, table, tmp_path):
    path = str(tmp_path / "library")
    large_library.copy(large("scan"), path)
    with session("stay", "--library", path) as (app, told):
        assert "found" in [own["what"] for own in (next(told), next(told))]
        _add(table, "app with 100,000 passages open, after a search", app.pid, _WITH_A_LIBRARY_MB)


def _add(table, what, pid, most):
    time.sleep(_SETTLING_S)  # so that what the start put off is in it
    row = Row(
        _SECTION, f"{what}, RSS", resident_mb(pid), _UNIT, bar=Bar(at_most=most), note=f"USS {own_mb(pid):.0f} MB"
    )
    table.add(row)


@pytest.mark.timeout(900)
def test_the_encoder(sample, table):
    with contextlib.closing(Encoder("cpu", in_background=True)) as encoder:
        for language, documents in sample.items():
            longest = sorted(texts_of(documents), key=len)[-_LONGEST:]
            encoder.embed_now(BUNDLED[language], longest, TextKind.PASSAGE)
        what, note = "encoder with both models, at its peak, RSS", f"USS {own_mb(encoder.pid):.0f} MB"
        peak = peak_mb(encoder.pid)
    table.add(Row(_SECTION, what, peak, _UNIT, bar=Bar(at_most=_ENCODER_MB), note=note))
