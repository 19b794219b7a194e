"""Topics through the real worker, helper and models: made, named, kept while files are added, and found by."""

from __future__ import annotations

import array
import time

import pytest

from bge_desktop.messages import (
    AddFolder,
    DescribeDocuments,
    DocumentsDescribed,
    GroupAnew,
    RenameTopic,
    Search,
    SearchAnswer,
    ShowTopics,
    Topics,
)
from tests.end_to_end.client import Client
from tests.end_to_end.command import run, run_json

BREAD = [
    "Sourdough bread needs flour, water, salt and a lively starter. Knead the dough and let it rise overnight.",
    "Rye bread: the dough is sticky. Bake it in a hot oven until the crust is dark and the loaf sounds hollow.",
    "For a soft white loaf, knead flour with milk and butter, let the dough rise twice and bake it in a tin.",
    "Baguettes want a wet dough, a very hot oven, and steam in the first minutes, for a thin crust.",
    "If the bread does not rise, the yeast was old or the dough too cold. Try fresh yeast and a warm kitchen.",
    "Focaccia is flat bread with olive oil: press the dough with your fingers, add salt and rosemary, and bake.",
    "Shaping a loaf: fold the dough over itself, turn it, and pull it tight, before it goes into the oven.",
]
SAILING = [
    "The boat heels as the wind fills the sail. Ease the mainsheet, and steer closer to the wind.",
    "Before the harbour, the crew took down the sails and let the anchor go in four metres of water.",
    "To tack, push the tiller away from you, let the jib fly, and duck as the boom comes over the boat.",
    "A gale was forecast, so the skipper reefed the mainsail and kept the boat well away from the rocks.",
    "At low tide the keel of the boat touched the sand in the harbour mouth; two hours later it floated again.",
    "The rigging must be checked each spring: the mast, the shrouds, and the halyards of every sail.",
    "We sailed with the wind behind us and the spinnaker up, and the boat made eight knots to the island.",
]
RENT = [
    "租房合同规定，房客每月一日前支付租金，押金在退房时退还。",
    "房东来信说，下个月起租金上涨，押金不变，合同继续有效。",
    "提前退租要提前三十天通知房东，否则押金不退。",
    "房屋漏水，房客请房东修理水管，修理费由房东承担。",
    "新房客看房以后，与房东签了一年的租房合同，付了押金。",
    "房客不得转租房屋，不得改变房屋的结构，租金按季度支付。",
    "合同到期，房东检查房屋以后把押金退给了房客。",
]
FOOTBALL = [
    "比赛最后一分钟，前锋头球破门，球队以二比一获胜。",
    "教练换上年轻球员，下半场球队连进三球，赢得比赛。",
    "守门员扑出点球，球队在客场逼平了对手。",
    "球迷在球场外庆祝，球队时隔十年再次夺得联赛冠军。",
    "球员在训练中受伤，教练说他将缺席下周的比赛。",
    "裁判出示红牌，球队少一人作战，比赛以失利告终。",
    "转会窗口关闭以前，球队签下了一名前锋和一名后卫球员。",
]
GROUPS = {"bread": BREAD, "sailing": SAILING, "rent": RENT, "football": FOOTBALL}


def write(folder, texts, first=0):
    for number, text in enumerate(texts, first):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    for name, texts in GROUPS.items():
        (tmp_path / "docs" / name).mkdir(parents=True)
        write(tmp_path / "docs" / name, texts[:-1])
    return tmp_path / "docs"


class Onlooker(Client):
    """One who looks at the topics."""

    def wait_for_topics(self, is_so, timeout=120.0):
        deadline = time.monotonic() + timeout
        while True:
            event = self.events.get(timeout=max(0.0, deadline - time.monotonic()))
            if isinstance(event, Topics) and is_so(event):
                return event

    def ask(self, request, kind):
        self.worker.submit(request)
        while not isinstance(event := self.events.get(timeout=60.0), kind):
            pass
        return event


def lowest(topics):
    return [topic for topic in topics.topics if all(other.parent != topic.id for other in topics.topics)]


