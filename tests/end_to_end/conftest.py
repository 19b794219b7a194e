"""What the end-to-end tests share: a library of the sample documents."""

from __future__ import annotations

import pytest

from bge_desktop import resources
from tests.end_to_end.command import run


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory):
    """A library of the sample documents, indexed by the command. Only to be read."""
    library = tmp_path_factory.mktemp("samples") / "library"
    run("index", resources.path("samples"), "--library", library)
    return str(library)
