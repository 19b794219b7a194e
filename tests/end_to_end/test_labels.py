"""Labels, with the shipped models: learnt from three documents, taught by a person, kept whatever befalls the files."""

from __future__ import annotations

import os
import shutil

import pytest

from bge_desktop.messages import (
    AddLabel,
    Decision,
    Labels,
    ListLabels,
    Proposals,
    SetLabel,
    SetThreshold,
    ShowProposals,
    Standing,
)
from tests.end_to_end.client import Client
from tests.end_to_end.command import run, run_json

RECIPES = {
    "cake": "Lemon drizzle cake: beat the butter with the sugar, add the eggs, fold in the flour and bake it.",
    "soup": "Tomato soup: soften the onions in oil, add tomatoes and stock, simmer them and blend it smooth.",
    "stew": "Beef stew: brown the meat, add carrots, wine and thyme, and let it cook in the oven for three hours.",
    "bread": "Rye bread: mix the flour with water and sourdough, knead it, leave it to rise overnight and bake it hot.",
    "curry": "Chickpea curry: fry the spices in oil, add onions, garlic and chickpeas, and cook it with coconut milk.",
    "pie": "Apple pie: line the tin with pastry, fill it with sliced apples and sugar, and bake until golden.",
    "salad": "Potato salad: boil the potatoes, slice them warm, and dress them with vinegar, oil, mustard and chives.",
}
LETTERS = {
    "deposit": "A letter to the landlord: the tenancy of my flat has ended, and the deposit has not been returned.",
    "lease": "Tenancy agreement: the tenant pays the rent on the first day of each month and gives sixty days' notice.",
    "repairs": "Dear tenant, the plumber will repair the boiler in your flat on Tuesday; please let him in at nine.",
    "tax": "Notice of assessment: your income tax for the year is due by the end of January; interest is charged then.",
    "insurance": "Your household insurance is renewed in March; the premium rises, and the cover for bicycles ends.",
    "invoice": "Invoice for the repair of the roof: labour and materials, payable within thirty days by bank transfer.",
    "running": "The plan for the half marathon: three runs a week, a long one on Sunday, and a day of rest after it.",
    "meeting": "Minutes of the meeting: the budget of the project was approved, and the release was moved to October.",
    "server": "To restart the server, log in by ssh, stop the service, wait for the queue to drain and start it again.",
    "holiday": "We fly to Lisbon on the third of May, stay in a small hotel by the river and take the train to Porto.",
}
CHINESE_RECIPES = {
    "红烧肉": "红烧肉的做法：五花肉切块焯水，加冰糖炒出糖色，放酱油、黄酒和八角，小火慢炖一个小时。",
    "番茄炒蛋": "番茄炒蛋的做法：鸡蛋打散炒熟盛出，番茄切块炒出汁，放盐和糖，再倒入鸡蛋翻炒均匀。",
    "饺子": "饺子的做法：面粉加水和成面团，猪肉和白菜剁成馅，擀皮包好，水开后下锅煮到浮起。",
    "麻婆豆腐": "麻婆豆腐的做法：豆腐切块焯水，肉末炒香，加豆瓣酱和花椒，放豆腐小火烧五分钟，勾芡出锅。",
    "清蒸鱼": "清蒸鱼的做法：鱼洗净划刀，铺上姜片和葱段，水开后蒸八分钟，淋上蒸鱼豉油和热油。",
}
CHINESE_LETTERS = {
    "房东通知": "房东来信：下个月起房租上涨，押金不变，如要退租请提前一个月书面通知。",
    "会议纪要": "会议纪要：讨论了下季度的预算，项目的发布日期推迟到十月，由小王负责测试。",
    "跑步计划": "半程马拉松训练计划：每周跑三次，周日长距离慢跑，第二天休息。",
    "保险": "您的车险将于三月到期，续保保费有所上涨，请在到期前缴纳，以免影响理赔。",
    "说明书": "打印机说明书：打开前盖，取出墨盒，撕下封条，装入新的墨盒，再按电源键开机。",
}
DOCUMENTS = {**RECIPES, **LETTERS, **CHINESE_RECIPES, **CHINESE_LETTERS}
GIVEN = ("cake", "soup", "stew")


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    path.mkdir()
    for name, text in DOCUMENTS.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


def paths(folder, names):
    return tuple(str(folder / f"{name}.txt") for name in names)


def told(client, request, kind):
    """Return what answers a request, once the worker has nothing to do."""
    client.worker.submit(request)
    while True:
        event = client.events.get(timeout=60)
        if isinstance(event, kind):
            return event


def teach(client, request):
    client.worker.submit(request)
    assert client.worker.wait_until_idle(60)


def the_label(client):
    [own] = told(client, ListLabels(watch=False), Labels).labels
    return own


def proposed(client):
    found = told(client, ShowProposals(the_label(client).id), Proposals).proposals
    return {os.path.basename(own.path).removesuffix(".txt"): own for own in found}


def labelled(client, query="label:recipes"):
    return {name.removesuffix(".txt") for name in client.names(query)}


def test_three_recipes_propose_the_others_best_first(client, folder):
    teach(client, AddLabel("Recipes", paths(folder, GIVEN)))
    found = proposed(client)
    others = RECIPES.keys() - set(GIVEN)
    assert others <= found.keys()
    assert list(found)[: len(others)] == sorted(others, key=lambda name: -found[name].confidence)
    assert all(0.3 <= own.confidence <= 1 and own.passage for own in found.values())


