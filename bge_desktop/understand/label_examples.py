"""Which examples of labels can be learnt from: those whose documents are embedded. The others wait for their vectors.

What was learnt of a label whose examples wait holds until they have come: they do after every change of the models.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlite_utils import Database

from bge_desktop.library.label_decisions import LabelDecisions
from bge_desktop.messages import LEAST_EXAMPLES
from bge_desktop.understand.spaces import Space, documents_in

_VERSION = 2  # of what is learnt from the same examples
_IS_EMBEDDED = (
    "id IN (SELECT document_id FROM label_decisions)"
    " AND EXISTS (SELECT 1 FROM passages WHERE document_id = documents.id AND embedded = 1)"
)


def state_of(db: Database, spaces: Sequence[Space]) -> str:
    """Return a short text that changes whenever something else would be learnt."""
    examples = LabelDecisions(db).examples()
    known = [
        (space.fingerprint, documents_in(db, space, _IS_EMBEDDED).tolist(), sorted(waiting_labels(db, space)))
        for space in sorted(spaces, key=lambda space: space.fingerprint)
    ]
    return hashlib.sha256(json.dumps([_VERSION, examples, known]).encode()).hexdigest()[:16]


def waiting_labels(db: Database, space: Space) -> frozenset[int]:
    """Return the labels, by id, that have examples enough, some of which wait for their vectors in a space."""
    rows = db.execute(
        "SELECT DISTINCT label_id FROM label_decisions JOIN documents ON documents.id = document_id"
        " WHERE accepted AND language IN (SELECT value FROM json_each(?))"
        " AND EXISTS (SELECT 1 FROM passages WHERE passages.document_id = documents.id AND embedded = 0)"
        " AND label_id IN (SELECT label_id FROM label_decisions WHERE accepted AND document_id NOTNULL"
        " GROUP BY 1 HAVING count(*) >= ?)",
        [json.dumps(space.languages), LEAST_EXAMPLES],
    )
    return frozenset(row[0] for row in rows)
