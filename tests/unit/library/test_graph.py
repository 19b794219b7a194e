import errno
import json
import os
import stat

import numpy as np
import pytest

from bge_desktop import own_files
from bge_desktop.library.graph import Graph


def _ids(*numbers):
    return np.array(numbers, np.int64)


def _exact(ids, vectors, query, k):
    return set(ids[np.argsort(-(vectors @ query))[:k]].tolist())


@pytest.fixture
def vectors(unit_vectors):
    return unit_vectors(1000)


@pytest.fixture
def graph(vectors):
    made = Graph(16, 10)  # grows as it is filled
    made.add(np.arange(1000) + 5, vectors)
    return made


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "vectors.hnsw")


def test_it_finds_what_the_exact_scan_finds(graph, vectors, unit_vectors):
    ids, hits = np.arange(1000) + 5, 0
    for query in unit_vectors(50, seed=1):
        found, scores = graph.search(query, 10)
        np.testing.assert_allclose(scores, vectors[found - 5] @ query, atol=1e-5)
        hits += len(_exact(ids, vectors, query, 10).intersection(found.tolist()))
    assert hits >= 0.98 * 500


def test_removed_points_are_not_found_and_come_back_when_added_again(graph, vectors):
    graph.remove(_ids(5, 6, 4711))
    assert len(graph) == 998
    assert not {5, 6}.intersection(graph.search(vectors[0], 998)[0].tolist())
    graph.add(_ids(5), vectors[:1])
    assert graph.search(vectors[0], 1)[0].tolist() == [5]


def test_a_point_added_twice_is_one_point_with_the_new_vector(graph, vectors):
    graph.add(_ids(5), vectors[500:501])
    assert len(graph) == 1000
    found, scores = graph.search(vectors[500], 1)
    assert sorted(found.tolist()) == [5, 505]
    np.testing.assert_allclose(scores, 1, atol=1e-5)


def test_k_beyond_the_live_points_gives_all_of_them(graph, vectors):
    graph.remove(np.arange(3, 1000) + 5)
    assert sorted(graph.search(vectors[0], 50)[0].tolist()) == [5, 6, 7]


def test_an_empty_graph_finds_nothing(vectors):
    ids, scores = Graph(16).search(vectors[0], 10)
    assert len(ids) == len(scores) == 0


def test_many_equal_vectors_are_all_found_and_hide_no_others(graph, vectors, unit_vectors):
    equal = np.repeat(unit_vectors(5, seed=1), 1000, axis=0)
    graph.add(np.arange(10_000, 15_000), equal)
    assert len(graph) == 6000
    for group, vector in enumerate(unit_vectors(5, seed=1)):
        found, scores = graph.search(vector, 1)
        assert sorted(found.tolist()) == list(range(10_000 + group * 1000, 11_000 + group * 1000))
        np.testing.assert_allclose(scores, 1, atol=1e-5)
    for row in range(0, 1000, 7):
        assert graph.search(vectors[row], 1)[0].tolist() == [row + 5]


def test_of_equal_vectors_only_those_that_are_left_are_found(graph, vectors):
    graph.add(_ids(2000, 2001), vectors[[0, 0]])
    graph.remove(_ids(5, 2001))
    assert graph.search(vectors[0], 1)[0].tolist() == [2000]
    graph.remove(_ids(2000))
    assert graph.search(vectors[0], 1)[0].tolist() != [2000]
    graph.add(_ids(5), vectors[1:2])  # an id whose old point others have had since
    assert sorted(graph.search(vectors[1], 1)[0].tolist()) == [5, 6]


def test_what_is_added_again_under_new_ids_wears_nothing(graph, vectors):
    graph.remove(np.arange(500) + 5)
    assert graph.is_worn
    graph.add(np.arange(2000, 2500), vectors[:500])
    assert not graph.is_worn
    assert len(graph) == 1000
    assert graph.search(vectors[3], 1)[0].tolist() == [2003]


def test_it_is_worn_when_over_a_fifth_is_deleted(graph):
    assert not Graph(16).is_worn
    graph.remove(np.arange(200) + 5)
    assert not graph.is_worn
    graph.remove(_ids(300))
    assert graph.is_worn


