"""Whether the machine runs on its battery, and how full that is."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import psutil

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Power:
    """Where the machine has its power from; `percent` is the charge of the battery, 100 without one."""

    on_battery: bool = False
    percent: float = 100.0


def power() -> Power:
    """Return where the power comes from; from the mains where the system does not tell."""
    try:
        battery = psutil.sensors_battery()
    except (psutil.Error, OSError, ValueError, AttributeError) as error:  # what odd batteries make of psutil
        _log.info("The battery cannot be asked (%s)", error)
        return Power()
    if battery is None or battery.power_plugged is not False:  # None: it is not known
        return Power()
    return Power(True, float(battery.percent))
