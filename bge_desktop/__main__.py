"""The program's one entry: looks at the arguments and imports only what they ask for."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Open the window, run a subcommand, or serve as a child process; return the exit status."""
    os.umask(0o077)  # what this program writes is for its person alone
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["--child"]:
        return _serve(arguments[1])
    from bge_desktop.cli import run

    return run(arguments)


def _serve(role: str) -> int:
    from bge_desktop.logs.crashes import record_here

    record_here()
    if role == "encoder":
        from bge_desktop.bge import encoder_process

        return encoder_process.serve()
    if role == "understanding":
        from bge_desktop.understand import child

        return child.serve()
    if role == "models":
        from bge_desktop.bge import adding_process

        return adding_process.serve()
    if role == "display":
        from bge_desktop.ui import display

        return display.serve()
    from bge_desktop.extract import reader_process

    return reader_process.serve()


if __name__ == "__main__":
    raise SystemExit(main())
