"""Peers, by processes that stand for them."""

import sys

import pytest

from tests.benchmarks import peer
from tests.benchmarks.limit import packed
from tests.benchmarks.peer import Peer, PeerMissingError, start_peer

_SERVER = """
import sys
sys.path.insert(0, "tests/benchmarks/peers")
from serving import serve
print("a library says something")
serve({"double": lambda number: {"doubled": 2 * number}, "leave": lambda: sys.exit("it is gone")})
"""


@pytest.fixture
def server(tmp_path):
    own = Peer([sys.executable, "-c", _SERVER], str(tmp_path / "log"))
    yield own
    own.close()


def test_it_does_what_it_is_asked(server):
    assert [server.ask("double", number=number) for number in (1, 2)] == [{"doubled": 2}, {"doubled": 4}]


def test_one_that_ends_tells_why(server):
    with pytest.raises(PeerMissingError, match="it is gone"):
        server.ask("leave")


def test_one_that_does_not_start_tells_why(tmp_path):
    with pytest.raises(PeerMissingError, match="No module named 'nowhere'"):
        Peer([sys.executable, "-c", "import nowhere"], str(tmp_path / "log"))


def test_without_the_environment_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(peer, "ENVIRONMENT", str(tmp_path))
    with pytest.raises(PeerMissingError, match="make peers"):
        start_peer("onnx", str(tmp_path))


def test_rows_of_one_length_hold_the_same_tokens():
    assert packed([[1, 2, 3], [4], [5, 6, 7]]).tolist() == [[1, 2], [3, 4], [5, 6]]
