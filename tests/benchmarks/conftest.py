"""What the benchmarks measure on: a collection of documents with known-item queries, indexed once.

BGE_DESKTOP_EVAL names a folder with the documents, in folders or in one archive, and with files of queries (lines of a
query, a tab, a file name) named `LANGUAGE.SPLIT.tsv`. Its library is kept in `build/bench`, so that a second run is
quick.
"""

from __future__ import annotations

import glob
import json
import os
import shutil

import pytest

from tests.end_to_end.command import run_json

BUILD = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "build", "bench")


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
def library(collection):
    """The library of the collection."""
    documents = os.path.join(BUILD, "documents")
    for archive in glob.glob(os.path.join(collection, "*.tar.xz")):
        if not os.path.isdir(documents):
            shutil.unpack_archive(archive, documents, filter="data")
    path = os.path.join(BUILD, "library")
    report("indexing", run_json_long("index", documents if os.path.isdir(documents) else collection, "--library", path))
    return path


def run_json_long(*arguments):
    """Run a command that may take an hour."""
    return run_json(*arguments, timeout=3600)


def report(name, figures):
    """Print figures and keep them in `build/bench/NAME.json`."""
    os.makedirs(BUILD, exist_ok=True)
    with open(os.path.join(BUILD, f"{name}.json"), "w", encoding="utf-8") as file:
        json.dump(figures, file, indent=1)
    print(f"\n{name}: {json.dumps(figures, indent=1)}")
