from __future__ import annotations

import pytest

from bge_desktop.extract.document import Document
from bge_desktop.extract.format import Source
from bge_desktop.extract.formats import extract
from bge_desktop.extract.source_code import read_code
from tests.unit.extract.office_files import source


def _read(name: str, text: str) -> Document:
    whole = source(text.encode())
    return read_code(Source(name, whole.data, whole.read_member, whole.allowance))


CASES = [
    ("a.py", "class A:\n    async def b(self):\n        pass", ["line 1: class A", "line 2: async def b"]),
    ("a.js", "export function a() {}\nconst b = async (x) => 1", ["line 1: export function a", "line 2: const b"]),
    (
        "a.ts",
        "export interface A {}\nclass B {\n  run(x) {\n    if (x) {\n",
        ["line 1: export interface A", "line 2: class B", "line 3: run"],
    ),
    ("a.c", "int f(int);\nstatic int\ng(void)\n{\n  return f(1);\n}", ["line 3: g"]),
    ("a.cpp", "namespace n {\nvoid A::run(int a) {\n  while (a) {}\n}", ["line 1: namespace n", "line 2: void A::run"]),
    (
        "a.java",
        "public class A {\n    public static void main(String[] a) {\n",
        ["line 1: public class A", "line 2: public static void main"],
    ),
    ("a.go", "func (s *Server) Run() error {\n}\ntype T struct {", ["line 1: func (s *Server) Run", "line 3: type T"]),
    ("a.rs", "impl<T> A for B {\n    pub(crate) fn c() {}", ["line 1: impl<T> A", "line 2: pub(crate) fn c"]),
    ("a.rb", "module A\n  def self.b?\n", ["line 1: module A", "line 2: def self.b?"]),
    ("a.sh", "one() {\n  two\n}\nfunction three {", ["line 1: one"]),
    ("a.el", "(defun a-b (x)\n  (let ((y 1))))", ["line 1: (defun a-b"]),
    ("a.hs", "data A = B\nrun :: Int -> Int\nrun x = x", ["line 1: data A", "line 2: run"]),
    ("a.sql", "CREATE TABLE IF NOT EXISTS birds (id INT);", ["line 1: CREATE TABLE IF NOT EXISTS birds"]),
    ("a.f90", "subroutine wait(x)\nend subroutine wait", ["line 1: subroutine wait"]),
    ("a.tf", 'resource "a" "b" {\n}', ['line 1: resource "a" "b"']),
    (
        "methods.py",
        "class A:\n    class B:\n        class C:\n            async def d(self):\n                x = 1",
        ["line 1: class A", "line 2: class B", "line 3: class C", "line 4: async def d"],
    ),
    (
        "methods.js",
        "class A {\n  constructor(b) {\n    if (b) {\n  #c(x) {\n  get d() { return 1 }\n  e = (x) => x\n}\n"
        "A.prototype.f = function (x) {\n  it('waits', function () {\n  } else if (x) {\n",
        ["line 1: class A", "line 2: constructor", "line 4: #c", "line 5: get d", "line 6: e", "line 8: A.prototype.f"],
    ),
    (
        "methods.ts",
        "class A {\n  private b(x: number): void {\n  public async c<T>(x: T): Promise<T> {\n  return d(x) {\n",
        ["line 1: class A", "line 2: private b", "line 3: public async c<T>"],
    ),
    (
        "methods.java",
        "class A {\n    A() {\n    Map<B, C> d(int e) throws F {\n    for (int i : g) {\n    new H(i) {\n    j();\n",
        ["line 1: class A", "line 2: A", "line 3: Map<B, C> d"],
    ),
    (
        "methods.cpp",
        "class A {\npublic:\n    A(int b) : c(b) {\n    ~A() {}\n    int d() const { return c; }\n    while (c) {\n",
        ["line 1: class A", "line 3: A", "line 4: ~A", "line 5: int d"],
    ),
    (
        "methods.cs",
        "    class A {\n        void B() {\n        foreach (var c in d) {\n        lock (c) {\n",
        ["line 1: class A", "line 2: void B"],
    ),
    (
        "methods.dart",
        "class A {\n  Future<int> b(int c) async {\n  switch (c) {\n",
        ["line 1: class A", "line 2: Future<int> b"],
    ),
    ("methods.vue", "  methods: {\n    a() {\n      b()\n", ["line 2: a"]),
    ("Makefile", ".PHONY: all\nall: a.o\n\tcc\nX := 1", ["line 2: all"]),
    ("Dockerfile", "FROM debian AS base\nRUN true", ["line 1: FROM debian AS base"]),
    ("tool", "#!/usr/bin/env bash\nrun() {\n}", ["line 2: run"]),
]


@pytest.mark.parametrize(("name", "text", "labels"), CASES, ids=[name for name, *_ in CASES])
def test_definitions_are_places(name: str, text: str, labels: list[str]) -> None:
    assert [place.label.strip() for place in _read(name, text).places] == labels


def test_a_definition_begins_with_the_comments_and_decorators_above_it() -> None:
    document = _read("a.py", "import x\n\n# 等待\n@cached\ndef wait():\n    pass\n")
    assert [(document.text[place.start :].split("\n")[0], place.label) for place in document.places] == [
        ("# 等待", "line 5: def wait")
    ]


def test_large_definitions_are_passages_of_their_own() -> None:
    body = "    value = 1  # a line of a function\n" * 40
    document = _read("a.py", f"def a():\n{body}\ndef b():\n    pass\n\ndef c():\n    pass\n")
    assert [place.divides for place in document.places] == [True, True, False]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert _read("a.c", "/* a */\r\n\f\r\nint f(void)\r\n{").places[0].label == "line 3: int f"


def test_the_text_is_as_it_was() -> None:
    text = "def f():\n\treturn  1   \n\n\n\nx"
    assert extract("a.py", text.encode()).text == text
    assert extract("run", b"#!/bin/sh\necho").kind == "code"
