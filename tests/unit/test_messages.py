from bge_desktop.messages import displayable


def test_a_name_that_is_not_utf8_can_be_shown():
    assert displayable("caf\udce9.txt") == "caf\ufffd.txt"


def test_a_name_cannot_steer_the_terminal():
    assert displayable("\x1b[31mred\n.txt") == "\ufffd[31mred\ufffd.txt"


def test_other_names_are_shown_as_they_are():
    assert displayable("租约 🏠.pdf") == "租约 🏠.pdf"
