"""Text in every notation: depth without end, lines without end, and characters that are none."""

from __future__ import annotations

import base64
import json
import random
from functools import partial

from tests.end_to_end.hostile.inputs import ENDINGS, READ, hostile, register, register_file, sparse

_DEEP = 100_000
_MANY = 20_000
_NOISE = random.Random(7).randbytes(100_000)

for _ending in ENDINGS:
    register(f"empty{_ending}", lambda: b"", READ)
    register(f"only zeros{_ending}", lambda: bytes(100_000))
    register(f"noise{_ending}", lambda: _NOISE)
    register(f"words after all{_ending}", lambda: b"It is only words, whatever its name. " * 20)
    register_file(f"a gigabyte of nothing{_ending}", sparse(1 << 30))

register_file("a gigabyte that begins well.pdf", sparse(1 << 30, b"%PDF-1.7\n"), "Too large")
register_file("a gigabyte that begins well.zip", sparse(1 << 30, b"PK\x03\x04"), "Too large")
register_file("a gigabyte that begins well.txt", sparse(1 << 30, b"It begins with words.\n" * 5000), "Too large")
register_file("200 MB of zeros.txt", sparse(200 << 20))

# --- characters --------------------------------------------------------------------------------------------------

for _name, _mark in {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32": b"\xff\xfe\0\0",
}.items():
    register(f"only a mark of {_name}.txt", partial(bytes, _mark), READ)
register("odd length of utf-16.txt", lambda: "words in a pond".encode("utf-16") + b"x", READ)
register("halves of pairs.txt", lambda: b"\xff\xfe" + b"\x00\xd8a\x00" * 10_000)
register("overlong.txt", lambda: b"\xc0\xaf\xe0\x80\xaf words " * 1000)
register("beyond unicode.txt", lambda: b"\xf7\xbf\xbf\xbf words " * 1000)
register("escape sequences.txt", lambda: b"\x1b]0;title\x07\x1b[2J words " * 10_000)
register("accents on accents.txt", lambda: ("a" + "\u0301" * 100_000).encode(), READ)
register("right to left.txt", lambda: "\u202e\u2066words\u2069".encode() * 10_000, READ)
register("no width.txt", lambda: "\u200b\u200d\ufeff".encode() * 100_000)
register("a megabyte of one letter.txt", lambda: b"a" * (1 << 20), READ)
register("a megabyte of one character.txt", lambda: "猫".encode() * (1 << 18), READ)
register("a megabyte of one emoji.txt", lambda: "👩‍👩‍👧".encode() * 50_000, READ)
register("a megabyte of spaces.txt", lambda: b" " * (1 << 20), READ)
register("a megabyte of new lines.txt", lambda: b"\n" * (1 << 20), READ)
register("100 kB of base64 in a line.txt", lambda: base64.b64encode(_NOISE[:75_000]), READ)
register("100 kB of base64 in lines.txt", lambda: base64.encodebytes(_NOISE[:75_000]), READ)
register("five megabytes in a line.js", lambda: b"var a=[" + b"1,2,'pond'," * 450_000 + b"]", READ)
register("all alphabets.txt", lambda: "".join(map(chr, range(0x20, 0xD800))).encode(), READ)

# --- notations that nest -----------------------------------------------------------------------------------------

