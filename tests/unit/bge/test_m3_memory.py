"""A text of 8,192 tokens is read without the matrix of attention, [heads, 8192, 8192], ever being in memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bge_desktop.bge.m3_conversion import convert_heads
from tests.small_models import save_m3

HEADS = 16
_MATRIX_MB = HEADS * 8192**2 * 4 / 1e6

_PROGRAM = """
import resource, sys
import numpy as np
from bge_desktop.bge.models import Cosines, Model
from bge_desktop.bge.openvino_encoder import OpenVinoEncoder
from bge_desktop.bge.torch_encoder import TorchEncoder

kinds = {"architecture": "xlm-roberta", "padding": 1, "has_heads": True, "max_tokens": 8192}
model = Model("m3", 64, "", Cosines(0.5, 0.1), location=sys.argv[1], recorded="m3", **kinds)
encoder = OpenVinoEncoder(model, "fp32") if sys.argv[2] == "openvino" else TorchEncoder(model, "cpu")
ids = np.random.default_rng(0).integers(4, 100, (1, 8192))

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

encoder.outputs(ids[:, :64], np.ones((1, 64), np.int64))
before = peak()
encoder.outputs(ids, np.ones((1, 8192), np.int64))
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts kilobytes as Linux does")
@pytest.mark.parametrize("backend", ["openvino", "torch"])
def test_attention_is_never_in_memory_as_a_whole(tmp_path, backend):
    folder = save_m3(
        tmp_path / "m3", max_position_embeddings=8194, hidden_size=64, num_attention_heads=HEADS, num_hidden_layers=1
    )
    convert_heads(str(folder))
    command = [sys.executable, "-c", _PROGRAM, str(folder), backend]
    grown_mb = int(subprocess.run(command, capture_output=True, check=True, text=True).stdout) / 1e3
    assert grown_mb < _MATRIX_MB / 10
