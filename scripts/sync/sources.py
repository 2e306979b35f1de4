"""The modules of the package as their files define them: classes, and where names come from."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path

from anyqpu.sync.blocking import ASYNCHRONOUS, NAMES

# Special methods that the run-time classes do not have, or that `object` describes as well.
LEFT_OUT = {"__init__", "__repr__", "__reduce__", "__post_init__", "__getattr__", "__eq__", "__hash__", "__new__"}

Target = tuple[str, str]
"""A module, and a name in it; no name for the module itself."""


class Source:
    """One module: its classes, and where its names come from."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.tree = ast.parse(file.read_text(encoding="utf-8"))
        self.is_package = file.name == "__init__.py"

    @cached_property
    def definitions(self) -> dict[str, ast.stmt]:
        """The statements that define names."""
        named: dict[str, ast.stmt] = {}
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                named[node.name] = node
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        named[target.id] = node
        return named

    @cached_property
    def imports(self) -> dict[str, Target]:
        """The module and name of what is imported, also for type checkers only; no name for a module."""
        imported: dict[str, Target] = {}
        blocks = [self.tree.body]
        blocks += [
            node.body
            for node in self.tree.body
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        ]
        for node in [statement for block in blocks for statement in block]:
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    imported[alias.asname or alias.name] = (self._module(node), alias.name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    imported[alias.asname or alias.name] = (alias.name, "")
        return imported

    def _module(self, node: ast.ImportFrom) -> str:
        package = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        base = package[: len(package) - node.level + 1] if node.level else []
        return ".".join([*base, *([node.module] if node.module else [])])


class Sources:
    """The modules of the package, read from their files."""

    def __init__(self, root: Path) -> None:
        self._roots = (root / "src", root / "generated")
        self._read: dict[str, Source | None] = {}
        self._blocking: dict[Target, bool] = {}

    def module(self, name: str) -> Source | None:
        """Return a module of this repository; None for others."""
        if name not in self._read:
            paths = [root / name.replace(".", "/") for root in self._roots]
            files = [file for path in paths for file in (path.with_suffix(".py"), path / "__init__.py")]
            file = next((file for file in files if file.exists()), None)
            self._read[name] = None if file is None else Source(name, file)
        return self._read[name]

    def resolve(self, module: str, name: str) -> Target:
        """Return the module that defines a name, and its name there; no name for a module."""
        source = self.module(module)
        if source is None or name in source.definitions:
            return module, name
        if name in source.imports:
            target, attribute = source.imports[name]
            if target == module:
                return module, name
            return self.resolve(target, attribute) if attribute else (target, "")
        return (f"{module}.{name}", "") if self.module(f"{module}.{name}") else self._lazy(source, name)

    def _lazy(self, source: Source, name: str) -> Target:
        """Return the place of a name that a package imports when it is used."""
        if not source.is_package:
            raise LookupError(f"{source.name} does not define {name}")
        value = getattr(import_module(source.name), name)
        return value.__module__, value.__qualname__

    def class_of(self, target: Target) -> ast.ClassDef | None:
        """Return the definition of a class; None for anything else."""
        source = self.module(target[0])
        node = None if source is None else source.definitions.get(target[1])
        return node if isinstance(node, ast.ClassDef) else None

    def is_blocking(self, target: Target) -> bool:
        """Return whether a class is asynchronous, or mentions one that is."""
        if target not in self._blocking:
            # Classes that mention each other end here.
            self._blocking[target] = False
            node = self.class_of(target)
            self._blocking[target] = node is not None and self._is_blocking(target[0], node)
        return self._blocking[target]

    def _is_blocking(self, module: str, node: ast.ClassDef) -> bool:
        for member in public_members(node):
            if isinstance(member, ast.AsyncFunctionDef):
                return True
            if isinstance(member, ast.FunctionDef):
                returns = ast.unparse(member.returns) if member.returns else ""
                if member.name in NAMES or ASYNCHRONOUS.search(returns):
                    return True
        annotations = [*node.bases, *(note for member in public_members(node) for note in annotations_of(member))]
        annotations += [note for _, note in attributes(node)]
        return any(self.is_blocking(target) for note in annotations for target in self.names_in(module, note))

    def names_in(self, module: str, annotation: ast.expr) -> Iterator[Target]:
        """Yield the places of the names in an annotation."""
        source = self.module(module)
        assert source is not None
        for node in ast.walk(unquoted(annotation)):
            if isinstance(node, ast.Name) and (node.id in source.definitions or node.id in source.imports):
                yield self.resolve(module, node.id)


def public_members(node: ast.ClassDef) -> list[ast.stmt]:
    """Return the statements of a class that define its public names."""
    return [member for member in node.body if is_public(name_of(member))]


def name_of(member: ast.stmt) -> str:
    if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
        return member.name
    if isinstance(member, ast.Assign) and len(member.targets) == 1 and isinstance(member.targets[0], ast.Name):
        return member.targets[0].id
    return member.target.id if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name) else "_"


def is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__") and name not in LEFT_OUT)


def annotations_of(member: ast.stmt) -> list[ast.expr]:
    """Return the annotations of an attribute or function."""
    if isinstance(member, ast.AnnAssign):
        return [member.annotation]
    if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
        arguments = member.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        notes = [argument.annotation for argument in every if argument is not None]
        return [note for note in [*notes, member.returns] if note is not None]
    return []


# Types of expressions whose values `__init__` assigns.
OPTIONAL_TEXT = ast.parse("str | None", mode="eval").body
EXPRESSIONS: Mapping[str, ast.expr] = {"position.token": OPTIONAL_TEXT, "start": OPTIONAL_TEXT}


def attributes(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """Yield the public attributes that `__init__` sets, with their annotations."""
    start = next((item for item in node.body if name_of(item) == "__init__"), None)
    if not isinstance(start, ast.FunctionDef):
        return
    types = {argument.arg: argument.annotation for argument in [*start.args.args, *start.args.kwonlyargs]}
    for statement in start.body:
        target: ast.expr | None = None
        note: ast.expr | None = None
        if isinstance(statement, ast.AnnAssign):
            target, note = statement.target, statement.annotation
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], ast.unparse(statement.value)
            note = types.get(value) or EXPRESSIONS.get(value)
        if isinstance(target, ast.Attribute) and not target.attr.startswith("_") and note is not None:
            yield target.attr, note


def unquoted(annotation: ast.expr) -> ast.expr:
    """Return an annotation without the quotes around names; those of literals stay."""

    class Unquote(ast.NodeTransformer):
        def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
            return node if ast.unparse(node.value) == "Literal" else self.generic_visit(node)

        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.parse(node.value, mode="eval").body if isinstance(node.value, str) else node

    return Unquote().visit(ast.parse(ast.unparse(annotation), mode="eval").body)  # type: ignore[no-any-return]
