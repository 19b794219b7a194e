"""Programming languages: the endings of their files, the interpreters that name them, and what a definition looks like.

A definition is recognised by its line alone: a word such as `def` or `class` with a name after it, or, in the family
of C, a name with brackets after it at the beginning of a line. Every pattern looks at one line of bounded length.
"""

from __future__ import annotations

import re

_WORDS_BEFORE = (
    r"(?:(?:export|default|declare|pub(?:\([^)]{0,40}\))?|public|private|protected|internal|static|final|abstract|async"
    r"|unsafe|extern(?: \"C\")?|inline|virtual|override|sealed|open|data|partial|local|const|constexpr|suspend|pure"
    r"|readonly|required|fileprivate|mutating|noncomputable|recursive|elemental|synchronized|native|case|inner|value"
    r"|lateinit|operator|infix|tailrec|implicit|lazy|final|global|module|generic)\s+){0,6}"
)
_NAME = r"[\w$~][\w.:$@!?*~<>+/-]{0,80}"
_KEYWORDS = (
    r"(?:def|defp|defmodule|defmacro|class|function\*?|func|fun|fn|impl(?:<[^>]{0,60}>)?|trait|struct|enum|union"
    r"|interface|module|namespace|object|protocol|extension|actor|macro_rules!|sub|proc|procedure|package|record"
    r"|subroutine|program"
    r"|service|message|mixin|contract|library|theorem|lemma|instance|newtype|data|type|mod|method|macro|entity"
    r"|architecture)"
)
_DECLARATION = (
    rf"[ \t]{{0,8}}{_WORDS_BEFORE}{_KEYWORDS}\s+(?:\([^()]{{0,80}}\)\s*)?{_NAME}"
    rf"|[ \t]{{9,24}}(?:async\s+)?(?:def|class)\s+{_NAME}(?=\s*[(:])"
)
_NO_NAMES = (
    r"(?!(?:if|for|while|switch|return|else|do|case|catch|using|throw|new|delete|sizeof|defined|typedef|goto|elif)\b)"
)
# At the beginning of a line: "static int load_index(const char *path)"; a call or a prototype ends with a semicolon.
_C = (
    rf"{_NO_NAMES}(?:[A-Za-z_][\w \t*&:<>,~\[\]]{{0,120}}?[ \t*&>])?[A-Za-z_~][\w:~]{{0,80}}[ \t]{{0,3}}"
    r"(?=\([^;]{0,300}$)"
)
# In a class: "    public static void main(String[] args) {"
_METHOD = (
    r"[ \t]{1,8}(?:(?:public|private|protected|internal|static|final|abstract|async|override|virtual)\s+){1,5}"
    r"[\w<>\[\],.? \t]{0,100}?[\w$]{1,80}[ \t]{0,2}(?=\([^;]{0,300}$)"
)
# There, without a word that says so: "    int size() const {"
_BRACED = (
    r"[ \t]{1,12}+(?!(?:foreach|lock|fixed|synchronized|with|await|yield|assert|when|match|function)\b)"
    rf"{_NO_NAMES}(?:[\w$~<][\w$~<>\[\],.?:&* \t]{{0,100}}[ \t*&>])?"
    r"[*#~]?[\w$]{1,80}(?:<[^<>(){};]{0,80}>)?[ \t]?"
    r"(?=\([^;{}()]{0,200}\)(?:\s*:[^;{}]{0,200}|[^;{}()=]{0,120})\{)"
)
_SCRIPT = (
    rf"(?:export\s+)?(?:const|let|var)\s+{_NAME}"
    r"(?=\s*=\s*(?:async\s*)?(?:function\b|\([^)]{0,200}\)\s*(?::[^=]{0,80})?=>|\w+\s*=>))"
    r"|[ \t]{0,8}(?:static\s+|readonly\s+|private\s+|public\s+){0,3}[\w$.#]{1,80}"
    r"(?=\s*=\s*(?:async\s*)?(?:function\b|\([^()]{0,200}\)\s*(?::[^={]{0,80})?=>))"
)
_SHELL = r"(?:function\s+)?[\w:.-]{1,80}(?=\s*\(\s*\))"
_LISP = r"\((?:def[\w-]{0,20}|define(?:-[\w-]{1,20})?|cl-defun|ns)\s+\(?[^\s()]{1,80}"
_ML = (
    r"(?:let(?:\s+rec)?|and|val|type|module|exception)\s+[\w']{1,80}|[a-z][\w']{0,80}(?=\s+::\s)"
    r"|(?:data|newtype|class|instance)\s+\S{1,80}"
)
_SQL = (
    r"(?i:create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|unique\s+|materialized\s+)?"
    r"(?:table|view|function|procedure|trigger|index|type|schema|sequence|database)\s+(?:if\s+not\s+exists\s+)?[^\s(;]{1,80})"
)
_BASIC = (
    r"(?i:[ \t]{0,8}(?:(?:public|private|friend|static|shared)\s+){0,3}"
    r"(?:sub|function|class|module|property|type)\s+\w{1,80})"
)
_FORTRAN = (
    r"(?i:[ \t]{0,8}(?!end\b)(?:[\w(),=*]{1,20}\s+){0,3}"
    r"(?:subroutine|function|program|module|procedure|task|package)\s+\w{1,80})"
)
_R = r"[\w.]{1,80}(?=\s*(?:<-|=)\s*function\b)"
_MAKE = r"(?!\.)(?:[\w./%$()-]{1,80})(?=\s*::?(?:[^=]|$))|define\s+\S{1,80}"
_CMAKE = r"(?i:(?:function|macro|add_executable|add_library|project)\s{0,3}\(\s{0,3}[\w-]{1,80})"
_TERRAFORM = r'(?:resource|data|module|variable|output|provider|locals)(?:\s+"[^"\n]{1,80}"){0,2}(?=\s*\{)'
_ASSEMBLER = r"[A-Za-z_.][\w.$]{1,80}(?=:)"
_ERLANG = r"[a-z]\w{0,80}(?=\([^)]{0,200}\)\s*(?:when\s[^>]{0,100})?->)"
_DOCKER = r"(?i:FROM\s+\S{1,120}(?:\s+AS\s+\S{1,40})?)"
_STYLE = r"[^\s{}/@][^{};]{0,120}(?=\s*\{)|@media[^{;]{1,100}"

