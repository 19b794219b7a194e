"""Which texts an expression may stand for, by reading the source: nothing is imported or run."""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FIELD = re.compile(r"\{(\w*)[^{}]*\}")
_GOES_ON = re.compile(" [a-z]")
_DEEPEST = 12
Scope = ast.FunctionDef | ast.Lambda | ast.Module


@dataclass(eq=False)
class Module:
    """A parsed module: its path, its nodes, what encloses each of them, and its functions by name."""

    path: str
    tree: ast.Module

    def __post_init__(self) -> None:
        self.nodes = tuple(ast.walk(self.tree))
        self._parents = {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}
        self.functions: dict[str, list[ast.FunctionDef]] = defaultdict(list)
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef):
                self.functions[node.name].append(node)

    @classmethod
    def parsed(cls, path: str) -> Module:
        """Read a module from a file."""
        with open(path, encoding="utf-8") as file:
            return cls(path, ast.parse(file.read(), path))

    def parent(self, node: ast.AST) -> ast.AST | None:
        """Return what a node is a part of."""
        return self._parents.get(node)

    def scopes(self, node: ast.AST) -> Iterator[Scope]:
        """Yield the functions around a node, the inmost first, then the module."""
        above = self.parent(node)
        while above is not None:
            if isinstance(above, Scope):
                yield above
            above = self.parent(above)


class Texts:
    """Follows names to what is assigned to them, calls of functions to what these return, and formats to their values.

    Args:
        modules: those in which names are looked up.
    """

    def __init__(self, modules: Iterable[Module]) -> None:
        self.modules = tuple(modules)
        self.parameters: set[tuple[str, str, str]] = set()
        """Module, function and name of each parameter that was met: what is handed over for it is a text as well."""

    def of(self, node: ast.AST, module: Module, depth: int = 0) -> Iterator[str]:
        """Yield the texts that an expression may stand for, with {named} places for what is only known at run time."""
        if depth > _DEEPEST:
            return
        match node:
            case ast.Constant(value=str(text)):
                yield _FIELD.sub(lambda found: f"{{{found[1] or 'value'}}}", text)
            case ast.JoinedStr():
                yield from templates(node)
            case ast.Name():
                yield from self._named(node, module, depth + 1)
                return
            case ast.Call():
                yield from self._called(node, module, depth + 1)
                return
            case ast.BinOp(op=ast.Add(), right=right):  # what goes on with small letters is a part of one text
                ends = tuple(self.of(right, module, depth + 1))
                yield from (f"{{value}}{end}" if _GOES_ON.match(end) else end for end in ends)
        for part in _parts(node):
            yield from self.of(part, module, depth + 1)

    def _named(self, name: ast.Name, module: Module, depth: int) -> Iterator[str]:
        for scope in module.scopes(name):
            if isinstance(scope, ast.FunctionDef) and name.id in _parameters(scope):
                if _may_be_text(_parameters(scope)[name.id]):
                    self.parameters.add((module.path, scope.name, name.id))
                return
            if values := _assignments(scope).get(name.id):
                for value in values:
                    yield from self.of(value, module, depth)
                return
        yield from self._imported(name.id, module, depth)

    def _imported(self, name: str, module: Module, depth: int) -> Iterator[str]:
        imports = (node for node in module.tree.body if isinstance(node, ast.ImportFrom))
        if any(own.name == name for node in imports for own in node.names):
            for other in self.modules:
                for value in _assignments(other.tree).get(name, ()):
                    yield from self.of(value, other, depth)

    def _called(self, call: ast.Call, module: Module, depth: int) -> Iterator[str]:
        match call.func:
            case ast.Attribute(attr="format" | "get", value=value):
                yield from self.of(value, module, depth)
            case ast.Name(id="str" | "displayable" | "as_label") | ast.Attribute(attr="join"):
                for argument in call.args:
                    yield from self.of(argument, module, depth)
            case ast.Name(id=name):
                for other in self.modules:
                    if other is module or not name.startswith("_"):
                        yield from self.returned(other, name, depth)

    def returned(self, module: Module, name: str, depth: int = 0) -> Iterator[str]:
        """Yield the texts that a function of a module may return."""
        for function in module.functions[name]:
            for node in ast.walk(function):
                if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
                    yield from self.of(node.value, module, depth)


