"""`bge-desktop doctor`: is all well, and what to do where it is not."""

from __future__ import annotations

from dataclasses import asdict

from bge_desktop.cli import output
from bge_desktop.doctor.check import Check, State
from bge_desktop.doctor.examination import examine
from bge_desktop.messages import displayable


def doctor(library: str, device: str, *, as_json: bool) -> int:
    """Look at everything, and print a line for each look; return 1 where there is a problem, else 0."""
    checks: list[Check] = []
    for check in examine(library, device):
        checks.append(check)
        if not as_json:
            _print(check)
    problems, warnings = (sum(check.state is state for check in checks) for state in (State.PROBLEM, State.WARNING))
    if as_json:
        output.say_json({"ok": not problems, "checks": [asdict(check) for check in checks]})
    else:
        output.say(f"Problems: {problems}, warnings: {warnings}")
    return 1 if problems else 0


def _print(check: Check) -> None:
    output.say(displayable(f"{check.state:<8} {check.name}: {check.found}"))
    if check.advice:
        output.say(displayable(f"         → {check.advice}"))
