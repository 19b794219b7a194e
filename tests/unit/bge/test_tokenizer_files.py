"""The tokenizer's one file, made of an older one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import transformers
from tokenizers import Tokenizer

from bge_desktop.bge.tokenizer_files import make_tokenizer


def save_half(path):
    Path(path).write_text('{"version": ')
    raise KeyboardInterrupt


def test_what_was_not_saved_to_its_end_is_made_anew(tmp_path, monkeypatch):
    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na")
    half = SimpleNamespace(backend_tokenizer=SimpleNamespace(save=save_half))
    with monkeypatch.context() as patched:
        patched.setattr(transformers.BertTokenizer, "from_pretrained", lambda *_, **__: half)
        with pytest.raises(KeyboardInterrupt):
            make_tokenizer(str(tmp_path))
    assert not (tmp_path / "tokenizer.json").exists()
    make_tokenizer(str(tmp_path))
    assert Tokenizer.from_file(str(tmp_path / "tokenizer.json")).token_to_id("a") == 5
    assert sorted(own.name for own in tmp_path.iterdir()) == ["tokenizer.json", "vocab.txt"]
