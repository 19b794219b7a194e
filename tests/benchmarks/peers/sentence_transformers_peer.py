"""sentence-transformers with its default settings on the same weights: fp32, batches of 32 by length.

sentence_transformers_peer.py MODEL_FOLDER TEXTS
"""

from __future__ import annotations

import sys
import time

import numpy as np
import torch
from sentence_transformers import SentenceTransformer, models
from serving import lines_of, serve

folder, texts_path = sys.argv[1:]
texts = lines_of(texts_path)
transformer = models.Transformer(folder, max_seq_length=512)
pooling = models.Pooling(transformer.get_embedding_dimension(), pooling_mode="cls")
model = SentenceTransformer(modules=[transformer, pooling, models.Normalize()], device="cpu")
model.encode(texts[:8])


def encode(save: str = "") -> dict[str, object]:
    """Embed all texts; return the seconds, and save the vectors where that is asked for."""
    started = time.perf_counter()
    vectors = model.encode(texts)
    seconds = time.perf_counter() - started
    if save:
        np.save(save, vectors)
    return {"seconds": seconds, "threads": torch.get_num_threads(), "precision": str(next(model.parameters()).dtype)}


serve({"encode": encode})
