"""Starting at login, as each system knows it: an entry of one's own, and no other place remembers it."""

from __future__ import annotations

import contextlib
import os
import plistlib
import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from bge_desktop.errors import UserError
from bge_desktop.own_files import replacing
from bge_desktop.processes import own_command

translate = QCoreApplication.translate
_NAME = "BGE Desktop"
_LABEL = "bge-desktop"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def command(library: str) -> list[str]:
    """Return what starts this program at login, on a library, without its window."""
    return [*own_command(), "--library", library, "--hidden"]


def is_on() -> bool:
    """Return whether the program starts at login."""
    if sys.platform == "win32":
        return _windows_value() is not None
    return os.path.isfile(_entry_path()) and not _is_switched_off()


def switch(is_wanted: bool, library: str) -> None:
    """Have the program started at login, on a library, or no more.

    Raises:
        UserError: the system's entry cannot be written.
    """
    try:
        _add(command(library)) if is_wanted else _remove()
    except OSError as error:
        title = translate("LoginItem", "Start at login could not be changed")
        message = translate(
            "LoginItem", "The system's list of programs cannot be written ({reason}). Check its permissions."
        )
        raise UserError(title, message.format(reason=error.strerror), error.filename) from error


def desktop_entry(arguments: Sequence[str]) -> str:
    """Return the text of an entry for the desktops of Linux."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={_NAME}",
        f"Exec={' '.join(map(_exec_quoted, arguments))}",
        "Icon=bge-desktop",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return "\n".join(lines) + "\n"


def launch_agent(arguments: Sequence[str]) -> bytes:
    """Return the text of a launch agent for macOS."""
    return plistlib.dumps({"Label": _LABEL, "ProgramArguments": list(arguments), "RunAtLoad": True})


def windows_command_line(arguments: Sequence[str]) -> str:
    """Return a command line for the registry of Windows; without a console where Python is told apart by name."""
    import subprocess

    program, *rest = arguments
    folder, name = os.path.split(program)
    without_console = os.path.join(folder, "pythonw.exe") if name.lower() == "python.exe" else program
    return subprocess.list2cmdline([without_console, *rest])


def _exec_quoted(argument: str) -> str:
    """Return an argument as the key Exec wants it: its own quoting, in the quoting of strings, and no field codes."""
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in argument)
    return '"' + escaped.replace("\\", "\\\\").replace("%", "%%") + '"'


def _entry_path() -> str:
    if sys.platform == "darwin":
        return os.path.expanduser(f"~/Library/LaunchAgents/{_LABEL}.plist")
    settings = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(settings, "autostart", f"{_LABEL}.desktop")


def _is_switched_off() -> bool:
    """Whether the desktop's own settings have switched the entry off, and left it where it is."""
    if sys.platform == "darwin":
        return False
    with contextlib.suppress(OSError), open(_entry_path(), encoding="utf-8", errors="replace") as file:
        return not {"Hidden=true", "X-GNOME-Autostart-enabled=false"}.isdisjoint(file.read().splitlines())
    return True


def _add(arguments: Sequence[str]) -> None:
    if sys.platform == "win32":
        _set_windows_value(windows_command_line(arguments))
        return
    path = _entry_path()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    entry = launch_agent(arguments) if sys.platform == "darwin" else os.fsencode(desktop_entry(arguments))
    with replacing(path) as temporary, open(temporary, "wb") as file:
        file.write(entry)


def _remove() -> None:
    if sys.platform == "win32":
        _set_windows_value(None)
        return
    with contextlib.suppress(FileNotFoundError):
        os.remove(_entry_path())


def _windows_value() -> str | None:
    if sys.platform == "win32":
        import winreg

        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            return str(winreg.QueryValueEx(key, _NAME)[0])
    return None


def _set_windows_value(value: str | None) -> None:
    if sys.platform == "win32":
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            if value is not None:
                winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, value)
                return
            with contextlib.suppress(FileNotFoundError):
                winreg.DeleteValue(key, _NAME)