_NESTED: dict[str, tuple[str, str]] = {
    "deep lists.json": ("[", "]"),
    "deep objects.json": ('{"a":', "}"),
    "deep cells.ipynb": ('{"cells":[', "]}"),
    "deep flow.yaml": ("[", "]"),
    "deep elements.html": ("<div>", "</div>"),
    "deep tables.html": ("<table><tr><td>", "</td></tr></table>"),
    "deep emphasis.html": ("<b><i>", "</i></b>"),
    "deep frames.html": ("<object><template>", "</template></object>"),
    "deep groups.rtf": ("{", "}"),
    "deep quotes.md": ("> ", ""),
    "deep lists.md": ("- ", ""),
    "deep brackets.md": ("[", "](a)"),
    "deep stars.md": ("*", "*"),
    "deep ticks.md": ("`", "`"),
    "deep entries.md": ("1. ", ""),
    "deep headings.org": ("*", " "),
    "deep links.org": ("[[", "]]"),
    "deep blocks.org": ("#+BEGIN_QUOTE\n", "\n#+END_QUOTE"),
    "deep braces.tex": ("{", "}"),
    "deep commands.tex": ("\\emph{", "}"),
    "deep groups.tex": ("\\begin{a}", "\\end{a}"),
    "deep roles.rst": ("`", "`_"),
    "deep indents.rst": (" ", ""),
    "deep parentheses.py": ("(", ")"),
    "deep blocks.c": ("{", "}"),
    "deep strings.js": ("`${", "}`"),
    "deep attributes.adoc": ("*_", "_*"),
}
_DEEPEST_NESTED = (".json", ".ipynb", ".html", ".rtf", ".org")
for _name, (_opening, _closing) in _NESTED.items():
    _depth = _DEEP if _name.endswith(_DEEPEST_NESTED) else _MANY
    _one = ("{\\rtf1 " if _name.endswith(".rtf") else "") + _opening * _depth
    register(_name, f"{_one}pond{_closing * _depth}".encode)
    register(f"never closed, {_name}", _one.encode)

# --- notations that lie, repeat or recurse ------------------------------------------------------------------------

_REPEATED: dict[str, tuple[str, str, str]] = {
    "less than.html": ("", "<", ""),
    "ampersands.html": ("", "&", ""),
    "entities.html": ("<p>", "&amp;", ""),
    "comments.html": ("", "<!--", ""),
    "comment ends.html": ("<!--", "--!>", ""),
    "attributes.html": ("<p ", 'a="b" ', ">pond"),
    "declarations.html": ("", "<!doctype html>", "pond"),
    "options.html": ("<select>", "<option>pond", ""),
    "scripts.html": ("", "<script>", "pond"),
    "plain.html": ("", "<plaintext>", "pond"),
    "links.md": ("", "[a](", ""),
    "images.md": ("", "![", ""),
    "fences.md": ("", "```\n~~~\n", ""),
    "pipes.md": ("", "|", "\n|-|"),
    "rules.md": ("", "- - -\n", ""),
    "escapes.md": ("", "\\", ""),
    "front matter.md": ("---\n", "title: a\n", ""),
    "html in it.md": ("", "<a ", ""),
    "table.org": ("", "|-+", ""),
    "drawers.org": ("", ":A:\n", ""),
    "includes.rst": ("", ".. include:: /etc/passwd\n", ""),
    "substitutions.rst": ("", "|a| replace:: |a|\n", ""),
    "includes.tex": ("", "\\input{/etc/passwd}\n", ""),
    "macros.tex": ("\\def\\a{\\a\\a}", "\\a", ""),
    "new commands.tex": ("\\newcommand{\\b}[9]{#1#1#1\\b}", "\\b", ""),
    "dollars.tex": ("", "$", ""),
    "percent.tex": ("", "\\%", ""),
    "macros.7": (".de AA\n.AA\n.AA\n..\n", ".AA\n", ""),
    "sources.7": (".TH A 7\n", ".so man7/a.7\n", ""),
    "requests.7": (".TH A 7\n", ".if 1 .if 1 ", ""),
    "strings.7": (".ds a \\*a\\*a\n", "\\*a", ""),
    "unicode.rtf": ("{\\rtf1 ", "\\u-9999999999?", "}"),
    "binary.rtf": ("{\\rtf1 ", "\\bin2147483647 ", "}"),
    "skips.rtf": ("{\\rtf1 ", "\\uc999999999 ", "}"),
    "hexadecimal.rtf": ("{\\rtf1 ", "\\'zz", "}"),
    "fields.rtf": ("{\\rtf1 ", '{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}', "}"),
    "anchors.yaml": ("a: &a [x]\n", "b: [*a, *a, *a]\n", ""),
    "tags.yaml": ("", "!!python/object/apply:os.system ['true']\n---\n", ""),
    "keys.json": ("{", '"a":1,', '"b":2}'),
    "escapes.json": ('"', "\\u", '"'),
    "digits.json": ("[", "9", "]"),
    "commas.csv": ("", ",", ""),
    "quotes.csv": ("", '"', ""),
    "quoted lines.csv": ('"', "a\n", ""),
    "tabs.tsv": ("", "\t", ""),
    "cues.srt": ("", "1\n99:99:99,999 --> 00:00:00,000\npond\n\n", ""),
    "arrows.vtt": ("WEBVTT\n\n", "-->", ""),
    "styles.ass": ("[Events]\n", "Dialogue: {\\p1}{\\p1}\n", ""),
    "folded.vcf": ("BEGIN:VCARD\n", " a\n", "END:VCARD\n"),
    "cards.vcf": ("", "BEGIN:VCARD\nFN:Pond\n", ""),
    "photograph.vcf": ("BEGIN:VCARD\nFN:Pond\nPHOTO;ENCODING=b:", "QUJD", "\nEND:VCARD"),
    "begins.ics": ("", "BEGIN:VEVENT\n", ""),
    "sections.ini": ("", "[", ""),
    "definitions.py": ("", "def a():\n", ""),
    "strings.py": ("", '"""', ""),
    "decorators.py": ("", "@a", "\ndef a(): pass"),
    "templates.cpp": ("", "template<", ""),
    "conditions.c": ("", "#if 1\n", ""),
    "log.log": ("", "2026-11-25 11:00:00 ERROR pond\n", ""),
}
for _name, (_first, _again, _last) in _REPEATED.items():
    register(
        f"many {_name}", partial(lambda one, many, last: (one + many * _MANY + last).encode(), _first, _again, _last)
    )

