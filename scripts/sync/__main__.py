"""See `scripts.sync`."""

from __future__ import annotations

import argparse
import ast
import shutil
import sys
import tempfile
from collections.abc import Mapping
from importlib import import_module
from inspect import ismethod
from pathlib import Path
from typing import Any

import anyqpu
from anyqpu import sync
from scripts.documents import ROOT
from scripts.generator.process import format_code
from scripts.sync.sources import Sources, Target, name_of
from scripts.sync.stubs import Stub, is_overload, quoted, stub_module

PACKAGE = Path("generated/anyqpu_sync")


def aliases(sources: Sources, stub: Stub, target: Target) -> str:
    """Return the methods of its parts that a client has under names of its own."""
    kind: Any = getattr(import_module(target[0]), target[1])
    provider = next((s for s in anyqpu.available_providers().values() if s.client == f"{target[0]}:{target[1]}"), None)
    if provider is None:
        return ""
    client = anyqpu.connect(provider.name, emulator="http://127.0.0.1:1")
    texts: list[str] = []
    for name, value in vars(client).items():
        if name.startswith("_") or not ismethod(value):
            continue
        owner = next(base for base in type(value.__self__).__mro__ if value.__func__.__name__ in vars(base))
        node = sources.class_of((owner.__module__, owner.__qualname__))
        assert node is not None, f"{kind.__name__}.{name}"
        function = next(item for item in node.body if name_of(item) == value.__func__.__name__)
        assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        texts.append(stub.function(owner.__module__, function, name))
    return "\n".join(texts)


def exported(sources: Sources) -> dict[str, Target]:
    """Return the asynchronous classes whose blocking forms `anyqpu.sync` has, by name."""
    classes = {name: sources.resolve(module, name) for name, module in sync.CLASSES.items()}
    for spec in anyqpu.available_providers().values():
        module, _, name = spec.client.rpartition(":")
        if module.startswith("anyqpu."):
            classes[name] = sources.resolve(module, name)
    return classes


def package_text(sources: Sources, classes: Mapping[str, Target]) -> str:
    """Return the types of `anyqpu.sync` itself: its functions, and the names of its classes."""
    stub = Stub(sources, "anyqpu")
    functions = (("anyqpu.connecting", "connect"), ("anyqpu.handles", "resume"))
    for module, name in functions:
        source, opening = sources.module(module), sources.module("anyqpu.sync.opening")
        assert source is not None
        assert opening is not None
        documentation = quoted(ast.get_docstring(opening.definitions[name]) or "", 4)  # type: ignore[arg-type]
        nodes = [node for node in source.tree.body if name_of(node) == name]
        for node in [node for node in nodes if is_overload(node)] or nodes:
            assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            head = f"@{stub.local_name(('typing', 'overload'))}\n" if is_overload(node) else ""
            parameters = stub.parameters(module, node.args, more=stub.event_loop())
            stub.add(f"{head}def {name}({parameters}){stub.returns(module, node)}:\n{documentation}\n    ...")
    for target in classes.values():
        stub.local_name(target)
    names = sorted([*classes, *(name for _, name in functions), "EventLoop"])
    stub.add("__all__ = [" + ", ".join(f'"{name}"' for name in names) + "]\n")
    return stub.text()


def write(root: Path, sources_root: Path = ROOT) -> None:
    """Write all types below `root`, which stands for the repository."""
    sources = Sources(sources_root)
    classes = exported(sources)
    folder = root / PACKAGE
    shutil.rmtree(folder, ignore_errors=True)
    stubs: dict[str, Stub] = {}
    pending, done = list(classes.values()), set[Target]()
    while pending:
        target = pending.pop()
        if target in done:
            continue
        done.add(target)
        assert sources.is_blocking(target), target
        stub = stubs.setdefault(target[0], Stub(sources, target[0]))
        stub.add_class(target, aliases(sources, stub, target), constructed=target[1] in sync.CONSTRUCTED)
        pending += sorted(stub.needed - done)
    files = {stub_module(module): stub.text() for module, stub in stubs.items()}
    for module, text in {**files, "anyqpu_sync.__init__": package_text(sources, classes)}.items():
        file = root / "generated" / f"{module.replace('.', '/')}.pyi"
        for parent in [*file.relative_to(root / "generated").parents][:-1]:
            (root / "generated" / parent).mkdir(parents=True, exist_ok=True)
            package = root / "generated" / parent / "__init__.pyi"
            if not package.exists():
                package.write_text("")
        file.write_text(text, encoding="utf-8")
    (folder / "py.typed").write_text("")
    format_code(folder)


def differences(root: Path) -> list[str]:
    """Return the files below `root` that are not what their sources give."""
    with tempfile.TemporaryDirectory() as fresh:
        write(Path(fresh))
        texts = [_texts(Path(fresh)), _texts(root)]
    return sorted(name for name in texts[0].keys() | texts[1].keys() if texts[0].get(name) != texts[1].get(name))


def _texts(root: Path) -> dict[str, str]:
    files = [*(root / PACKAGE).rglob("*.pyi"), root / PACKAGE / "py.typed"]
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files if file.exists()}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.sync", description="Rewrite the types of anyqpu.sync.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    if not parser.parse_args(arguments).check:
        write(ROOT)
        return 0
    wrong = differences(ROOT)
    for name in wrong:
        print(f"{name}: not what its source gives; run `make regenerate` and commit", file=sys.stderr)
    print("types of anyqpu.sync: " + (f"{len(wrong)} files differ" if wrong else "all as their sources give"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
