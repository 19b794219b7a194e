import pytest

from bge_desktop.bge.script import language_of, query_languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lease ends in June.", "en"),
        ("租约六月到期。", "zh"),
        ("カタカナとひらがな", "zh"),
        ("PyTorch 显存不足", "zh"),
        ("用 PyTorch 训练 BGE 模型", "zh"),
        ("Mr Wang (王) came. " + "He signed the lease and moved into the flat. " * 3, "en"),
        ("12.5 %", "en"),
        ("", "en"),
    ],
)
def test_a_passage_goes_to_the_model_that_reads_it(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("query", "languages"),
    [("lease", ("en",)), ("租约", ("zh",)), ("PyTorch 显存不足", ("zh", "en")), ("2024", ("en",)), ("🎉", ("en",))],
)
def test_a_query_goes_where_its_script_points(query, languages):
    assert query_languages(query) == languages
