"""Which icon stands for which kind of file."""

from __future__ import annotations

from bge_desktop.extract.code_languages import ENDINGS as CODE_ENDINGS

_ENDINGS = {
    "pdf": "pdf",
    "word": "docx docm dotx dotm doc dot wps odt ott fodt rtf",
    "web": "htm html xhtml shtml mht mhtml url desktop webloc",
    "text": "txt text log md markdown mdown mkd mdx rmd qmd man mdoc tex latex ltx rst rest org adoc asciidoc srt vtt "
    "ass ssa",
    "slides": "pptx pptm ppsx potx ppt pps odp otp fodp",
    "sheet": "xlsx xlsm xltx xltm xlsb xls xlt et ods ots fods csv tsv tab",
    "book": "epub mobi azw azw3",
    "email": "eml emlx mbox mbx msg",
    "calendar": "ics ical ifb vcs",
    "contact": "vcf vcard",
    "archive": "zip tar tgz tbz2 txz tzst gz bz2 xz zst 7z rar",
    "image": "png jpg jpeg tif tiff gif bmp webp avif heic heif svg psd",
    "audio": "mp3 flac ogg oga opus m4a m4b wav aiff aif wma aac",
    "video": "mp4 m4v mov mkv webm avi wmv mpg mpeg ogv",
    "code": "ipynb json jsonl ndjson yaml yml toml ini xml",
}
KIND_ICONS = {
    **dict.fromkeys((ending.removeprefix(".") for ending in CODE_ENDINGS), "code"),
    **{ending: icon for icon, endings in _ENDINGS.items() for ending in endings.split()},
}
"""The names of icons, by the endings of files in lower case, without the dot."""