register("a cell of 10 MB.csv", lambda: b"name,text\npond," + b"heron " * 1_700_000 + b"\n", READ)
register("a million columns.csv", lambda: b",".join(b"%d" % n for n in range(1_000_000)))
register("a number of a megabyte.json", lambda: b"[1e" + b"9" * (1 << 20) + b"]")
register("digits without end.json", lambda: b"[" + b"9" * (1 << 20) + b"]")
register(
    "laughs.yaml",
    lambda: b"a: &a [x,x]\n" + b"".join(b"%c: &%c [*%c,*%c,*%c]\n" % (n + 1, n + 1, n, n, n) for n in range(97, 121)),
)


@hostile("outputs without end.ipynb", f"{READ}|Too large")
def _notebook() -> bytes:
    output = {"output_type": "stream", "name": "stdout", "text": ["many words of output\n"] * 200_000}
    picture = {"output_type": "display_data", "data": {"image/png": base64.b64encode(_NOISE).decode() * 30}}
    cell = {"cell_type": "code", "source": ["print('pond')"], "outputs": [output, picture]}
    return json.dumps({"cells": [cell] * 3, "metadata": {}, "nbformat": 4}).encode()


def _calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode()


_ENDLESS = ("BEGIN:VEVENT", "SUMMARY:Pond", "DTSTART:20260101T000000Z", "RRULE:FREQ=SECONDLY;INTERVAL=1", "END:VEVENT")
register("recurs without end.ics", lambda: _calendar(*_ENDLESS), READ)
register(
    "recurs and recurs.ics", lambda: _calendar(*_ENDLESS[:3], *["RRULE:FREQ=SECONDLY"] * 10_000, "END:VEVENT"), READ
)
register("fifty thousand events.ics", lambda: _calendar(*_ENDLESS * 50_000))
register(
    "dates that are none.ics",
    lambda: _calendar("BEGIN:VEVENT", "SUMMARY:Pond", "DTSTART:99999999T999999Z", "END:VEVENT"),
    READ,
)
