import errno
import os
import stat

import numpy as np
import pytest
from safetensors import numpy as tensors

from bge_desktop import own_files
from bge_desktop.library import graph as graph_module
from bge_desktop.library.graph import Cancelled, Graph, description_of


def _nearest(ids, vectors, query, k):
    return set(ids[np.argsort(-(vectors.astype(np.float32) @ query))[:k]].tolist())


@pytest.fixture
def ids():
    return np.arange(1000) + 5


@pytest.fixture
def vectors(unit_vectors):
    return unit_vectors(1000).astype(np.float16)


@pytest.fixture
def graph(ids, vectors):
    return Graph.build(ids, vectors)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "vectors.hnsw")


def test_it_finds_what_the_exact_scan_finds(graph, ids, vectors, unit_vectors):
    hits = sum(
        len(_nearest(ids, vectors, query, 10).intersection(graph.search(query, 10).tolist()))
        for query in unit_vectors(50, seed=1)
    )
    assert hits >= 0.98 * 500


def test_in_few_directions_the_nearest_are_among_some_more(monkeypatch, unit_vectors):
    monkeypatch.setattr(graph_module, "_DIRECTIONS", 8)
    scales = np.geomspace(1, 0.1, 32)  # as of real vectors, some directions tell more than others
    spread = unit_vectors(2050, dimension=32) * scales
    spread /= np.linalg.norm(spread, axis=1, keepdims=True)
    ids, vectors, queries = np.arange(2000), spread[:2000].astype(np.float16), spread[2000:].astype(np.float32)
    graph = Graph.build(ids, vectors)
    found = [set(graph.search(query, 200).tolist()) for query in queries]
    hits = sum(len(_nearest(ids, vectors, query, 10) & own) for query, own in zip(queries, found, strict=True))
    assert hits >= 0.95 * 500


def test_k_beyond_the_points_gives_all_of_them(graph, ids, vectors):
    assert sorted(graph.search(vectors[0].astype(np.float32), 5000).tolist()) == ids.tolist()


def test_a_graph_of_nothing_finds_nothing():
    graph = Graph.build(np.empty(0, np.int64), np.empty((0, 16), np.float16))
    assert len(graph) == len(graph.search(np.ones(16, np.float32), 10)) == 0


def test_many_equal_vectors_are_all_found_and_hide_no_others(ids, vectors, unit_vectors):
    equal = unit_vectors(5, seed=1).astype(np.float16)
    repeated = np.tile(equal, (1000, 1))
    graph = Graph.build(np.r_[ids, 10_000:15_000], np.r_[vectors, repeated])
    assert len(graph) == 6000
    for group, vector in enumerate(equal):
        found = graph.search(vector.astype(np.float32), 1)
        assert sorted(found.tolist()) == list(range(10_000 + group, 15_000, 5))
    for row in range(0, 1000, 7):
        assert graph.search(vectors[row].astype(np.float32), 1).tolist() == [row + 5]


def test_it_knows_its_passages(graph, ids):
    assert graph.passages.tolist() == ids.tolist()


def test_building_is_cancelled(ids, vectors):
    with pytest.raises(Cancelled):
        Graph.build(ids, vectors, lambda: True)


def test_the_cache_is_read_back(graph, vectors, path):
    graph.write(path, "model")
    read = Graph.read(path, "model")
    query = vectors[3].astype(np.float32)
    assert read.search(query, 20).tolist() == graph.search(query, 20).tolist()
    assert read.passages.tolist() == graph.passages.tolist()


def test_the_cache_is_for_its_owner_alone_and_leaves_nothing_else_behind(graph, path):
    graph.write(path, "model")
    graph.write(path, "model")
    entries = list(os.scandir(os.path.dirname(path)))
    assert {entry.path for entry in entries} == {path, description_of(path)}
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in entries} == {0o600}


def test_a_cache_in_a_folder_whose_name_is_not_utf8(graph, tmp_path):
    folder = os.path.join(os.fsencode(tmp_path), b"\xff")
    os.mkdir(folder)
    path = os.path.join(os.fsdecode(folder), "vectors.hnsw")
    graph.write(path, "model")
    assert len(Graph.read(path, "model")) == 1000


def _truncate(path):
    os.truncate(path, os.path.getsize(path) // 2)


def _empty(path):
    os.truncate(path, 0)


def _flip(path):
    with open(path, "rb+") as file:
        file.seek(os.path.getsize(path) // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def _pipe(path):
    os.remove(path)
    os.mkfifo(path)


def _folder(path):
    os.remove(path)
    os.mkdir(path)


@pytest.mark.parametrize("damage", [_truncate, _empty, _flip, _pipe, _folder, os.remove])
@pytest.mark.parametrize("of", [str, description_of])
def test_a_damaged_cache_is_none(graph, path, damage, of):
    graph.write(path, "model")
    damage(of(path))
    assert Graph.read(path, "model") is None


@pytest.mark.parametrize("name", ["basis", "ids", "starts", "checksum"])
def test_a_changed_or_missing_part_of_the_description_is_none(graph, path, name):
    graph.write(path, "model")
    with open(description_of(path), "rb") as file:
        arrays = tensors.load(file.read())
    for others in ({**arrays, name: arrays[name][::-1].copy()}, {key: arrays[key] for key in arrays if key != name}):
        with open(description_of(path), "wb") as file:
            file.write(tensors.save(others))
        assert Graph.read(path, "model") is None


def test_the_cache_of_another_model_or_none_at_all_is_none(graph, path):
    assert Graph.read(path, "model") is None
    graph.write(path, "model")
    assert Graph.read(path, "other model") is None


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no full device")
def test_a_full_disk_is_told_and_the_old_cache_stays(graph, path, monkeypatch):
    graph.write(path, "model")
    monkeypatch.setattr(own_files, "clear_the_way", lambda path: None)  # it would move the device aside
    os.symlink("/dev/full", path + ".new")
    with pytest.raises(OSError, match="space") as raised:
        graph.write(path, "model")
    assert raised.value.errno == errno.ENOSPC
    assert len(Graph.read(path, "model")) == 1000
    assert not os.path.lexists(path + ".new")


def test_a_folder_that_is_gone_is_told(graph, tmp_path):
    with pytest.raises(FileNotFoundError):
        graph.write(str(tmp_path / "gone" / "vectors.hnsw"), "model")
