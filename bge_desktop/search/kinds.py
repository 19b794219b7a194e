"""The kinds of file that `type:` asks for: their endings, and what people call them."""

from __future__ import annotations

import re

from bge_desktop.extract.code_languages import ENDINGS as CODE_ENDINGS

FORMATS: dict[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "docx": ("docx", "docm", "dotx", "dotm", "doc", "dot", "wps"),
    "html": ("htm", "html", "xhtml", "shtml"),
    "markdown": ("md", "markdown", "mdown", "mkd", "mdx", "rmd", "qmd"),
    "text": ("txt", "text"),
    "slides": ("pptx", "pptm", "ppsx", "potx", "ppt", "pps", "odp", "otp", "fodp"),
    "sheet": ("xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "et", "ods", "ots", "fods", "csv", "tsv", "tab"),
    "odt": ("odt", "ott", "fodt"),
    "rtf": ("rtf",),
    "book": ("epub", "mobi", "azw", "azw3"),
    "email": ("eml", "emlx", "mbox", "mbx", "msg"),
    "calendar": ("ics", "ical", "ifb", "vcs"),
    "contact": ("vcf", "vcard"),
    "subtitles": ("srt", "vtt", "ass", "ssa"),
    "bookmarks": ("url", "desktop", "webloc"),
    "man": ("man", "mdoc"),
    "latex": ("tex", "latex", "ltx"),
    "rst": ("rst", "rest"),
    "org": ("org",),
    "asciidoc": ("adoc", "asciidoc"),
    "notebook": ("ipynb",),
    "data": ("json", "jsonl", "ndjson", "yaml", "yml", "toml", "ini", "xml"),
    "archive": ("zip", "tar", "tgz", "tbz2", "txz", "tzst", "gz", "bz2", "xz", "zst", "7z", "rar"),
    "image": ("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp", "webp", "avif", "heic", "heif", "svg", "psd"),
    "audio": ("mp3", "flac", "ogg", "oga", "opus", "m4a", "m4b", "wav", "aiff", "aif", "wma", "aac"),
    "video": ("mp4", "m4v", "mov", "mkv", "webm", "avi", "wmv", "mpg", "mpeg", "ogv"),
    "code": tuple(ending.removeprefix(".") for ending in CODE_ENDINGS if ending.startswith(".")),
}
"""The kinds among which files are divided; what are kinds besides are parts of these, or several together."""
LANGUAGES: dict[str, tuple[str, ...]] = {
    "python": ("py", "pyw", "pyi", "pyx"),
    "javascript": ("js", "mjs", "cjs", "jsx", "es6"),
    "typescript": ("ts", "tsx", "mts", "cts"),
    "c++": ("cpp", "cc", "cxx", "hpp", "hh", "hxx"),
    "c#": ("cs",),
    "f#": ("fs", "fsi", "fsx"),
    "objective-c": ("m", "mm"),
    "rust": ("rs",),
    "golang": ("go",),
    "kotlin": ("kt", "kts"),
    "ruby": ("rb", "rake", "gemspec"),
    "shell": ("sh", "bash", "zsh", "ksh", "fish"),
    "powershell": ("ps1", "psm1"),
    "batch": ("bat", "cmd"),
    "perl": ("pl", "pm"),
    "haskell": ("hs", "lhs"),
    "ocaml": ("ml", "mli"),
    "erlang": ("erl", "hrl"),
    "elixir": ("ex", "exs"),
    "clojure": ("clj", "cljs", "cljc", "edn"),
    "scheme": ("scm", "ss"),
    "racket": ("rkt",),
    "julia": ("jl",),
    "fortran": ("f", "f77", "f90", "f95", "f03", "f08", "for"),
    "pascal": ("pas", "pp"),
    "ada": ("adb", "ads"),
    "assembly": ("s", "asm"),
    "terraform": ("tf", "hcl"),
    "solidity": ("sol",),
    "coffeescript": ("coffee",),
}
"""Programming languages that are called something else than all of their files end with."""

# Endings that differ by habit alone: who asks for one of them means the other, too.
_SPELLINGS = {"jpeg": ("jpg", "jpeg"), "tiff": ("tif", "tiff"), "mpeg": ("mpg", "mpeg"), "yaml": ("yaml", "yml")}
_WIDE = {"documents": ("docx", "odt", "rtf")}
KINDS: dict[str, tuple[str, ...]] = {
    **FORMATS,
    **LANGUAGES,
    **_SPELLINGS,
    **{kind: tuple(ending for part in parts for ending in FORMATS[part]) for kind, parts in _WIDE.items()},
}
"""The kinds of file, and the endings of files that are taken for one whatever was found in them."""

# "type:py" asks for Python, not for code of any language
_BROAD_KINDS = frozenset({"code", "data", "archive", "slides", "sheet", "book", "image", "audio", "video"})
# In lower case and simplified characters; words of Taiwan and Hong Kong behind those of the mainland.
_NAMES = {
    **{kind: kind for kind in KINDS},
    **{ending: kind for kind, endings in FORMATS.items() for ending in endings if kind not in _BROAD_KINDS},
    **{ending: kind for kind, endings in _SPELLINGS.items() for ending in endings},
    "word": "docx",
    **dict.fromkeys(("document", "docs", "文档", "文件"), "documents"),
    **dict.fromkeys(("slide", "presentation", "powerpoint", "演示文稿", "幻灯片", "简报", "投影片"), "slides"),
    **dict.fromkeys(("spreadsheet", "excel", "表格", "电子表格", "试算表", "电子试算表"), "sheet"),
    **dict.fromkeys(("ebook", "e-book", "电子书", "书"), "book"),
    **dict.fromkeys(("picture", "photo", "图片", "照片", "图像", "图档", "相片", "影像"), "image"),
    **dict.fromkeys(("sound", "music", "song", "音频", "音乐", "录音", "音讯", "声音"), "audio"),
    **dict.fromkeys(("film", "movie", "视频", "影片", "视讯", "录影"), "video"),
    **dict.fromkeys(("web", "webpage", "网页"), "html"),
    **dict.fromkeys(("文本", "纯文本", "纯文字", "文字"), "text"),
    **dict.fromkeys(("mail", "e-mail", "邮件", "电子邮件", "电邮"), "email"),
    **dict.fromkeys(("日历", "日程", "行事历"), "calendar"),
    **dict.fromkeys(("联系人", "通讯录", "联络人"), "contact"),
    **dict.fromkeys(("subtitle", "字幕"), "subtitles"),
    **dict.fromkeys(("bookmark", "书签"), "bookmarks"),
    **dict.fromkeys(("manual", "手册"), "man"),
    **dict.fromkeys(("jupyter", "笔记本"), "notebook"),
    "数据": "data",
    **dict.fromkeys(("压缩包", "压缩文件", "归档", "压缩档", "封存档"), "archive"),
    **dict.fromkeys(("source", "代码", "源代码", "程式码", "原始码", "程式"), "code"),
    "bash": "shell",
    "csharp": "c#",
    "fsharp": "f#",
    **dict.fromkeys(("objc", "objectivec"), "objective-c"),
    "assembler": "assembly",
}
_ENDING = re.compile(r"\.?([^\W_][\w+-]{0,11})")


def kind(value: str) -> str | None:
    """Return the kind that a folded value names ("pdf", …), or the ending that files have, with its dot (".xlsx").

    None where it can be neither.
    """
    if value.startswith("."):
        return ending(value)
    return _NAMES.get(value) or _NAMES.get(value.removesuffix("s")) or ending(value)


def may_go_on(value: str) -> bool:
    """Whether a folded value names no kind and is no usual ending, but what names a kind begins with it ("pd")."""
    return not _is_usual(value) and any(name.startswith(value) for name in _NAMES)


def _is_usual(value: str) -> bool:
    return value in _NAMES or any(value in endings for endings in KINDS.values())


def ending(value: str) -> str | None:
    """Return the ending that files have, with its dot; None where no file has such a one."""
    found = _ENDING.fullmatch(value)
    return f".{found[1]}" if found else None


def endings(kind: str) -> tuple[str, ...]:
    """Return the endings, without the dot, of a kind as `kind` returns it."""
    return (kind[1:],) if kind[0] == "." else KINDS[kind]


def document_kinds(kind: str) -> tuple[str, ...]:
    """Return what documents of a kind, as `kind` returns it, may have been found to be when they were read."""
    return () if kind[0] == "." else _WIDE.get(kind, (kind,))
