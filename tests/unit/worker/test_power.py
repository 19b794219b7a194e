from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from bge_desktop.worker.power import Power, power


@pytest.mark.parametrize(
    ("battery", "expected"),
    [
        (None, Power()),
        (SimpleNamespace(percent=40, power_plugged=True), Power()),
        (SimpleNamespace(percent=40, power_plugged=None), Power()),
        (SimpleNamespace(percent=40, power_plugged=False), Power(True, 40.0)),
    ],
)
def test_only_a_machine_that_says_so_is_on_battery(monkeypatch, battery, expected):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert power() == expected


def test_a_battery_that_cannot_be_asked_is_no_error(monkeypatch):
    def fail():
        raise FileNotFoundError("/sys/class/power_supply/BAT0")

    monkeypatch.setattr(psutil, "sensors_battery", fail, raising=False)
    assert power() == Power()
