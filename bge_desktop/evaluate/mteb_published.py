"""What is published of the bundled models on MTEB and C-MTEB: the tables of their cards, and of C-Pack (2309.07597).

They are means of percentages over all tasks of a type, and the average is over all tasks. The authors scored pair
classification by the average precision of the cosine, and gave the reranking queries of C-MTEB the instruction too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """The published scores of a model.

    Attributes:
        model: its name.
        group: the tasks that they are means of, as `mteb_tasks` names them.
        average: over all tasks, in percent.
        scores: by the type of task, in percent.
    """

    model: str
    group: str
    average: float
    scores: Mapping[str, float]


PUBLISHED = (
    Published(
        "bge-small-en-v1.5",
        "mteb-en",
        62.17,
        {
            "Retrieval": 51.68,
            "Clustering": 43.82,
            "PairClassification": 84.92,
            "Reranking": 58.36,
            "STS": 81.59,
            "Summarization": 30.12,
            "Classification": 74.14,
        },
    ),
    Published(
        "bge-small-zh-v1.5",
        "c-mteb",
        57.82,
        {
            "Retrieval": 61.77,
            "STS": 49.11,
            "PairClassification": 70.41,
            "Classification": 63.96,
            "Reranking": 60.92,
            "Clustering": 44.18,
        },
    ),
)