def test_a_label_is_learnt_in_each_language_that_has_examples(client, folder):
    teach(client, AddLabel("Recipes", paths(folder, (*GIVEN, "红烧肉", "番茄炒蛋", "饺子"))))
    found = list(proposed(client))
    assert {"麻婆豆腐", "清蒸鱼"} <= set(found)
    assert not {"会议纪要", "跑步计划"} & set(found)


def test_what_is_rejected_is_proposed_no_more_and_teaches(client, folder):
    teach(client, AddLabel("Recipes", paths(folder, GIVEN)))
    before = proposed(client)
    teach(client, SetLabel(paths(folder, ["bread", "pie"]), "Recipes", Decision.NO))
    after = proposed(client)
    assert not {"bread", "pie"} & after.keys()
    teach(client, SetLabel(paths(folder, ["curry"]), "recipes", Decision.YES))
    assert "curry" in labelled(client)
    assert the_label(client).documents == 4
    assert before["salad"].confidence != proposed(client).get("salad", before["pie"]).confidence


def test_above_its_threshold_it_is_applied_by_itself_and_taken_back(client, folder):
    teach(client, AddLabel("Recipes", paths(folder, GIVEN)))
    assert labelled(client) == set(GIVEN)
    sure = proposed(client)["curry"].confidence
    teach(client, SetThreshold(the_label(client).id, sure - 0.001))
    assert {*GIVEN, "curry"} <= labelled(client)
    [result] = [own for own in client.search("label:recipes").results if own.path.endswith("curry.txt")]
    assert [(own.name, own.standing) for own in result.labels] == [("Recipes", Standing.APPLIED)]
    assert "curry" not in labelled(client, "-label:recipes")
    teach(client, SetLabel(paths(folder, ["curry"]), "Recipes", Decision.NO))
    assert "curry" not in labelled(client)
    teach(client, SetThreshold(the_label(client).id, None))
    assert labelled(client) == set(GIVEN)
    assert not labelled(client, "label:none") & set(GIVEN)
    assert client.search("标签:无").total == len(DOCUMENTS) - len(GIVEN)


def test_a_new_document_is_looked_at_as_well(client, folder):
    teach(client, AddLabel("Recipes", paths(folder, GIVEN)))
    text = "Pancakes: whisk eggs, milk and flour, rest the batter, and fry thin pancakes in butter on both sides."
    (folder / "pancakes.txt").write_text(text)
    client.wait_for(lambda: "pancakes" in proposed(client))


def test_it_stays_through_a_move_an_edit_and_a_restart(client, folder, tmp_path):
    teach(client, AddLabel("Recipes", paths(folder, GIVEN)))
    teach(client, SetLabel(paths(folder, ["invoice"]), "Recipes", Decision.NO))
    os.rename(folder / "cake.txt", folder / "lemon cake.txt")
    shutil.copy(folder / "soup.txt", folder / "soup again.txt")
    (folder / "stew.txt").write_text(RECIPES["stew"] + " Serve it with dumplings.")
    client.wait_for(lambda: labelled(client, "label:recipes dumplings") >= {"stew"})
    client.wait_for(lambda: labelled(client) == {"lemon cake", "soup", "stew"})
    before = proposed(client)
    client.worker.stop()
    again = Client(tmp_path / "library")
    try:
        assert again.worker.wait_until_idle(60)
        assert labelled(again) == {"lemon cake", "soup", "stew"}
        assert "invoice" not in proposed(again)
        assert proposed(again).keys() == before.keys()
    finally:
        again.worker.stop()


def test_the_command_gives_rejects_and_lists(folder, tmp_path):
    library = tmp_path / "library"
    run("index", folder, "--library", library)
    found = run_json("label", "Recipes", *paths(folder, GIVEN), "--library", library)["labels"]
    assert [(own["name"], own["documents"], own["threshold"]) for own in found] == [("Recipes", 3, None)]
    assert found == run_json("labels", "--library", library)["labels"]
    proposals = run_json("labels", "recipes", "--library", library)["proposals"]
    assert found[0]["proposed"] == len(proposals)
    assert [own["confidence"] for own in proposals] == sorted((own["confidence"] for own in proposals), reverse=True)
    best = proposals[0]["path"]
    run("label", "Recipes", best, "--reject", "--library", library)
    assert best not in [own["path"] for own in run_json("labels", "Recipes", "--library", library)["proposals"]]
    run("label", "Recipes", *paths(folder, GIVEN), "--remove", "--library", library)
    assert run_json("labels", "--library", library)["labels"][0]["documents"] == 0
    unknown = run("label", "X", tmp_path / "no.txt", "--library", library, check=False)
    assert unknown.stderr.startswith("Not in the library")


def test_the_command_hands_over_to_the_open_window(client, folder, tmp_path):
    found = run_json("label", "Recipes", *paths(folder, GIVEN), "--library", tmp_path / "library")["labels"]
    assert found[0]["documents"] == 3
    standings = {own.standing for result in client.search("label:recipes").results for own in result.labels}
    assert standings == {Standing.GIVEN}
