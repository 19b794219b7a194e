"""The ways in which editors save a document over itself."""

from __future__ import annotations

import os
from pathlib import Path


def in_place(path: Path, text: str) -> None:
    """As nano does."""
    path.write_text(text, encoding="utf-8")


def rename_over(path: Path, text: str) -> None:
    """As most do: VS Code, gedit, LibreOffice."""
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def delete_and_create(path: Path, text: str) -> None:
    """As simple programs do."""
    path.unlink()
    path.write_text(text, encoding="utf-8")


def backup_and_create(path: Path, text: str) -> None:
    """As vim does: the old file becomes the backup."""
    backup = path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text, encoding="utf-8")
    backup.unlink()


def swap_by_rename(path: Path, text: str) -> None:
    """As Word does: both files change their names."""
    fresh = path.with_name("~WRD0001.tmp")
    fresh.write_text(text, encoding="utf-8")
    old = path.rename(path.with_name("~WRL0002.tmp"))
    fresh.rename(path)
    old.unlink()


def swap_by_link(path: Path, text: str) -> None:
    """As Emacs and mail programs do where nothing must be overwritten."""
    backup, fresh = path.with_name(f"{path.name}~"), path.with_name(f".#{path.name}")
    os.link(path, backup)
    fresh.write_text(text, encoding="utf-8")
    path.unlink()
    os.link(fresh, path)
    fresh.unlink()
    backup.unlink()


WAYS = (in_place, rename_over, delete_and_create, backup_and_create, swap_by_rename, swap_by_link)
