"""What somebody does in the window while it is measured; run in a process of its own, it prints what it saw as JSON.

python -m tests.benchmarks.window_sessions SESSION ARGUMENTS...
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from bge_desktop.messages import Held, Progress
from bge_desktop.ui.window import MainWindow
from tests.driven_app import Steps, run_driven, type_into
from tests.ui.stalls import Stalls, Turn
from tests.ui.window_use import use

LONGEST_S = 0.05
_TYPED = 200
_WORST = 5


def first_results(window: MainWindow) -> Steps:
    """Type at once; tell when the window was painted, and when it shows the first results."""
    tell("painted")
    found = []
    window._bridge.answered.connect(lambda answer: found.extend(answer.results))
    with Stalls() as watch:
        type_into(window, "lease")
        while not found:
            yield
        tell("found", **_stalls_of(watch))


def stay(window: MainWindow) -> Steps:
    """Type at once, tell the same, and stay until the process is ended."""
    yield from first_results(window)
    while True:
        yield


def stalls(window: MainWindow) -> Steps:
    """Type, scroll and look at previews while the library is being indexed, and once more while that is paused."""
    progress = [Progress()]
    window._bridge.progressed.connect(progress.append)
    while not progress[-1].passages:
        yield
    yield from _measured(window, "indexing", progress)
    window._bridge.pause()
    while progress[-1].held is not Held.PAUSED:
        yield
    yield from _measured(window, "paused", progress)


def tell(what: str, **more: object) -> None:
    """Print what has happened."""
    print(json.dumps({"what": what, **more}), flush=True)


def _measured(window: MainWindow, name: str, progress: list[Progress]) -> Steps:
    before = progress[-1].passages
    with Stalls() as watch:
        yield from use(window, _TYPED)
    tell(name, passages=progress[-1].passages - before, pending=progress[-1].pending, **_stalls_of(watch))


def _stalls_of(watch: Stalls) -> dict[str, object]:
    """Return what there is to tell of all turns, in milliseconds."""
    worst = sorted(watch.turns, key=lambda turn: turn.own_s, reverse=True)[:_WORST]
    return {
        "turns": len(watch.turns),
        "over_50_ms": sum(turn.wall_s > LONGEST_S for turn in watch.turns),
        "of_these_our_own": sum(turn.own_s > LONGEST_S for turn in watch.turns),
        "worst_by_the_clock": _told(max(watch.turns, key=lambda turn: turn.wall_s)),
        "worst_of_the_main_thread": _told(max(watch.turns, key=lambda turn: turn.main_s)),
        "worst_of_our_own": [_told(turn) for turn in worst],
    }


def _told(turn: Turn) -> dict[str, object]:
    times = {f"{name}_ms": round(getattr(turn, f"{name}_s") * 1000, 1) for name in ("wall", "main", "process", "own")}
    return {**times, "stacks": asdict(turn)["stacks"]}


if __name__ == "__main__":
    session, *arguments = sys.argv[1:]
    raise SystemExit(run_driven({own.__name__: own for own in (first_results, stay, stalls)}[session], arguments))
