"""What the benchmarks measure on, and the table that they fill.

BGE_DESKTOP_EVAL names a folder with documents, in folders or in one archive, and with files of queries (lines of a
query, a tab, a file name) named `LANGUAGE.SPLIT.tsv`. Its library, and the large ones that are made from it, are kept
in `build/bench` (or where BGE_DESKTOP_BENCH says), so that a second run is quick.
"""

from __future__ import annotations

import contextlib
import functools
import glob
import os
import shutil

import numpy as np
import pytest

from bge_desktop.bge.encoder import Encoder
from bge_desktop.evaluate.known_item import read_queries
from tests.benchmarks import large_library, machine, scale
from tests.benchmarks.sample import pure_documents
from tests.benchmarks.table import Table
from tests.end_to_end.command import run_json

_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BGE_DESKTOP_BENCH", os.path.join(_ROOT, "build", "bench"))
_TABLE = pytest.StashKey[Table]()
_QUERIES = scale.of(120, 30)  # of each language


def pytest_configure(config):
    config.stash[_TABLE] = Table()


def pytest_terminal_summary(terminalreporter, config):
    """Print the table of the whole run, and write it as JSON."""
    table = config.stash[_TABLE]
    described = machine.described() | table.machine
    if table.rows:
        path = os.path.join(BUILD, "bench.json")
        table.write(path, described)
        terminalreporter.write_line(f"\n{machine.in_words(described)}\n\n{table.markdown()}\n\nAlso in {path}")


@pytest.fixture(scope="session")
def table(pytestconfig):
    """The table that takes what is measured."""
    return pytestconfig.stash[_TABLE]


@pytest.fixture(scope="session")
def collection():
    """The folder of the collection."""
    folder = os.environ.get("BGE_DESKTOP_EVAL", "")
    if not os.path.isdir(folder):
        pytest.skip("set BGE_DESKTOP_EVAL to a folder with documents and queries")
    return folder


@pytest.fixture(scope="session")
def query_files(collection):
    """The files of queries by language."""
    return {os.path.basename(path).split(".")[0]: path for path in sorted(glob.glob(os.path.join(collection, "*.tsv")))}


@pytest.fixture(scope="session")
def queries(query_files):
    """So many real queries of each language, evenly spread over the files."""
    items = [read_queries(path) for path in query_files.values()]
    return [own[row].query for own in items for row in np.linspace(0, len(own) - 1, _QUERIES).astype(int)]


@pytest.fixture(scope="session")
def documents(collection):
    """The folder with the collection's documents."""
    unpacked = os.path.join(BUILD, "documents")
    for archive in glob.glob(os.path.join(collection, "*.tar.xz")):
        if not os.path.isdir(unpacked):
            shutil.unpack_archive(archive, unpacked, filter="data")
    return unpacked if os.path.isdir(unpacked) else collection


@pytest.fixture(scope="session")
def library(documents, table):
    """The library of the collection."""
    path = os.path.join(BUILD, "library")
    table.report("indexing", run_json_long("index", documents, "--library", path))
    return path


@pytest.fixture(scope="session")
def sample(library):
    """Real documents of each language, none of which has a passage of the other."""
    return {language: pure_documents(library, language) for language in ("en", "zh")}


@pytest.fixture(scope="session")
def large(library):
    """Return the path of a large library by name, up to date and with its graphs: for reading only."""
    return functools.cache(functools.partial(large_library.up_to_date, library, BUILD))


@pytest.fixture(scope="session")
def encoder(table):
    """An encoder on the processor, which tells in words how it embeds."""
    with contextlib.closing(Encoder("cpu", lambda words: table.machine.update(encoder=words))) as own:
        yield own


def run_json_long(*arguments, **options):
    """Run a command that may take an hour."""
    return run_json(*arguments, timeout=3600, **options)
