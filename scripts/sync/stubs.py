"""Files of types: blocking forms of asynchronous classes."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import Any

from anyqpu.sync.blocking import NAMES, blocking_words
from scripts.sync.sources import Sources, Target, attributes, is_public, name_of, unquoted

HEADER = '"""Types of the blocking classes of `{}`. Written by scripts/sync."""\n\n'
# What an annotation of a result becomes; the last argument of a coroutine is its result.
AWAITED = {"Awaitable", "Coroutine"}
ITERATORS = {"AsyncIterator": "Iterator", "AsyncIterable": "Iterator", "AsyncGenerator": "Iterator"}
MANAGERS = {"AbstractAsyncContextManager": "AbstractContextManager"}


class Stub:
    """One file of types."""

    def __init__(self, sources: Sources, module: str) -> None:
        self._sources = sources
        self.module = module
        self._local: dict[Target, str] = {}
        self.needed: set[Target] = set()
        self._text: list[str] = []

    def text(self) -> str:
        """Return the text of the file."""
        imports = [
            f"from {module} import {name} as {local}\n" if name != local else f"from {module} import {name}\n"
            for (module, name), local in sorted(self._local.items())
        ]
        return HEADER.format(self.module) + "".join(imports) + "\n" + "\n\n".join(self._text)

    def local_name(self, target: Target) -> str:
        """Return the name by which the file knows a class, which is imported."""
        if self._sources.is_blocking(target):
            self.needed.add(target)
            if target[0] == self.module:
                return target[1]
            target = stub_module(target[0]), target[1]
        if target not in self._local:
            name, number = target[1], 1
            while name in self._local.values():
                number += 1
                name = f"{target[1]}_{number}"
            self._local[target] = name
        return self._local[target]

    def annotation(self, module: str, annotation: ast.expr, *, result: bool = False) -> str:
        """Return an annotation for blocking code; `result` is that of a function, which is awaited."""
        source = self._sources.module(module)
        assert source is not None
        stub = self

        class Rewrite(ast.NodeTransformer):
            def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
                outer = ast.unparse(node.value)
                if outer == "Literal":
                    return ast.Subscript(ast.Name(stub.local_name(("typing", "Literal"))), node.slice)
                if result and outer in AWAITED:
                    inner = node.slice.elts[-1] if isinstance(node.slice, ast.Tuple) else node.slice
                    return self.visit(inner)  # type: ignore[no-any-return]
                for table, owner in ((ITERATORS, "collections.abc"), (MANAGERS, "contextlib")):
                    if result and outer in table:
                        inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
                        return ast.Subscript(ast.Name(stub.local_name((owner, table[outer]))), self.visit(inner))
                return self.generic_visit(node)

            def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
                if isinstance(node.value, ast.Name) and node.value.id in source.imports:
                    owner, name = stub._sources.resolve(module, node.value.id)
                    if not name:
                        return ast.Name(stub.local_name(stub._sources.resolve(owner, node.attr)))
                return self.generic_visit(node)

            def visit_Name(self, node: ast.Name) -> ast.AST:
                if node.id in source.definitions or node.id in source.imports:
                    return ast.Name(stub.local_name(stub._sources.resolve(module, node.id)))
                assert hasattr(builtins, node.id), f"{module}: unknown name {node.id}"
                return node

        return ast.unparse(Rewrite().visit(unquoted(annotation)))

    def add(self, text: str) -> None:
        """Add a class or function."""
        self._text.append(text)

    def add_class(self, target: Target, more: str = "", *, constructed: bool = False) -> None:
        """Add the blocking form of a class, with further members; `constructed` ones have their `__init__`."""
        module, name = target
        node = self._sources.class_of(target)
        assert node is not None
        bases = list(self._bases(module, node))
        decorators = [ast.unparse(item) for item in node.decorator_list if "dataclass" in ast.unparse(item)]
        for _ in decorators:
            self.local_name(("dataclasses", "dataclass"))
        keywords = [f"{item.arg}={ast.unparse(item.value)}" for item in node.keywords]
        lines = [*(f"@{decorator}" for decorator in decorators), f"class {name}({', '.join([*bases, *keywords])}):"]
        start = [self._start(module, item) for item in node.body if name_of(item) == "__init__" and constructed]
        members = [docstring(node), *start, *self._members(module, node), *self._attributes(module, node), more]
        self.add("\n".join([*lines, *(list(filter(None, members)) or ["    ..."])]))

    def _bases(self, module: str, node: ast.ClassDef) -> Iterator[str]:
        """Yield the bases of a class; those that only asynchronous classes have are replaced by their own."""
        for base in node.bases:
            outer = base.value if isinstance(base, ast.Subscript) else base
            target = self._sources.resolve(module, outer.id) if isinstance(outer, ast.Name) else ("", "")
            inner = self._sources.class_of(target)
            if inner is not None and (target[1].startswith("_") or target[1] == "Attached"):
                yield from self._bases(target[0], inner)
            elif node.name != "Attached" or target[1] != "Generic":
                yield self.annotation(module, base)

    def _members(self, module: str, node: ast.ClassDef) -> Iterator[str]:
        public = False
        overloaded = {name_of(member) for member in node.body if is_overload(member)}
        for place, member in enumerate(node.body):
            if isinstance(member, ast.Expr) and isinstance(member.value, ast.Constant) and public and place:
                yield indented(f'"""{blocking_words(str(member.value.value))}"""', 4)
            public = is_public(name_of(member))
            if not public:
                continue
            if isinstance(member, ast.AnnAssign):
                value = "" if member.value is None else " = ..."
                yield f"    {name_of(member)}: {self.annotation(module, member.annotation)}{value}"
            elif isinstance(member, ast.Assign) and isinstance(member.value, ast.Constant):
                yield f"    {name_of(member)}: {type(member.value.value).__name__}"
            # Static methods make asynchronous objects.
            elif isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not is_static(member):
                if member.name in overloaded and not is_overload(member):
                    continue
                yield self.function(module, member)

    def _start(self, module: str, node: ast.stmt) -> str:
        assert isinstance(node, ast.FunctionDef)
        parameters = self.parameters(module, node.args, more=self.event_loop())
        return f"    def __init__({parameters}) -> None:\n{docstring(node, 8) or '        ...'}"

    def event_loop(self) -> str:
        """Return the parameter that says which library runs the background event loop."""
        return f"event_loop: {self.local_name(('anyqpu.sync.runner', 'EventLoop'))} = 'asyncio'"

    def _attributes(self, module: str, node: ast.ClassDef) -> Iterator[str]:
        described = {name_of(member) for member in node.body}
        for name, note in attributes(node):
            if name not in described:
                yield f"    {name}: {self.annotation(module, note)}"

    def function(self, module: str, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str | None = None) -> str:
        """Return the blocking form of a method."""
        decorators = [
            f"    @{item}"
            for item in map(ast.unparse, node.decorator_list)
            if item in {"property", "classmethod", "overload"}
        ]
        if any("overload" in item for item in decorators):
            self.local_name(("typing", "overload"))
        if any(ast.unparse(item) == "cached_property" for item in node.decorator_list):
            decorators.append("    @property")
        name = name or NAMES.get(node.name, node.name)
        documentation = docstring(node, 8)
        end = f"\n{documentation}\n        ..." if documentation else " ..."
        return "\n".join(
            [*decorators, f"    def {name}({self.parameters(module, node.args)}){self.returns(module, node)}:{end}"]
        )

    def returns(self, module: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        """Return the annotation of what a function returns."""
        return "" if node.returns is None else f" -> {self.annotation(module, node.returns, result=True)}"

    def parameters(self, module: str, arguments: ast.arguments, *, more: str = "") -> str:
        """Return the parameters of a function; `more` is a further one by keyword."""

        def shown(argument: ast.arg, default: ast.expr | None = None) -> str:
            note = "" if argument.annotation is None else f": {self.annotation(module, argument.annotation)}"
            if default is None:
                return f"{argument.arg}{note}"
            plain = isinstance(default, ast.Constant) or ast.unparse(default) == "()"
            return f"{argument.arg}{note} = {ast.unparse(default) if plain else '...'}"

        positional = [*arguments.posonlyargs, *arguments.args]
        defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
        parts = [shown(*pair) for pair in zip(positional, defaults, strict=True)]
        if arguments.posonlyargs:
            parts.insert(len(arguments.posonlyargs), "/")
        if arguments.vararg is not None:
            parts.append(f"*{shown(arguments.vararg)}")
        elif arguments.kwonlyargs or more:
            parts.append("*")
        parts += [more] if more else []
        parts += [shown(*pair) for pair in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
        if arguments.kwarg is not None:
            parts.append(f"**{shown(arguments.kwarg)}")
        return ", ".join(parts)


def is_overload(member: ast.stmt) -> bool:
    decorated = isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef)
    return decorated and any(ast.unparse(item) == "overload" for item in member.decorator_list)  # type: ignore[attr-defined]


def is_static(member: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(item) == "staticmethod" for item in member.decorator_list)


def docstring(node: Any, spaces: int = 4) -> str:
    """Return the statement of a docstring in the words of blocking code."""
    text = ast.get_docstring(node)
    return quoted(blocking_words(text), spaces) if text else ""


def quoted(text: str, spaces: int) -> str:
    """Return the statement of a docstring."""
    return indented(f'"""{text}\n"""' if "\n" in text else f'"""{text}"""', spaces)


def indented(text: str, spaces: int) -> str:
    lines = text.replace("\\", "\\\\").splitlines()
    return "\n".join(" " * spaces + line if line else "" for line in lines)


def stub_module(module: str) -> str:
    """Return the module of the types of a module's blocking classes."""
    package, _, rest = module.partition(".")
    return f"anyqpu_sync.raw.{rest}" if package == "anyqpu_raw" else f"anyqpu_sync.{rest}"
