import pytest

from bge_desktop.search.kinds import KINDS, LANGUAGES, document_kinds, ending, endings, kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_of_a_language_are_code(language):
    assert kind(language) == language
    assert set(endings(language)) <= set(KINDS["code"])


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_goes_by_its_name(name):
    assert kind(name) == name
    assert endings(name)
    assert document_kinds(name)


def test_documents_are_those_of_word_processors():
    assert document_kinds("documents") == ("docx", "odt", "rtf")
    assert set(endings("documents")) == {*KINDS["docx"], *KINDS["odt"], *KINDS["rtf"]}


@pytest.mark.parametrize("value", ["rs", "js", "cs", "ts", "xls", "pages"])
def test_an_ending_is_no_plural(value):
    assert kind(value) == ending(value) == f".{value}"


@pytest.mark.parametrize("value", ["", "?", ".", "a b", "a/b", "x" * 13])
def test_what_no_file_ends_with_is_no_kind(value):
    assert kind(value) is None
