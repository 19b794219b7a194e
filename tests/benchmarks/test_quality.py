"""How well search finds: nDCG@10, MRR@10 and recall@10 of each mode."""

from tests.benchmarks.conftest import report, run_json_long


def test_known_item_search(library, query_files):
    for language, path in query_files.items():
        report(f"quality-{language}", run_json_long("evaluate", path, "--library", library))
