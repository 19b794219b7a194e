"""What the benchmarks ran on, in words."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from importlib import metadata

import psutil

_FLAGS = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")
_LIBRARIES = ("openvino", "numpy", "tokenizers", "hnswlib", "PySide6-Essentials")


def described() -> dict[str, object]:
    """Return the processor, its cores and instruction sets, memory, system, and the versions that matter."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "instruction_sets": _instruction_sets(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "system": _system(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "versions": {name: metadata.version(name) for name in _LIBRARIES},
        "load": [round(load, 1) for load in psutil.getloadavg()],
    }


def in_words(machine: dict[str, object]) -> str:
    """Return a machine's description as lines of Markdown."""
    return "\n".join(f"- {name.replace('_', ' ')}: {_told(value)}" for name, value in machine.items())


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {own}" for name, own in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _processor() -> str:
    """The model, and the family that tells the generation, which virtual machines often leave out of the name."""
    names = _cpuinfo("model name") or [platform.processor() or platform.machine()]
    numbers = [f"{what} {own[0]}" for what in ("cpu family", "model") if (own := _cpuinfo(what))]
    return ", ".join([names[0], *numbers])


def _instruction_sets() -> list[str]:
    flags = " ".join(_cpuinfo("flags")[:1]).split()
    return [flag for flag in _FLAGS if flag in flags]


def _cpuinfo(field: str) -> list[str]:
    """Return what Linux says of each core under a name; nothing elsewhere."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return re.findall(rf"^{field}\s*: (.*)$", file.read(), re.MULTILINE)
    except OSError:
        return []


def _system() -> str:
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.system()} {platform.release()}"
    except OSError:
        return platform.platform()
