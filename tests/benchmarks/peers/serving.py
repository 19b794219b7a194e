"""Answers requests, one JSON object a line on standard input, with a JSON text sequence (RFC 7464) on standard output.

So that what libraries print in between is told from the answers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

SEPARATOR = "\x1e"


def serve(operations: dict[str, Callable[..., dict[str, Any]]]) -> None:
    """Answer until the input ends; the first answer, an empty one, tells that all is loaded."""
    _say({})
    for line in sys.stdin:
        request = json.loads(line)
        _say(operations[request.pop("op")](**request))


def lines_of(path: str) -> list[str]:
    """Return the texts that a JSON file lists."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def _say(answer: dict[str, Any]) -> None:
    print(f"{SEPARATOR}{json.dumps(answer)}", flush=True)
