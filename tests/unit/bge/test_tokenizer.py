import numpy as np
import pytest

from bge_desktop.bge import tokenizer
from bge_desktop.bge.models import BUNDLED


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", ["BGE", "PyTorch", "Passport", "GPU"])
def test_upper_case_is_no_unknown_token(language, text):
    loaded = tokenizer.load(BUNDLED[language])
    assert loaded.token_to_id("[UNK]") not in tokenizer.encode(BUNDLED[language], [text])[0]


def test_cls_and_sep_stand_around_the_text():
    loaded = tokenizer.load(BUNDLED["en"])
    ids = tokenizer.encode(BUNDLED["en"], ["lease"])[0]
    assert (ids[0], ids[-1]) == (loaded.token_to_id("[CLS]"), loaded.token_to_id("[SEP]"))


def test_a_long_text_is_cut_at_the_models_limit():
    assert len(tokenizer.encode(BUNDLED["zh"], ["猫" * 2000])[0]) == 512


def test_padding_is_masked():
    token_ids, mask = tokenizer.pad([[1, 2, 3], [4]])
    np.testing.assert_array_equal(token_ids, [[1, 2, 3], [4, 0, 0]])
    np.testing.assert_array_equal(mask, [[1, 1, 1], [1, 0, 0]])


def test_counts_are_untruncated_and_without_special_tokens():
    assert tokenizer.count_tokens(["猫" * 2000, ""]) == [2000, 0]


def test_the_model_that_takes_more_tokens_counts():
    english, chinese = (len(tokenizer.encode(BUNDLED[name], ["internationalisation"])[0]) - 2 for name in ("en", "zh"))
    assert tokenizer.count_tokens(["internationalisation"]) == [max(english, chinese)]
