"""Which files of a folder are a model's."""

from __future__ import annotations

import os

import pytest

from bge_desktop.bge.model_layout import files_in, needed
from tests.small_models import save_bert


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_what_is_no_file_is_none_of_a_models(tmp_path):
    folder = save_bert(tmp_path / "model")
    before = files_in(str(folder))
    os.mkfifo(folder / "vocab.txt")
    (folder / "LICENSE").symlink_to(tmp_path / "nowhere")
    (folder / "2_Pooling").mkdir()
    os.mkfifo(folder / "2_Pooling" / "config.json")
    assert files_in(str(folder)) == before


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own")
def test_a_link_to_a_file_is_one_as_in_a_hubs_cache(tmp_path):
    folder = save_bert(tmp_path / "model")
    (folder / "config.json").rename(tmp_path / "content")
    (folder / "config.json").symlink_to(tmp_path / "content")
    assert "config.json" in needed(files_in(str(folder)))
