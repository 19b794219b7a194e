"""What the end-to-end tests share: a library of the sample documents."""

from __future__ import annotations

import pytest

from bge_desktop import resources
from bge_desktop.messages import AddFolder
from tests.end_to_end.client import Client
from tests.end_to_end.command import run


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory):
    """A library of the sample documents, indexed by the command. Only to be read."""
    library = tmp_path_factory.mktemp("samples") / "library"
    run("index", resources.path("samples"), "--library", library)
    return str(library)


@pytest.fixture
def client(tmp_path, folder):
    """A client of a worker that has indexed the test's own `folder`, and goes on watching it."""
    own = Client(tmp_path / "library")
    own.worker.submit(AddFolder(str(folder)))
    assert own.worker.wait_until_idle(60)
    yield own
    own.worker.stop()
    assert own.errors == []
