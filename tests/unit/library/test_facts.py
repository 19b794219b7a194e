from bge_desktop.library.facts import Facts


def test_a_fact_is_kept_and_replaced(library):
    facts = Facts(library.db)
    assert facts.get("colour") == ""
    facts.set("colour", "red")
    facts.set("colour", "blue")
    assert facts.get("colour") == "blue"
