"""The command line: the same library and worker, without a window."""

from bge_desktop.cli.main import run

__all__ = ["run"]
