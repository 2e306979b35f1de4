"""Where our layer uses what a newer client lacks: file and line, read from the source without an import."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.spec_changes.surface import Gone, Surface

# A model, or a collection of it.
Type = tuple[str, bool]
_COLLECTIONS = {"list", "Sequence", "Iterable", "Iterator", "dict", "Mapping", "tuple", "set"}


@dataclass(frozen=True, order=True)
class Use:
    """A line that uses a part of the client.

    Attributes:
        part: What it uses, such as `operation get_job` or `field Job.name`.
        certain: Whether the type of the value is known; else only the name of an attribute fits.
    """

    part: str
    file: str
    line: int
    certain: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" + ("" if self.certain else " (by its name)")


def uses(root: Path, provider: str, surface: Surface, gone: Gone) -> list[Use]:
    """Return each use of what is gone, in the sources of the layer and of the emulator."""
    result: set[Use] = set()
    for file in layer_files(root, provider):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        reader = _Reader(file.relative_to(root).as_posix(), provider, surface, gone)
        reader.visit(tree)
        result |= reader.uses
    return sorted(result)


def layer_files(root: Path, provider: str) -> list[Path]:
    """Return the files of a provider's package, of its emulator, and others that import its client."""
    marks = (f"providers/{provider}/", f"clouds/{provider}/")
    return [
        file
        for file in sorted((root / "src").rglob("*.py"))
        if any(mark in file.as_posix() for mark in marks)
        or f"anyqpu_raw.{provider}" in file.read_text(encoding="utf-8")
    ]


