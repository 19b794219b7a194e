"""The machine that the benchmarks ran on, in words."""

from tests.benchmarks.machine import described, in_words


def test_this_machine_is_described():
    assert described().keys() >= {
        "processor",
        "cores",
        "instruction_sets",
        "memory_gib",
        "system",
        "python",
        "versions",
    }


def test_in_words():
    told = in_words({"cores": 2, "instruction_sets": ["avx2", "avx512f"], "versions": {"numpy": "2.4"}})
    assert told == "- cores: 2\n- instruction sets: avx2, avx512f\n- versions: numpy 2.4"
