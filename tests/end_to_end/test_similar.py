"""Similar documents, and near-duplicates folded, through the installed command with the shipped models."""

from __future__ import annotations

import json
import os

import pytest

from tests.end_to_end.command import run, run_json

LEASE = """Tenancy agreement for the flat at 18 Harbour Row.

The tenant pays the rent of 900 pounds on the first day of each month by standing order. The landlord keeps the deposit
with a registered scheme and returns it within ten days after the end of the tenancy, less the cost of any damage.

The tenant may end the tenancy by giving the landlord notice in writing, not less than sixty days before moving out. The
landlord keeps the boiler, the roof and the windows in repair and gives a day's notice before visiting the flat.
"""
CHINESE = """租房合同

甲方将枫桥苑三号楼的房屋出租给乙方居住，租期为一年。乙方每月一日前支付租金，押金为一个月的租金，退房时结清费用后退还。

乙方提前退租须提前三十天书面通知甲方。房屋及设备的自然损坏由甲方负责维修，乙方不得转租，不得改变房屋的结构。
"""
DOCUMENTS = {
    "lease.txt": LEASE,
    "saved/lease from the web.txt": f"Printed on 3 May 2024.\n\n{LEASE}",
    "deposit.txt": "A letter to the landlord: the tenancy of my flat has ended, and the deposit has not been returned.",
    "cake.txt": "Lemon drizzle cake: beat the butter with the sugar, add the eggs, fold in the flour and bake it.",
    "garden.txt": "In March the tomatoes are sown under glass; the beans follow when the frost is over.",
    "run.txt": "The plan for the half marathon: three runs a week, a long one on Sunday, and a day of rest after it.",
    "租房合同.txt": CHINESE,
    "租房合同 繁體.txt": "（繁體版本）" + CHINESE.replace("租", "租").replace("个", "個").replace("维修", "維修"),
    "房东通知.txt": "房东来信：下个月起房租上涨，押金不变，如要退租请提前一个月通知。",
    "红烧肉.txt": "五花肉切块焯水，加冰糖炒出糖色，放酱油、黄酒和八角，小火慢炖一个小时。",
    "跑步.txt": "半程马拉松训练计划：每周跑三次，周日长距离慢跑，第二天休息。",
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    root = tmp_path_factory.mktemp("similar")
    for name, text in DOCUMENTS.items():
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "docs" / "copy of cake.txt").write_text(DOCUMENTS["cake.txt"], encoding="utf-8")
    run("index", root / "docs", "--library", root / "library")
    return root


def names(report):
    return [os.path.basename(result["path"]) for result in report["results"]]


@pytest.mark.parametrize(
    ("file", "best"), [("deposit.txt", "lease.txt"), ("房东通知.txt", "租房合同.txt"), ("跑步.txt", "房东通知.txt")]
)
def test_the_most_similar_document_comes_first(indexed, file, best):
    report = run_json("similar", indexed / "docs" / file, "--library", indexed / "library", "--limit", 4)
    assert set(report) == {"path", "took_ms", "results"}
    assert report["path"] == str(indexed / "docs" / file)
    assert file not in names(report)
    assert len(report["results"]) == 4
    if file != "跑步.txt":
        assert names(report)[0].startswith(best.removesuffix(".txt"))
    for result in report["results"]:
        assert {"path", "score", "page", "start", "end", "passage", "why"} <= set(result)
        assert result["end"] - result["start"] == len(result["passage"]) > 0


def test_a_relative_path_names_the_file(indexed):
    report = run_json("similar", "cake.txt", "--library", indexed / "library", cwd=indexed / "docs")
    assert report["path"] == str(indexed / "docs" / "cake.txt")
    assert not {"cake.txt", "copy of cake.txt"} & set(names(report))


def test_a_file_that_is_not_in_the_library_is_a_clear_error(indexed):
    finished = run("similar", "nowhere.txt", "--library", indexed / "library", "--json", check=False, cwd=indexed)
    assert finished.returncode == 1
    assert "Index it first" in finished.stderr
    assert json.loads(finished.stdout)["error"]["path"] == str(indexed / "nowhere.txt")


def test_the_query_language_asks_for_the_same(indexed):
    library = indexed / "library"
    similar = run_json("similar", indexed / "docs" / "deposit.txt", "--library", library)
    assert names(run_json("search", "like:deposit.txt", "--library", library)) == names(similar)
    report = run_json("search", "tenancy of a flat -like:lease.txt", "--library", library)
    assert not set(names(report)[:2]) & {"lease.txt", "lease from the web.txt"}


def test_near_duplicates_and_copies_are_folded_and_said(indexed):
    library = indexed / "library"
    for query, folded in [("tenancy agreement deposit", 2), ("租房合同 押金", 2)]:
        report = run_json("search", query, "--library", library)
        heads = [result for result in report["results"] if "near_duplicates" in result]
        assert [1 + len(result["near_duplicates"]) for result in heads] == [folded] * len(heads)
        assert len(heads) == 2
        assert "copies" not in heads[0]
    text = run("search", "lemon drizzle cake", "--library", library, "--limit", 1).stdout
    assert "   + 1 copy: copy of cake.txt" in text
    text = run("search", "when must the landlord return the deposit", "--library", library, "--limit", 2).stdout
    assert "   + 1 near-duplicate: lease" in text
