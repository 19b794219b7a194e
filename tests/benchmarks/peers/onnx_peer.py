"""ONNX Runtime in fp32 as fastembed runs it: 256 texts a batch, padded to the longest, threads left to the runtime.

onnx_peer.py MODEL_FOLDER TEXTS ONNX_FILE
"""

from __future__ import annotations

import os
import sys
import time

import numpy as np
import onnxruntime
import torch
from serving import lines_of, serve
from tokenizers import Tokenizer
from transformers import AutoModel

BATCH = 256
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]

folder, texts_path, onnx_file = sys.argv[1:]


class Hidden(torch.nn.Module):
    """The model, of which only the last hidden states are wanted."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.model(**dict(zip(INPUTS, inputs, strict=True))).last_hidden_state


def export() -> None:
    """Make the graph from the local weights."""
    model = AutoModel.from_pretrained(
        folder, add_pooling_layer=False, dtype=torch.float32, local_files_only=True, attn_implementation="eager"
    )
    example = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in INPUTS)
    axes = {name: {0: "batch", 1: "length"} for name in [*INPUTS, "hidden"]}
    torch.onnx.export(
        Hidden(model.eval()), example, f"{onnx_file}.new", input_names=INPUTS, output_names=["hidden"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    os.rename(f"{onnx_file}.new", onnx_file)


if not os.path.exists(onnx_file):
    export()
texts = lines_of(texts_path)
session = onnxruntime.InferenceSession(onnx_file, providers=["CPUExecutionProvider"])
tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
tokenizer.enable_truncation(512)
tokenizer.enable_padding()


def embedded(batch: list[str]) -> np.ndarray:
    """Return the normalised [CLS] vectors of a batch."""
    encodings = tokenizer.encode_batch(batch)
    token_ids = np.array([own.ids for own in encodings], np.int64)
    mask = np.array([own.attention_mask for own in encodings], np.int64)
    [hidden] = session.run(None, {"input_ids": token_ids, "attention_mask": mask, "token_type_ids": token_ids * 0})
    return hidden[:, 0] / np.linalg.norm(hidden[:, 0], axis=1, keepdims=True)


def encode(save: str = "") -> dict[str, object]:
    """Embed all texts; return the seconds, and save the vectors where that is asked for."""
    started = time.perf_counter()
    vectors = np.concatenate([embedded(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)])
    seconds = time.perf_counter() - started
    if save:
        np.save(save, vectors)
    return {"seconds": seconds}


embedded(texts[:8])
serve({"encode": encode})
