"""Makes the test files of text-like formats: by pandoc, by Python's own library, by hand after the RFCs.

Run from anywhere; it writes beside itself. The results are committed: dates and boundaries are fixed.
"""

from __future__ import annotations

import json
import mailbox
import plistlib
import subprocess
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from pathlib import Path

HERE = Path(__file__).parent
SENTENCE = "The heron waits in the shallow water until a fish comes near."
CHINESE = "苍鹭站在浅水里等着鱼游过来。"
FILLER = "\n\n".join(
    f"Paragraph {n} says nothing about birds, but is long enough to fill a page of notes." for n in range(9)
)
MARKDOWN = f"""---
title: Field notes 观鸟笔记
author: A. Observer
---

# Spring

{FILLER}

The formula $E = mc^2$ has **nothing** to do with [birds](https://example.org/birds).

## The pond

{SENTENCE}

- one item
- another item

| bird  | count |
|-------|-------|
| heron | 2     |

# 秋天

{CHINESE}

```python
def count(birds):
    return len(birds)
```
"""
BY_PANDOC = {
    "notes.rst": "rst",
    "notes.org": "org",
    "notes.tex": "latex",
    "notes.adoc": "asciidoc",
    "notes.7.man": "man",
    "notes.html": "html",
    "notes.docbook.xml": "docbook5",
}


def by_pandoc() -> None:
    source = HERE / "notes.md"
    source.write_text(MARKDOWN, encoding="utf-8")
    for name, writer in BY_PANDOC.items():
        options = ["--standalone", "--metadata", "section=7", "--to", writer, "--output", HERE / name]
        subprocess.run(["pandoc", *options, source], check=True)


def notebook() -> None:
    def cell(kind: str, source: str, *outputs: dict[str, object]) -> dict[str, object]:
        identity = kind[:3] + str(len(source))
        base: dict[str, object] = {"cell_type": kind, "id": identity, "metadata": {}, "source": [source]}
        return base | ({"execution_count": 1, "outputs": list(outputs)} if kind == "code" else {})

    cells = [
        cell("markdown", f"# Counting birds\n\n{FILLER}"),
        cell("code", "print(len([1, 2]))", {"output_type": "stream", "name": "stdout", "text": [f"{SENTENCE}\n"]}),
        cell("markdown", CHINESE),
    ]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (HERE / "notes.ipynb").write_text(json.dumps(content, indent=1, ensure_ascii=True), encoding="ascii")