def _parts(node: ast.AST) -> list[ast.expr]:
    """Return the expressions of which one, or all, make up the value of an expression."""
    match node:
        case ast.JoinedStr(values=values):
            held = (own.value for own in values if isinstance(own, ast.FormattedValue))
            return [own for own in held if not _is_choice_of_texts(own)]
        case ast.BinOp(op=ast.Add(), left=left):
            return [left]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.BoolOp(values=values) | ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            return list(values)
        case ast.Starred(value=value) | ast.Subscript(value=value) | ast.NamedExpr(value=value):
            return [value]
        case ast.GeneratorExp(elt=value) | ast.ListComp(elt=value) | ast.Lambda(body=value):
            return [value]
    return []


def _parameters(function: ast.FunctionDef) -> dict[str, ast.expr | None]:
    """Return the parameters of a function, with what they are said to be."""
    given = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return {own.arg: own.annotation for own in given}


def _may_be_text(annotation: ast.expr | None) -> bool:
    """Whether texts may be handed over for a parameter: else all that goes into a header or a model would be one."""
    return annotation is None or re.search(r"\b(str|object)\b", ast.unparse(annotation)) is not None


@functools.cache
def _assignments(scope: Scope) -> dict[str, list[ast.expr]]:
    """Return what is assigned to each name in a function, or at the top of a module."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in scope.body if isinstance(scope, ast.Module) else ast.walk(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    for name, its in _matched(target, value):
                        found[name].append(its)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name].append(value)
            case ast.For(target=ast.Name(id=name), iter=ast.Tuple() as value):
                found[name].append(value)
            case ast.comprehension(target=ast.Name(id=name), iter=ast.Tuple() as value):
                found[name].append(value)
    return dict(found)


def _matched(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, its in zip(targets, values, strict=True):
                yield from _matched(one, its)
        case ast.Tuple(elts=targets), _:
            yield from ((one.id, value) for one in targets if isinstance(one, ast.Name))


def templates(node: ast.JoinedStr) -> Iterator[str]:
    """Yield an f-string with {named} places, once for each way that texts within it are chosen."""
    made: list[tuple[str, dict[str, str]]] = [("", {})]
    for value in node.values:
        if isinstance(value, ast.Constant):
            made = [(text + str(value.value), names) for text, names in made]
        elif isinstance(value, ast.FormattedValue):
            made = [after for before in made for after in _with_value(*before, value.value)]
    yield from (text for text, _ in made)


def _with_value(text: str, names: dict[str, str], value: ast.expr) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a template with one more value; names: what each of its places stands for."""
    match value:
        case ast.IfExp(body=body, orelse=orelse) if _is_choice_of_texts(value):
            for chosen in (body, orelse):
                yield from ((text + own, names) for own in _literal(chosen))
        case ast.BinOp(op=ast.Mult(), left=ast.Constant(value=str(own))):  # there or not
            yield from ((text + own, names), (text, names))
        case _:
            name = _free_name(value, names)
            yield f"{text}{{{name}}}", {**names, name: ast.unparse(value)}


def _is_choice_of_texts(node: ast.expr) -> bool:
    return isinstance(node, ast.IfExp) and _is_text(node.body) and _is_text(node.orelse)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield from templates(node)
    elif isinstance(node, ast.Constant):
        yield str(node.value)


def _free_name(value: ast.expr, names: dict[str, str]) -> str:
    name = _name(value)
    taken = (name if number == 1 else f"{name}_{number}" for number in range(1, len(names) + 2))
    return next(own for own in taken if names.get(own, ast.unparse(value)) == ast.unparse(value))


def _name(value: ast.expr) -> str:
    """Return what a value is called in its expression, in lower case."""
    for node in ast.walk(value):
        match node:
            case ast.Call(func=ast.Name(id="len")):
                return "count"
            case ast.Call(func=ast.Attribute(attr="join"), args=[joined, *_]):
                return _name(joined)
            case ast.Attribute(attr=name) | ast.Name(id=name) if name not in ("type", "os", "path", "join"):
                return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).strip("_").lower()
    return "value"
