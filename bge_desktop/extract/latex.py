r"""LaTeX, made readable: commands go, their text stays; sections are headings, and maths keeps its signs.

Macros are not expanded and nothing is included. The source is read once, from token to token, and no pattern looks
further than some hundred characters ahead: the time is linear in the size of the file, however deep its braces are.
"""

from __future__ import annotations

import re
import unicodedata

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.latex_symbols import ACCENTS, SYMBOLS
from bge_desktop.extract.outline import Outline

_BODY = r"\begin{document}"
_END = r"\end{document}"
_GROUP = r"\{((?:[^{}\\]{1,5000}+|\\.|\{[^{}]{0,300}+\}){0,60}+)\}"
_OPTION = r"(?:\s{0,3}\[[^\[\]]{0,500}\])"
_TITLE = re.compile(rf"\\title{_OPTION}?\s{{0,3}}{_GROUP}", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\){0,20})%[^\n]*(?:\n[ \t]*(?=\S))?")
_VERBATIM = r"\\begin\{(?P<verbatim>verbatim\*?|lstlisting|minted|Verbatim|alltt|comment)\}"
_TOKEN = re.compile(
    rf"{_VERBATIM}"
    rf"|\\(?P<sectioning>part|chapter|(?:sub){{0,2}}section|(?:sub)?paragraph|frametitle)\*?{_OPTION}?\s{{0,3}}{_GROUP}"
    rf"|\\(?:begin|end)\s{{0,3}}\{{(?P<environment>[^{{}}]{{1,60}})\}}{_OPTION}?"
    rf"|\\(?P<accent>[`'^\"~=.]|[uvHckrd](?![A-Za-z]))\s{{0,3}}"
    r"(?:\{\s{0,3}\\?(?P<braced>\w)\s{0,3}\}|\\?(?P<letter>\w))"
    r"|\\verb\*?(?P<bar>[^\sA-Za-z])(?P<verb>[^\n]{0,300}?)(?P=bar)"
    r"|\\(?P<name>[A-Za-z@]+)\*?"
    r"|\\(?P<escaped>[\s\S])"
    r"|(?P<dashes>---?|``|''|[~{}&]|\$\$?)"
)
_SILENT = frozenset(
    {"label", "ref", "eqref", "pageref", "autoref", "cref", "Cref", "cite", "citep", "citet", "nocite", "citeauthor"}
    | {"includegraphics", "input", "include", "bibliography", "bibliographystyle", "usepackage", "documentclass"}
    | {"vspace", "hspace", "setlength", "addtolength", "setcounter", "addtocounter", "pagestyle", "thispagestyle"}
    | {"newcommand", "renewcommand", "providecommand", "newenvironment", "newtheorem", "DeclareMathOperator"}
    | {"color", "textcolor", "hypersetup", "geometry", "graphicspath", "addbibresource", "index", "pagenumbering"}
    | {"RequirePackage", "fontsize", "selectfont", "linespread", "definecolor", "lstset", "usetikzlibrary"}
    | {"href", "hypertarget"}
)
_ARGUMENTS = re.compile(rf"(?:{_OPTION}|\s{{0,3}}{_GROUP}){{0,4}}")
_ONE_ARGUMENT = re.compile(rf"{_OPTION}{{0,2}}\s{{0,3}}{_GROUP}")
# What stands for an item until its line is written; its mark may be a sign that is no character here.
_ITEM = re.compile(r"\s{0,9}\x07\s{0,9}(?:\[\s{0,9}\]\s{0,9})?")
_OPTIONS = re.compile(rf"{_OPTION}{{1,2}}")
_TAKES_ONE = _SILENT - {"newcommand", "renewcommand", "providecommand", "newenvironment", "newtheorem"}
_DRAWN = frozenset({"tikzpicture", "comment", "filecontents", "pspicture", "thebibliography*"})
_WITH_COLUMNS = frozenset({"tabular", "array", "longtable", "minipage", "multicols", "thebibliography", "wrapfigure"})
_WRITTEN = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": "", "&": " | ", "$": "", "$$": ""}
_ESCAPED = {"\\": "\n", ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "(": "", ")": "", "[": "\n", "]": "\n"}
_HIDDEN = frozenset({"!", "/", "-", "@", "\\"})
_BREAKS = {
    "par": "\n\n",
    "newline": "\n",
    "item": "\x07",
    "quad": " ",
    "qquad": " ",
    "maketitle": "",
    "tabularnewline": "\n",
}
_FRACTION = re.compile(r"\{([^{}\\]{1,60})\}\s{0,3}\{([^{}\\]{1,60})\}")
_OPERATORS = frozenset(
    {"sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min", "sup", "inf", "det", "gcd", "arg"}
)


