"""Which of the models that were added a library has vectors of, or will have."""

from __future__ import annotations

from bge_desktop.library.library import Library


def folders_of_models(library: Library) -> set[str]:
    """Return the folders of all models that are in use, to come, or kept for a return."""
    groups = (library.vectors.in_use, library.switch.coming, library.switch.former)
    return {own.model.folder for group in groups for own in group.values()}