_FAMILIES: dict[str, tuple[str, str]] = {
    "declared": (
        _DECLARATION,
        "py pyw pyi pyx rb rake gemspec ex exs go rs swift kt kts scala sc php phtml pl pm t lua jl nim cr groovy"
        " gradle zig v vala d graphql gql proto thrift sol move cairo tcl awk coffee pas pp hx ino",
    ),
    "C": (rf"{_DECLARATION}|{_C}|{_BRACED}", "c h cc cpp cxx hh hpp hxx m mm cu cuh glsl frag vert hlsl"),
    "Java": (rf"{_DECLARATION}|{_METHOD}|{_BRACED}", "java cs"),
    "Dart": (rf"{_DECLARATION}|{_BRACED}", "dart"),
    "script": (rf"{_DECLARATION}|{_SCRIPT}|{_BRACED}", "js mjs cjs jsx ts mts cts tsx es6 vue svelte"),
    "shell": (_SHELL, "sh bash zsh ksh fish bats ebuild"),
    "Lisp": (_LISP, "lisp lsp cl el scm ss rkt clj cljs cljc edn fnl"),
    "ML": (_ML, "hs lhs ml mli fs fsi fsx elm purs sml agda idr"),
    "SQL": (_SQL, "sql ddl pgsql plsql"),
    "Basic": (_BASIC, "vb vbs bas cls"),
    "Fortran": (_FORTRAN, "f f77 f90 f95 f03 f08 for adb ads vhd vhdl"),
    "R": (rf"{_R}|{_DECLARATION}", "r"),
    "make": (_MAKE, "mk mak"),
    "CMake": (_CMAKE, "cmake"),
    "Terraform": (_TERRAFORM, "tf hcl"),
    "assembler": (_ASSEMBLER, "s asm"),
    "Erlang": (_ERLANG, "erl hrl"),
    "PowerShell": (rf"(?i:{_DECLARATION})", "ps1 psm1 matlab sas"),
    "Docker": (_DOCKER, "dockerfile containerfile"),
    "style": (_STYLE, "css scss sass less"),
    "none": (r"(?!)", "bat cmd nix diff patch"),
}
_NAMES = {
    "makefile": "make",
    "gnumakefile": "make",
    "cmakelists.txt": "CMake",
    "dockerfile": "Docker",
    "containerfile": "Docker",
    "rakefile": "declared",
    "gemfile": "declared",
    "vagrantfile": "declared",
    "jenkinsfile": "declared",
    "pkgbuild": "shell",
    "sconstruct": "declared",
}
_INTERPRETERS = {
    **dict.fromkeys(("sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "bats"), "shell"),
    **dict.fromkeys(("node", "deno", "bun"), "script"),
    **dict.fromkeys(("guile", "racket", "emacs", "sbcl", "clisp"), "Lisp"),
    **dict.fromkeys(("make",), "make"),
    **dict.fromkeys(("Rscript",), "R"),
}
_OF_ENDING = {f".{ending}": family for family, (_, endings) in _FAMILIES.items() for ending in endings.split(" ")}
_PATTERNS = {family: re.compile(pattern) for family, (pattern, _) in _FAMILIES.items()}
_SHEBANG = re.compile(r"#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-\S+[ \t]+){0,3})?(?:\S*/)?([A-Za-z]+)")

ENDINGS = (*_OF_ENDING, *_NAMES)
"""The endings of files that are source code, and whole names: ".py", "makefile"."""


def definitions(ending: str, name: str, first_line: str) -> re.Pattern[str]:
    """Return what the lines look like that define something, in the language of a file.

    Args:
        ending: of its name, in lower case, with the dot.
        name: its whole name in lower case.
        first_line: which may name the interpreter.
    """
    interpreter = _SHEBANG.match(first_line)
    family = _NAMES.get(name) or _OF_ENDING.get(ending) or (_INTERPRETERS.get(interpreter[1]) if interpreter else None)
    return _PATTERNS[family or "declared"]
