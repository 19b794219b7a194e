"""Peers: programs of an environment of their own, asked one thing after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.benchmarks.peers.serving import SEPARATOR

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENVIRONMENT = os.environ.get("BGE_DESKTOP_PEERS", os.path.join(_ROOT, "build", "peers"))
_TAIL = 2000


class PeerMissingError(Exception):
    """A peer that cannot be measured here, and why, in words."""


class Peer:
    """A process that loads something and then does what it is asked to, as `peers/serving.py` describes.

    Raises:
        PeerMissingError: it is not installed, or does not start.
    """

    def __init__(self, command: Sequence[str], log: str) -> None:
        self._log = log
        with open(log, "w", encoding="utf-8") as errors:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=_ROOT
            )
        try:
            self._answer()
        except PeerMissingError:
            self.close()
            raise

    def ask(self, op: str, **arguments: object) -> dict[str, Any]:
        """Have something done and return what it came to.

        Raises:
            PeerMissingError: it ended instead.
        """
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"op": op, **arguments}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """End the process."""
        with self._process as process:
            process.terminate()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith(SEPARATOR):
                return json.loads(line.removeprefix(SEPARATOR))
        with open(self._log, encoding="utf-8") as file:
            last = file.read()[-_TAIL:].strip().splitlines()[-1:]
        raise PeerMissingError(" ".join(last) or "it ended without a word")


def start_peer(name: str, folder: str, *arguments: str) -> Peer:
    """Start `peers/NAME_peer.py` in the peers' environment; `folder` takes its log.

    Raises:
        PeerMissingError: the environment is not there, or the peer does not start in it.
    """
    python = os.path.join(ENVIRONMENT, "Scripts" if sys.platform == "win32" else "bin", "python")
    if not os.path.exists(python):
        raise PeerMissingError("not installed: run `make peers`")
    log = os.path.join(folder, f"{name}.log")
    return Peer([python, os.path.join(_FOLDER, f"{name}_peer.py"), *arguments], log)


def start_own(module: str, folder: str, *arguments: str) -> Peer:
    """Start a module of the benchmarks as a process of the app's own environment; `folder` takes its log."""
    log = os.path.join(folder, f"{module}.log")
    return Peer([sys.executable, "-m", f"tests.benchmarks.{module}", *arguments], log)