def test_topics_are_made_named_kept_and_found_by(tmp_path, folder):
    own = Onlooker(tmp_path / "library")
    try:
        own.worker.submit(AddFolder(str(folder)))
        assert own.worker.wait_until_idle(120)
        own.worker.submit(ShowTopics())
        own.worker.submit(GroupAnew())
        first = own.wait_for_topics(lambda told: told.grouped_at is not None and not told.is_grouping)
        assert first.unplaced == 0
        assert sum(topic.documents for topic in lowest(first)) == 24
        by_word = {word: topic for topic in lowest(first) for word in topic.words}
        bread, sailing, rent, football = (by_word[word] for word in ("dough", "boat", "房东", "球队"))
        assert len({bread.id, sailing.id, rent.id, football.id}) == 4
        assert (bread.language, rent.language) == ("en", "zh")

        points = array.array("q", first.points.documents), array.array("q", first.points.topics)
        of_bread = tuple(document for document, topic in zip(*points, strict=True) if topic == bread.id)
        told = own.ask(DescribeDocuments(1, of_bread), DocumentsDescribed)
        assert {document.path.split("/")[-2] for document in told.documents} == {"bread"}
        assert all(document.topic == bread.id and document.beginning in "".join(BREAD) for document in told.documents)

        for query, names in [(f'topic:"{bread.name}"', {"bread"}), ("topic:dough", {"bread"}), ("主题:房东", {"rent"})]:
            found = own.search(query)
            assert {result.path.split("/")[-2] for result in found.results} == names
            assert not found.hints
        assert "bread" not in {result.path.split("/")[-2] for result in own.search("-topic:dough").results}
        assert any("No topic" in hint for hint in own.search("topic:volcano").hints)
        own.generation += 1
        own.worker.submit(Search("", own.generation, documents=of_bread[:2]))
        answer = own.ask(ShowTopics(), SearchAnswer)
        assert len(answer.results) == answer.total == 2

        own.worker.submit(RenameTopic(sailing.id, "Under sail"))
        own.wait_for_topics(lambda told: any(topic.name == "Under sail" for topic in told.topics))
        for name, texts in GROUPS.items():
            write(folder / name, texts[-1:], first=len(texts) - 1)
        second = own.wait_for_topics(lambda told: sum(topic.documents for topic in lowest(told)) >= 27)
        assert {topic.id for topic in second.topics} == {topic.id for topic in first.topics}
        own.worker.submit(GroupAnew())
        last = own.wait_for_topics(lambda told: told.grouped_at != first.grouped_at and not told.is_grouping)
        kept = {topic.id: topic for topic in last.topics}
        for topic in (bread, rent, football):
            assert (kept[topic.id].name, kept[topic.id].colour) == (topic.name, topic.colour)
        assert (kept[sailing.id].name, kept[sailing.id].is_named) == ("Under sail", True)
    finally:
        own.worker.stop()
    assert own.errors == []


def test_the_command_groups_what_was_never_grouped_and_prints_the_tree(tmp_path, folder):
    library = tmp_path / "library"
    run("index", folder, "--library", library)
    report = run_json("topics", "--library", library)
    assert set(report) == {"topics", "unplaced", "documents"}
    assert (report["documents"], report["unplaced"]) == (24, 0)
    assert all(set(topic) == {"id", "parent", "name", "words", "documents"} for topic in report["topics"])
    assert sum(topic["documents"] for topic in report["topics"] if topic["parent"] is None) == 24
    printed = run("topics", "--library", library).stdout
    for topic in report["topics"]:
        assert f"{topic['name']}  ({topic['documents']})" in printed
    again = run_json("topics", "--anew", "--library", library)
    assert [topic["id"] for topic in again["topics"]] == [topic["id"] for topic in report["topics"]]


def test_a_library_with_few_documents_has_no_topics(tmp_path):
    (tmp_path / "docs").mkdir()
    write(tmp_path / "docs", BREAD[:3])
    run("index", tmp_path / "docs", "--library", tmp_path / "library")
    report = run_json("topics", "--library", tmp_path / "library")
    assert report == {"topics": [], "unplaced": 3, "documents": 3}
