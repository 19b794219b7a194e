"""A hub on this machine: the few routes by which a model is looked up and its files are fetched."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LATER = "89abcdef0123456789abcdef0123456789abcdef"


@dataclass
class SmallHub:
    """What the hub has, and what happens to those who ask.

    Attributes:
        models: folders by name and commit.
        head: the newest commit.
        cut_after: bytes of a file after which the connection is cut, once for each file; None for never.
        stuck_after: bytes of a file after which nothing more comes, once, until `let_go`; None for never.
        spoilt: names of files of which the first byte is wrong.
        address: for HF_ENDPOINT.
        asked: the paths that were asked for, with the range.
    """

    models: dict[tuple[str, str], Path]
    head: str = COMMIT
    cut_after: int | None = None
    spoilt: set[str] = field(default_factory=set)
    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    stuck_after: int | None = None
    cut: set[str] = field(default_factory=set)
    goes_on: threading.Event = field(default_factory=threading.Event)

    def let_go(self) -> None:
        """Have nothing be stuck any more."""
        self.stuck_after = None
        self.goes_on.set()

    def information(self, name: str, revision: str) -> dict[str, Any] | None:
        """Return what the hub says of a model; None where it has none."""
        commit = self.head if revision in ("", "main") else revision
        folder = self.models.get((name, commit))
        if folder is None:
            return None
        files = [own for own in sorted(folder.rglob("*")) if own.is_file()]
        siblings = [_sibling(own, own.relative_to(folder).as_posix()) for own in files]
        return {"id": name, "sha": commit, "tags": ["license:mit"], "siblings": siblings}


@contextmanager
def serving(hub: SmallHub) -> Iterator[SmallHub]:
    """Serve the hub while the context lasts."""

    class Handler(_Handler):
        own = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hub
    finally:
        hub.let_go()
        server.shutdown()
        server.server_close()
        thread.join()


def _sibling(path: Path, name: str) -> dict[str, Any]:
    content = path.read_bytes()
    git = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    own: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": git}
    if name.endswith((".safetensors", ".pt", ".bin")):
        own["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
    return own


class _Handler(BaseHTTPRequestHandler):
    own: SmallHub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.own.asked.append((path, self.headers.get("Range", "")))
        if match := re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/(.+))?", path):
            self._tell(self.own.information(match[1], match[2] or ""))
        elif match := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            self._send(self.own.models[match[1], match[2]] / match[3], match[3])
        else:
            self.send_error(404)

    def _tell(self, information: dict[str, Any] | None) -> None:
        content = json.dumps(information or {"error": "Repository not found"}).encode()
        self.send_response(200 if information else 404)
        if not information:
            self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send(self, path: Path, name: str) -> None:
        content = path.read_bytes()
        if name in self.own.spoilt:
            content = bytes([content[0] ^ 1]) + content[1:]
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        first = int(match[1]) if match else 0
        self.send_response(206 if match else 200)
        if match:
            self.send_header("Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - first))
        self.end_headers()
        if self.own.stuck_after is not None and len(content) - first > self.own.stuck_after:
            self.wfile.write(content[first : first + self.own.stuck_after])
            self.wfile.flush()
            self.own.goes_on.wait()
            self.close_connection = True
            return
        cut = self.own.cut_after
        if cut is None or name in self.own.cut or len(content) - first <= cut:
            self.wfile.write(content[first:])
            return
        self.own.cut.add(name)
        self.wfile.write(content[first : first + cut])
        self.wfile.flush()
        self.connection.close()
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""
