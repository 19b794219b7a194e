"""The same tasks of `mteb`, with sentence-transformers as the model's card says: prints the scores by task, as JSON.

python -m tests.benchmarks.mteb_peer DATA MODEL_FOLDER INSTRUCTION
"""

from __future__ import annotations

import json
import sys

from bge_desktop.evaluate import mteb_package

folder, model_folder, instruction = sys.argv[1:]
mteb_package.prepare(is_online=False)

import mteb  # noqa: E402 - after it has been prepared
from mteb.models import SentenceTransformerEncoderWrapper  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer  # noqa: E402

from bge_desktop.evaluate.mteb_local import local_tasks  # noqa: E402

transformer = Transformer(model_folder, max_seq_length=512)
pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="cls")
network = SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu")
model = SentenceTransformerEncoderWrapper(network, model_prompts={"Retrieval-query": instruction})
found = {}
for task in local_tasks(folder):
    [result] = mteb.evaluate(model, task, cache=None, co2_tracker=False, show_progress_bar=False).task_results
    found[task.metadata.name] = 100 * result.get_score()
print(json.dumps(found))
