"""The cross-encoder on a GPU, with torch."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from bge_desktop.bge import pair_head
from bge_desktop.bge.pairs import pair_types
from bge_desktop.bge.torch_encoder import Texts, TorchEncoder


class TorchCrossEncoder(TorchEncoder):
    """Scores pairs of a query and a passage with torch; what is said of `TorchEncoder` holds."""

    @torch.inference_mode()
    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how well the passages answer, [batch, 1], of padded token ids of pairs, [batch, length]."""
        types = pair_types(token_ids, mask) if pair_head.has_types(self._network) else None
        cls = self.hidden(token_ids, Texts(mask, self._network.heads, self._device), types, only_cls=True)
        first, second = pair_head.LAYERS[self._network.architecture]
        scores: NDArray[np.float32] = self._linear(torch.tanh(self._linear(cls, first)), second).float().cpu().numpy()
        return scores