def test_match_adds_what_is_missing_and_deletes_the_rest(graph, vectors):
    wanted = np.r_[np.arange(500, 1000), 2000, 2001]
    assert graph.missing(wanted).tolist() == [500, 501]
    graph.match(wanted, np.vstack([vectors[495:995], -vectors[:2]]).astype(np.float16))
    found, _ = graph.search(-vectors[0], len(wanted))
    assert sorted(found.tolist()) == wanted.tolist()
    assert found[0] == 2000


def test_the_cache_is_read_back_with_its_deletions(graph, vectors, path):
    graph.remove(_ids(5, 6))
    graph.write(path, "model")
    read = Graph.read(path, 16, "model")
    assert len(read) == 998
    expected, found = graph.search(vectors[0], 20), read.search(vectors[0], 20)
    assert found[0].tolist() == expected[0].tolist()
    read.add(_ids(5, 5000, 5001), vectors[:3])  # it has room for more, and for those again
    assert len(read) == 1001
    assert sorted(read.search(vectors[2], 1)[0].tolist()) == [7, 5001]


def test_the_cache_is_for_its_owner_alone_and_leaves_nothing_else_behind(graph, path):
    graph.write(path, "model")
    graph.write(path, "model")
    entries = list(os.scandir(os.path.dirname(path)))
    assert {entry.name for entry in entries} == {"vectors.hnsw", "vectors.hnsw.json"}
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in entries} == {0o600}


def test_a_cache_in_a_folder_whose_name_is_not_utf8(graph, tmp_path):
    folder = os.path.join(os.fsencode(tmp_path), b"\xff")
    os.mkdir(folder)
    path = os.path.join(os.fsdecode(folder), "vectors.hnsw")
    graph.write(path, "model")
    assert len(Graph.read(path, 16, "model")) == 1000


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


@pytest.mark.parametrize("damage", [_truncate, _empty, _flip, os.remove])
@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_damaged_cache_is_none(graph, path, damage, suffix):
    graph.remove(_ids(5, 6))
    graph.write(path, "model")
    damage(path + suffix)
    assert Graph.read(path, 16, "model") is None


@pytest.mark.parametrize("description", ["[]", "{}", "null", '"text"', '{"fingerprint": "model", "passages": 3}'])
def test_a_cache_with_a_senseless_description_is_none(graph, path, description):
    graph.write(path, "model")
    with open(path + ".json", "w", encoding="ascii") as file:
        file.write(description)
    assert Graph.read(path, 16, "model") is None


def test_a_changed_list_of_passages_is_none(graph, path):
    graph.remove(_ids(5, 6))
    graph.write(path, "model")
    with open(path + ".json", encoding="ascii") as file:
        description = json.load(file)
    with open(path + ".json", "w", encoding="ascii") as file:
        json.dump({**description, "passages": description["passages"][::-1]}, file)
    assert Graph.read(path, 16, "model") is None


def test_the_cache_of_another_model_or_none_at_all_is_none(graph, path):
    assert Graph.read(path, 16, "model") is None
    graph.write(path, "model")
    assert Graph.read(path, 16, "other model") is None


def test_a_cache_replaced_while_it_is_read_is_none(graph, path, monkeypatch):
    graph.write(path, "model")
    load = Graph._load

    def load_late(self, *arguments):
        graph.write(path, "model")
        load(self, *arguments)

    monkeypatch.setattr(Graph, "_load", load_late)
    assert Graph.read(path, 16, "model") is None


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no full device")
def test_a_full_disk_is_told_and_the_old_cache_stays(graph, path, monkeypatch):
    graph.write(path, "model")
    monkeypatch.setattr(own_files, "clear_the_way", lambda path: None)  # it would move the device aside
    os.symlink("/dev/full", path + ".new")
    graph.remove(_ids(5))
    with pytest.raises(OSError, match="space") as raised:
        graph.write(path, "model")
    assert raised.value.errno == errno.ENOSPC
    assert len(Graph.read(path, 16, "model")) == 1000
    assert not os.path.lexists(path + ".new")


def test_a_folder_that_is_gone_is_told(graph, tmp_path):
    with pytest.raises(FileNotFoundError):
        graph.write(str(tmp_path / "gone" / "vectors.hnsw"), "model")
