from __future__ import annotations

from pathlib import Path

import pytest

from bge_desktop.watch.changes import MOST_IN_FOLDER, MOST_IN_ROOT, Changes, collapse


def test_few_paths_stay_as_they_are() -> None:
    paths = {"/r/a.md", "/r/x/b.md", "/r/x/c.md"}
    assert collapse("/r", paths) == paths


def test_a_folder_covers_what_lies_below_it() -> None:
    assert collapse("/r", {"/r/x", "/r/x/a.md", "/r/x/y/b.md", "/r/xx.md"}) == {"/r/x", "/r/xx.md"}
    assert collapse("/r", {"/r", "/r/x/a.md"}) == {"/r"}
    assert collapse("/", {"/", "/a.md"}) == {"/"}


def test_many_paths_in_one_folder_become_the_folder() -> None:
    at_limit = {f"/r/x/{i}.md" for i in range(MOST_IN_FOLDER)}
    assert collapse("/r", at_limit) == at_limit
    assert collapse("/r", at_limit | {"/r/x/more.md", "/r/x/y/b.md", "/r/z.md"}) == {"/r/x", "/r/z.md"}
    assert collapse("/r", {f"/r/{i}.md" for i in range(MOST_IN_FOLDER + 1)}) == {"/r"}


def test_very_many_paths_become_the_root() -> None:
    paths = {f"/r/{i // 100}/{i}.md" for i in range(MOST_IN_ROOT)}
    assert collapse("/r", paths) == paths
    assert collapse("/r", paths | {"/r/more.md"}) == {"/r"}


def test_a_report_is_due_after_quiet_but_not_later_than_the_cap() -> None:
    changes = Changes("/r", now=10.0)
    changes.add("/r/a.md", False, now=10.0)
    assert changes.due(quiet=0.3, longest=2.0) == pytest.approx(10.3)
    changes.add("/r/a.md", False, now=11.0)
    assert changes.due(quiet=0.3, longest=2.0) == pytest.approx(11.3)
    changes.add_certain("/r", now=11.9)
    assert changes.due(quiet=0.3, longest=2.0) == pytest.approx(12.0)


def test_a_storm_of_events_takes_no_more_room_than_its_folders() -> None:
    changes = Changes("/r", now=0.0)
    for number in range(8 * MOST_IN_ROOT):
        changes.add(f"/r/x/{number}.md", False, now=0.0)
        assert len(changes._paths) + len(changes._certain) <= 2 * MOST_IN_ROOT
    assert changes.paths() == {"/r/x"}


@pytest.mark.parametrize("is_certain", [False, True])
def test_a_storm_of_events_all_over_becomes_the_root(is_certain: bool) -> None:
    changes = Changes("/r", now=0.0)
    for number in range(8 * MOST_IN_ROOT):
        if is_certain:
            changes.add_certain(f"/r/{number}", now=0.0)
        else:
            changes.add(f"/r/{number}/a.md", False, now=0.0)
        assert len(changes._paths) + len(changes._certain) <= 2 * MOST_IN_ROOT
    assert changes.paths() == {"/r"}


def test_rules_are_those_on_the_disk_at_the_time_of_the_report(tmp_path: Path) -> None:
    changes = Changes(str(tmp_path), now=0.0)
    for name in ("a.log", "a.md"):
        changes.add(str(tmp_path / name), False, now=0.0)
    changes.add_certain(str(tmp_path / "b.log"), now=0.0)
    (tmp_path / ".gitignore").write_text("*.log\n")
    assert changes.paths() == {str(tmp_path / "a.md"), str(tmp_path / "b.log")}