def read_latex(data: bytes) -> Document:
    r"""Return the readable text, from `\begin{document}` to its end where there is one. The title is its `\title`."""
    source = _COMMENT.sub(r"\1", decode(data))
    title = _TITLE.search(source)
    begin = source.find(_BODY)
    body = source[begin + len(_BODY) : _end(source)] if begin >= 0 else source
    writer = _Writer()
    if title:
        writer.heading(title[1])
    writer.read(body)
    return writer.document(one_line(plain(title[1])) if title else "")


def plain(source: str) -> str:
    """Return a piece of LaTeX, such as a title, as text."""
    writer = _Writer()
    writer.read(source)
    return writer.document("").text


def _end(source: str) -> int:
    end = source.rfind(_END)
    return end if end >= 0 else len(source)


class _Writer:
    """Writes what the tokens of a source print."""

    def __init__(self) -> None:
        self._outline = Outline()
        self._text: list[str] = []
        self._unclosed: set[str] = set()  # environments that have no further end: looked for but once

    def document(self, title: str) -> Document:
        """Return what was written."""
        self._flush()
        return Document(self._outline.text, title, "latex", self._outline.places)

    def heading(self, source: str) -> None:
        """Write a heading."""
        self._flush()
        self._outline.heading(one_line(plain(source)) if "\\" in source or "{" in source else one_line(source))

    def read(self, source: str) -> None:
        """Write all of a source."""
        position = 0
        while token := _TOKEN.search(source, position):
            self._text.append(source[position : token.start()])
            position = self._write(token, source)
        self._text.append(source[position:])

    def _write(self, token: re.Match[str], source: str) -> int:
        """Write what a token prints; return where reading goes on."""
        if token["verbatim"]:
            return self._verbatim(token, source)
        if token["sectioning"]:
            self.heading(token[3])
        elif token["environment"]:
            return self._environment(token, source)
        elif token["accent"]:
            letter = (token["braced"] or token["letter"]) + ACCENTS[token["accent"]]
            self._text.append(unicodedata.normalize("NFC", letter))
        elif token["name"]:
            return self._command(token["name"], source, token.end())
        else:
            self._text.append(_printed(token))
        return token.end()

    def _verbatim(self, token: re.Match[str], source: str) -> int:
        name = token["verbatim"]
        end = source.find(f"\\end{{{name}}}", token.end())
        end = len(source) if end < 0 else end
        if name != "comment":
            self._text += ("\n\n", source[token.end() : end], "\n\n")
        return end

    def _environment(self, token: re.Match[str], source: str) -> int:
        self._text.append("\n" if token["environment"] in ("itemize", "enumerate", "description") else "\n\n")
        name = token["environment"]
        if name in _WITH_COLUMNS and not token[0].startswith("\\e"):
            columns = _ONE_ARGUMENT.match(source, token.end())
            return columns.end() if columns else token.end()
        if name not in _DRAWN or name in self._unclosed or token[0].startswith("\\e"):
            return token.end()
        end = source.find(f"\\end{{{name}}}", token.end())
        if end < 0:
            self._unclosed.add(name)
            return token.end()
        return end

    def _command(self, name: str, source: str, end: int) -> int:
        """Write what a command prints; return where its arguments that are not to be read end."""
        self._text.append(_BREAKS.get(name) or SYMBOLS.get(name) or (name if name in _OPERATORS else ""))
        if name == "footnote":
            self._text.append(" ")
        if name in _SILENT:
            pattern = _ONE_ARGUMENT if name in _TAKES_ONE else _ARGUMENTS
            arguments = pattern.match(source, end)
            return arguments.end() if arguments else end
        fraction = _FRACTION.match(source, end) if name.endswith("frac") else None
        if fraction:
            self._text.append(f"{fraction[1]}/{fraction[2]}")
            return fraction.end()
        options = _OPTIONS.match(source, end) if name not in SYMBOLS and name not in _BREAKS else None
        return options.end() if options else end

    def _flush(self) -> None:
        for line in _ITEM.sub("\n- ", "".join(self._text)).split("\n"):
            self._outline.line(line)
        self._text = []


def _printed(token: re.Match[str]) -> str:
    """Return what an escaped character, a dash, a brace or the like prints."""
    if token["bar"]:
        return token["verb"] or ""
    escaped = token["escaped"]
    if escaped:
        return _ESCAPED.get(escaped, "" if escaped in _HIDDEN else escaped)
    return _WRITTEN[token["dashes"]]
