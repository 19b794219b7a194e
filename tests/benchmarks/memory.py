"""How much memory a process takes, in megabytes (10^6 bytes)."""

from __future__ import annotations

import sys

import psutil

_MB = 1e6


def resident_mb(pid: int) -> float:
    """Return what a process has in memory, what it shares with others included (RSS)."""
    return psutil.Process(pid).memory_info().rss / _MB


def own_mb(pid: int) -> float:
    """Return what would be free if the process ended (USS)."""
    return psutil.Process(pid).memory_full_info().uss / _MB


def peak_mb(pid: int) -> float:
    """Return the most that a process has had in memory so far (RSS); on macOS what it has now."""
    if sys.platform == "linux":
        with open(f"/proc/{pid}/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / _MB
    info = psutil.Process(pid).memory_info()
    return getattr(info, "peak_wset", info.rss) / _MB


def forget_peak(pid: int) -> None:
    """Have the peak begin anew with what the process has now; only on Linux."""
    if sys.platform == "linux":
        with open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
