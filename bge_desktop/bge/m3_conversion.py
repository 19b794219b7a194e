"""Turns BGE-M3's further layers, which are published as pickles, into safetensors files. For a child process: torch."""

from __future__ import annotations

import os

import torch
from safetensors.torch import save_file

from bge_desktop.bge.m3 import HEADS, check_head, head_files, unusable


def convert_heads(folder: str) -> None:
    """Have the heads in a model's folder stand in safetensors files instead of pickles, from which no code is run.

    Raises:
        ModelError: a file cannot be read, or does not hold the layer that its name says.
        OSError: one cannot be written.
    """
    for name in HEADS:
        safe, pickled = head_files(folder, name)
        if not os.path.exists(safe):
            _convert(folder, name, pickled, safe)
        check_head(folder, name)
        if os.path.exists(pickled):
            os.remove(pickled)


def _convert(folder: str, name: str, pickled: str, safe: str) -> None:
    try:
        found = torch.load(pickled, map_location="cpu", weights_only=True)
        tensors = {own: found[own].contiguous() for own in ("weight", "bias")}
    except Exception as error:  # what a damaged pickle raises is not foreseeable
        raise unusable(folder, f"“{name}.pt” cannot be read as tensors ({type(error).__name__}).") from error
    temporary = f"{safe}.new"
    save_file(tensors, temporary)
    os.replace(temporary, safe)