def letter(subject: str, text: str, page: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "王小明 <wang@example.org>"
    message["To"] = "Anna Berg <anna@example.org>"
    message["Date"] = "Wed, 25 Nov 2026 14:00:00 +0800"
    message["Message-ID"] = f"<{abs(len(subject))}@example.org>"
    message["Subject"] = subject
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    return message


def fixed(message: Message) -> bytes:
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=====boundary-{number}=====")
    return message.as_bytes()


def mail() -> None:
    plain = letter("会议纪要 Minutes", f"{CHINESE}\n\n{SENTENCE}\n", f"<p>{SENTENCE}</p>")
    plain.add_attachment(f"name,count\nheron,2\n{CHINESE}\n".encode(), "text", "plain", filename="清单 list.txt")
    inner = letter("Forwarded 转发", "The kingfisher dives.\n")
    outer = letter("Fwd: kingfisher", "See below.\n")
    outer.make_mixed()
    outer.attach(MIMEMessage(inner))
    (HERE / "mail.eml").write_bytes(fixed(plain))
    (HERE / "mail-forwarded.eml").write_bytes(fixed(outer))
    (HERE / "mail-named.txt").write_bytes(fixed(letter("A mail named .txt", f"{SENTENCE}\n")))
    raw = (
        "From: =?gb2312?B?zfXQocP3?= <w@example.org>\nSubject: =?gb2312?Q?=BB=E1=D2=E9?=\n =?gb2312?Q?=BC=CD=D2=AA?=\n"
    )
    raw += "Date: Wed, 25 Nov 2026 14:00:00 +0800\n"
    raw += "Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
    (HERE / "mail-gb2312.eml").write_bytes(raw.encode() + f"{CHINESE}\n".encode("gb2312"))
    box = HERE / "mail.mbox"
    box.unlink(missing_ok=True)
    messages = mailbox.mbox(box)
    for subject, text in (
        ("Hello", "First.\n"),
        ("预算", f"{CHINESE}\n"),
        ("Minutes", f"From the pond:\n{SENTENCE}\n"),
    ):
        one = mailbox.mboxMessage(fixed(letter(subject, text)))
        one.set_from("MAILER-DAEMON Wed Nov 25 14:00:00 2026")
        messages.add(one)
    messages.close()
    page = f"<html><body><nav>Home</nav><h1>Pond</h1><p>{SENTENCE}</p><p>{CHINESE}</p></body></html>"
    archive = EmailMessage()
    archive["From"] = "<Saved by Blink>"
    archive["Snapshot-Content-Location"] = "https://example.org/pond"
    archive["Subject"] = "Pond"
    archive.set_content(page, subtype="html")
    archive.make_related()
    archive.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<frame>")
    (HERE / "page.mhtml").write_bytes(fixed(archive))


def personal() -> None:
    calendar = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
X-WR-CALNAME:Birds
BEGIN:VEVENT
UID:1@example.org
DTSTART;TZID=Asia/Shanghai:20261125T140000
DTEND;TZID=Asia/Shanghai:20261125T150000
SUMMARY:Minutes
LOCATION:Reed hide\\, north bank
ORGANIZER;CN=Anna Berg:mailto:anna@example.org
ATTENDEE;CN="王小明";RSVP=TRUE:mailto:wang@example.org
DESCRIPTION:{SENTENCE}\\nBring
  boots.
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
DTSTART;VALUE=DATE:20261201
SUMMARY:观鸟日
DESCRIPTION:{CHINESE}
END:VEVENT
END:VCALENDAR
"""
    (HERE / "events.ics").write_bytes(calendar.replace("\n", "\r\n").encode())
    name = "".join(f"={byte:02X}" for byte in "王小明".encode("gb2312"))
    contacts = f"""BEGIN:VCARD
VERSION:2.1
N;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:{name};;;;
TEL;CELL:+86 10 5555 0100
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ
 AAAQABAAD/2wBDAAgGBg

END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Anna Berg
N:Berg;Anna;;;
ORG:Pond Society;Birds
item1.EMAIL;type=INTERNET:anna@example.org
NOTE:{SENTENCE}
END:VCARD
"""
    (HERE / "people.vcf").write_bytes(contacts.replace("\n", "\r\n").encode())


def subtitles() -> None:
    cues = [(0, "Welcome to the pond."), (3, SENTENCE), (751, CHINESE), (754, "<i>Goodbye.</i>")]
    clock = lambda s, mark: f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}{mark}000"  # noqa: E731
    srt = "".join(f"{n}\n{clock(s, ',')} --> {clock(s + 2, ',')}\n{text}\n\n" for n, (s, text) in enumerate(cues, 1))
    (HERE / "film.srt").write_text(srt, encoding="utf-8-sig")
    vtt = "WEBVTT\n\nNOTE a comment\n\n" + "".join(
        f"{clock(s, '.')} --> {clock(s + 2, '.')} align:start\n{text}\n\n" for s, text in cues
    )
    (HERE / "film.vtt").write_text(vtt, encoding="utf-8")
    head = "[Script Info]\nTitle: Film\n\n[Events]\n"
    head += "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    ass = head + "".join(
        f"Dialogue: 0,{s // 3600}:{s // 60 % 60:02}:{s % 60:02}.00,0:59:59.00,Default,,0,0,0,,{{\\i1}}{text}\n"
        for s, text in cues
    )
    (HERE / "film.ass").write_text(ass, encoding="utf-16")


def data() -> None:
    people = {"title": "Birds", "people": [{"name": "Anna", "note": SENTENCE}, {"name": "王小明", "note": CHINESE}]}
    (HERE / "people.json").write_text(json.dumps(people, indent=2), encoding="ascii")
    lines = "".join(
        json.dumps({"event": number, "note": SENTENCE if number == 3 else CHINESE}) + "\n" for number in (1, 2, 3)
    )
    (HERE / "events.log").write_text(lines, encoding="ascii")
    (HERE / "settings.toml").write_text(
        f'[pond]\nnote = "{SENTENCE}"\n\n[autumn]\nnote = "{CHINESE}"\n', encoding="utf-8"
    )
    (HERE / "settings.yaml").write_text(f"pond:\n  note: {SENTENCE}\nautumn:\n  note: {CHINESE}\n", encoding="utf-8")
    entity = '<!DOCTYPE birds SYSTEM "http://example.org/birds.dtd">\n'
    heron = f"  <bird>\n    <name>苍鹭</name>\n    <note>{CHINESE}</note>\n  </bird>\n"
    birds = f'<birds>\n  <bird note="{SENTENCE}"/>\n{heron}</birds>\n'
    (HERE / "birds.xml").write_bytes(f"<?xml version='1.0' encoding='gb18030'?>\n{entity}{birds}".encode("gb18030"))


def links() -> None:
    bookmarks = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<DL><p>
    <DT><H3>Birds</H3>
    <DL><p>
        <DT><A HREF="https://example.org/heron" ICON="data:image/png;base64,AAAA">{SENTENCE}</A>
        <DT><A HREF="https://example.org/canglu">{CHINESE}</A>
    </DL><p>
</DL><p>
"""
    (HERE / "bookmarks.html").write_text(bookmarks, encoding="utf-8")
    (HERE / "pond.url").write_bytes(b"[InternetShortcut]\r\nURL=https://example.org/pond\r\n")
    (HERE / "pond.desktop").write_text(
        "[Desktop Entry]\nType=Link\nName=Pond\nName[zh_CN]=池塘\nURL=https://example.org/pond\n"
    )
    (HERE / "pond.webloc").write_bytes(plistlib.dumps({"URL": "https://example.org/pond"}, fmt=plistlib.FMT_BINARY))


def code() -> None:
    body = "\n".join(
        f"    # Line {n} makes the function large enough to be a passage of its own, and no more." for n in range(12)
    )
    (HERE / "pond.py").write_text(
        f'"""Birds."""\n\n\ndef first():\n{body}\n    return None\n\n\n'
        f'# {CHINESE}\ndef load_index(path):\n    """{SENTENCE}"""\n'
    )
    (HERE / "pond.c").write_text(
        f"#include <stdio.h>\n\n/* {SENTENCE} */\nstatic int load_index(const char *path)\n"
        f"{{\n    return 0; // {CHINESE}\n}}\n"
    )


if __name__ == "__main__":
    for make in (by_pandoc, notebook, mail, personal, subtitles, data, links, code):
        make()
