import pytest

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.text_file import read_text


def test_a_byte_order_mark_and_the_ends_of_lines_of_windows_are_no_part_of_the_text(tmp_path):
    (tmp_path / "file.txt").write_bytes("\ufeff一\r\ntwo".encode())
    assert read_text(str(tmp_path / "file.txt"), "Bad") == "一\ntwo"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "file.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RequestError, match="Bad") as caught:
        read_text(str(path), "Bad")
    assert caught.value.path == str(path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(RequestError, match="system says"):
        read_text(str(tmp_path), "Bad")