class _Reader(ast.NodeVisitor):
    """Reads one file, with the types of its variables where they are models of the client."""

    def __init__(self, file: str, provider: str, surface: Surface, gone: Gone) -> None:
        self.file = file
        self.package = f"anyqpu_raw.{provider}"
        self.surface = surface
        self.gone = gone
        self.uses: set[Use] = set()
        self.names: dict[str, str] = {}
        """Local names of imported models."""
        self.types: dict[str, Type] = {}
        remaining = {
            name for kind, names in surface.classes.items() for name in names if (kind, name) not in gone.fields
        }
        self.only_gone = {name: kind for kind, name in gone.fields if name not in remaining}

    def use(self, part: str, node: ast.AST, *, certain: bool = True) -> None:
        self.uses.add(Use(part, self.file, getattr(node, "lineno", 0), certain))

    # Imports

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if module == self.package or module.startswith(f"{self.package}."):
            inside = module.removeprefix(self.package).removeprefix(".")
            for alias in node.names:
                if inside.startswith("models") and alias.name in self.surface.classes:
                    self.names[alias.asname or alias.name] = alias.name
                    self._class(alias.name, node)
                elif inside == "pages":
                    self._pager(alias.name, node)
                self._module(f"{inside}.{alias.name}", node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            if node.value.startswith(f"{self.package}."):
                self._module(node.value.removeprefix(f"{self.package}.").replace(":", "."), node)
            elif node.value in self.gone.ids:
                self.use(f"operation {node.value}", node)
            elif node.value in self.gone.schemes:
                self.use(f"auth scheme {node.value}", node)

    def _module(self, name: str, node: ast.AST) -> None:
        if name in self.gone.modules and name.startswith("api."):
            self.use(f"module {name}", node)

    def _class(self, name: str, node: ast.AST) -> None:
        if name in self.gone.classes:
            self.use(f"model {name}", node)

    def _pager(self, name: str, node: ast.AST) -> None:
        if name in self.gone.pagers:
            self.use(f"pager {name}", node)

    # Functions and variables

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        before = dict(self.types)
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            self._assign(argument.arg, self._declared(argument.annotation))
        self.generic_visit(node)
        self.types = before

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._assign(target.id, self.type_of(node.value))
            else:
                self.visit(target)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._assign(node.target.id, self._declared(node.annotation))
        self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._assign(node.target.id, self.type_of(node.value))
        self.generic_visit(node)

    def visit_For(self, node: ast.For | ast.comprehension) -> None:
        if isinstance(node.target, ast.Name):
            items = self.type_of(node.iter)
            self._assign(node.target.id, (items[0], False) if items else None)
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        # The variables first: in the source they come last.
        for part in node.generators:
            self.visit_For(part)
        self.generic_visit(node)

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp

    def _assign(self, name: str, kind: Type | None) -> None:
        self.types.pop(name, None)
        if kind:
            self.types[name] = kind

    # Uses

    def visit_Attribute(self, node: ast.Attribute) -> None:
        owner, name = _last(node.value), node.attr
        if owner in ("raw", "_raw", "pages") and (operation := name) in self.gone.methods:
            self.use(f"operation {self.surface.methods[operation].id}", node)
        elif owner == "models":
            self._class(name, node)
        elif owner == "pages":
            self._pager(name, node)
        elif kind := self.type_of(node.value) or self._class_named(node.value):
            if not kind[1] and (kind[0], name) in self.gone.fields:
                self.use(f"field {kind[0]}.{name}", node)
        elif self.names and name in self.only_gone and owner not in ("self", "cls"):
            self.use(f"field {self.only_gone[name]}.{name}", node, certain=False)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        # The emulator reads the parameters of a path by the names in the document.
        name = getattr(node.slice, "value", None)
        if _last(node.value) == "path_params" and name in self.gone.in_paths:
            self.use(f"path parameter {name}", node, certain=self.gone.in_paths[name])
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        if _last(function) == "partial" and node.args:
            function = node.args[0]
        words = [(word.arg, word.value) for word in node.keywords if word.arg]
        if _last(getattr(function, "value", None)) in ("raw", "_raw", "pages"):
            for name, value in words:
                if (getattr(function, "attr", ""), name) in self.gone.parameters:
                    self.use(f"parameter {name} of {function.attr}", value)  # type: ignore[attr-defined]
        elif kind := self._class_named(function):
            for name, value in words:
                if (kind[0], name) in self.gone.fields:
                    self.use(f"field {kind[0]}.{name}", value)
        self.generic_visit(node)

    # Types

    def type_of(self, node: ast.AST | None) -> Type | None:
        """Return the model that an expression gives, if that can be seen from its source."""
        match node:
            case ast.Name(id=name):
                return self.types.get(name)
            case ast.Await(value=value) | ast.NamedExpr(value=value) | ast.Starred(value=value):
                return self.type_of(value)
            case ast.Attribute(value=value, attr=name):
                kind = self.type_of(value)
                return self._declared_in(self.surface.classes.get(kind[0], {}).get(name, "")) if kind else None
            case ast.Subscript(value=value):
                kind = self.type_of(value)
                return (kind[0], False) if kind else None
            case ast.BoolOp(values=values):
                return next(filter(None, map(self.type_of, values)), None)
            case ast.IfExp(body=body, orelse=other):
                return self.type_of(body) or self.type_of(other)
            case ast.Call(func=function):
                return self._type_of_call(node, function)
        return None

    def _type_of_call(self, node: ast.Call, function: ast.expr) -> Type | None:
        if kind := self._class_named(function):
            return kind
        if isinstance(function, ast.Attribute):
            if _last(function.value) in ("raw", "_raw") and function.attr in self.surface.methods:
                return self._declared_in(self.surface.methods[function.attr].returns)
            if function.attr == "from_dict":
                return self._class_named(function.value)
            return None
        # A function such as `or_none(x)` or `sound(x)` gives what it takes.
        return self.type_of(node.args[0]) if len(node.args) == 1 else None

    def _class_named(self, node: ast.AST | None) -> Type | None:
        """Return the model that an expression names."""
        if isinstance(node, ast.Name) and node.id in self.names:
            return self.names[node.id], False
        if isinstance(node, ast.Attribute) and _last(node.value) == "models" and node.attr in self.surface.classes:
            return node.attr, False
        return None

    def _declared(self, annotation: ast.AST | None) -> Type | None:
        """Return the model of an annotation in our own source."""
        if annotation is None:
            return None
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            annotation = ast.parse(annotation.value, mode="eval").body
        named = next(filter(None, map(self._class_named, ast.walk(annotation))), None)
        return (named[0], _is_collection(annotation)) if named else None

    def _declared_in(self, annotation: str) -> Type | None:
        """Return the model of an annotation in the generated source, which has the models under their own names."""
        tree = ast.parse(annotation or "None", mode="eval").body
        names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in self.surface.classes]
        return (names[0], _is_collection(tree)) if names else None


def _is_collection(annotation: ast.AST) -> bool:
    return any(_last(node.value) in _COLLECTIONS for node in ast.walk(annotation) if isinstance(node, ast.Subscript))


def _last(node: ast.AST | None) -> str:
    """Return the last name of `a.b.c`, or nothing."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def readers(root: Path, provider: str, model: str) -> Iterator[tuple[str, int, str]]:
    """Yield (file, line, function) of the layer's functions that take a model."""
    for file in layer_files(root, provider):
        if f"providers/{provider}/" not in file.as_posix():
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("models")
            for alias in node.names
            if alias.name == model
        } | {f"models.{model}"}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                taken = [ast.unparse(argument.annotation) for argument in node.args.args if argument.annotation]
                if names & set(taken):
                    yield file.relative_to(root).as_posix(), node.lineno, node.name


def grouped(uses: Iterable[Use]) -> Mapping[str, list[Use]]:
    """Return the uses by what they use."""
    result: dict[str, list[Use]] = {}
    for use in uses:
        result.setdefault(use.part, []).append(use)
    return result
