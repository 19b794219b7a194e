from __future__ import annotations

from bge_desktop.extract.contacts import read_contacts


def _quoted(text: str, encoding: str) -> str:
    return "".join(f"={byte:02X}" for byte in text.encode(encoding))


def test_a_contact_tells_its_numbers_addresses_and_notes() -> None:
    source = """BEGIN:VCARD
VERSION:3.0
FN:Anna Berg
N:Berg;Anna;;Dr.;
ORG:Pond Society;Birds
TEL;TYPE=CELL:+49 170 0000000
item1.EMAIL;type=INTERNET:anna@example.org
EMAIL:anna@example.org
ADR;TYPE=HOME:;;1 Reed Lane;Norwich;;NR1;UK
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
NOTE:Likes herons\\, not otters
END:VCARD
"""
    document = read_contacts(source.encode())
    assert (document.kind, document.title) == ("contact", "Anna Berg")
    assert document.text == (
        "Anna Berg\nOrganisation: Pond Society Birds\nPhone: +49 170 0000000\nE-mail: anna@example.org\n"
        "Address: 1 Reed Lane, Norwich, NR1, UK\n\nLikes herons, not otters"
    )


def test_quoted_printable_in_a_chinese_character_set_over_several_lines() -> None:
    name, note = _quoted("王;小明;;;", "gb18030"), _quoted("苍鹭站在浅水里等着鱼游过来。", "utf-8")
    source = (
        f"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:{name}\r\n"
        f"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{note[:48]}=\r\n{note[48:]}\r\nEND:VCARD\r\n"
    )
    document = read_contacts(source.encode())
    assert document.text == "王小明\n\n苍鹭站在浅水里等着鱼游过来。"
    assert document.places[0].label == "王小明"


def test_the_name_is_made_of_its_parts_or_of_what_there_is() -> None:
    def label(*lines: str) -> str:
        places = read_contacts("\n".join(["BEGIN:VCARD", *lines, "END:VCARD"]).encode()).places
        return places[0].label

    assert label("N:Berg;Anna;Maria;Dr.;") == "Dr. Anna Maria Berg"
    assert label("N:欧阳;小明;;;") == "欧阳小明"
    assert label("ORG:Pond Society") == "Pond Society"
    assert label("EMAIL:a@example.org") == "a@example.org"


def test_many_contacts_are_places_and_a_broken_one_costs_only_itself() -> None:
    document = read_contacts(b"BEGIN:VCARD\nFN:One\nBEGIN:VCARD\nFN:Two\nEND:VCARD\ngarbage\nBEGIN:VCARD\nEND:VCARD\n")
    assert [place.label for place in document.places] == ["One", "Two"]
