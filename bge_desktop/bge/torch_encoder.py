"""The encoder on a GPU, and the reference that the tests compare the others with."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel

from bge_desktop.bge.models import Model, checked_file

_NAMES = {"cuda": "PyTorch on the graphics card (CUDA)", "mps": "PyTorch on the graphics card (Metal)"}


class TorchEncoder:
    """Embeds token ids with torch: half precision on CUDA, single precision elsewhere.

    (fp16 on a processor runs at a quarter of fp32's speed; on Metal it has not been measured.)

    Args:
        model: the encoder to load.
        device: "cuda", "mps" or "cpu".
        threads: how many threads of the processor to compute with; 0 leaves it to torch.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """

    def __init__(self, model: Model, device: str, threads: int = 0) -> None:
        if threads:
            torch.set_num_threads(threads)
        for name in ("config.json", "model.safetensors"):
            checked_file(model, name)
        self.name = _NAMES.get(device, "PyTorch on the processor")
        self._device = torch.device(device)
        network = AutoModel.from_pretrained(
            model.folder,
            add_pooling_layer=False,
            dtype=torch.float16 if device == "cuda" else torch.float32,  # else the type that the config names
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
        )
        self._network = network.to(self._device).eval()

    @torch.inference_mode()
    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return normalised [CLS] vectors, [batch, dimension], of padded token ids, [batch, length]."""
        inputs = torch.from_numpy(token_ids).to(self._device), torch.from_numpy(mask).to(self._device)
        cls = self._network(*inputs).last_hidden_state[:, 0].float()
        vectors: NDArray[np.float32] = torch.nn.functional.normalize(cls, dim=-1).cpu().numpy()
        return vectors
