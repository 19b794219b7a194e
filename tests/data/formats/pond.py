"""Birds."""


def first():
    # Line 0 makes the function large enough to be a passage of its own, and no more.
    # Line 1 makes the function large enough to be a passage of its own, and no more.
    # Line 2 makes the function large enough to be a passage of its own, and no more.
    # Line 3 makes the function large enough to be a passage of its own, and no more.
    # Line 4 makes the function large enough to be a passage of its own, and no more.
    # Line 5 makes the function large enough to be a passage of its own, and no more.
    # Line 6 makes the function large enough to be a passage of its own, and no more.
    # Line 7 makes the function large enough to be a passage of its own, and no more.
    # Line 8 makes the function large enough to be a passage of its own, and no more.
    # Line 9 makes the function large enough to be a passage of its own, and no more.
    # Line 10 makes the function large enough to be a passage of its own, and no more.
    # Line 11 makes the function large enough to be a passage of its own, and no more.
    return None


# 苍鹭站在浅水里等着鱼游过来。
def load_index(path):
    """The heron waits in the shallow water until a fish comes near."""
