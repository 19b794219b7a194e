"""How well search finds: nDCG@10, MRR@10 and recall@10 of each mode, and how surely both together find better."""

from tests.benchmarks.conftest import report, run_json_long


def test_known_item_search(library, query_files, tmp_path):
    settings = tmp_path / "rrf.toml"
    settings.write_text('[ranking]\nfusion = "rrf"\n')
    found = {
        language: run_json_long("evaluate", path, "--against", settings, "--library", library)
        for language, path in query_files.items()
    }
    for language, figures in found.items():
        report(f"quality-{language}", figures)
    lows = {
        (language, difference["over"]): difference["low"]
        for language, figures in found.items()
        for difference in figures["differences"]
        if difference["metric"] == "ndcg@10"
    }
    assert all(low > 0 for low in lows.values()), lows
