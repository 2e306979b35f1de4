"""Generated code does no I/O and costs little: one operation brings its own models along, and no library for HTTP."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from scripts.documents import PROVIDERS, ROOT

GENERATED = ROOT / "generated"
FILES = sorted(GENERATED.rglob("*.py"))
# Whatever could send a request or knows of an event loop.
IO = {"aiohttp", "anyio", "asyncio", "h11", "http", "httpcore", "httpx", "requests", "socket", "ssl", "trio", "urllib3"}
# All that generated code may import from elsewhere.
ALLOWED = {
    "__future__",
    "attrs",
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "importlib",
    "json",
    "re",
    "math",
    "types",
    "typing",
}
ALLOWED |= {"urllib", "uuid"}
# What messages of gRPC services import besides: the extra `rigetti` brings protobuf.
MESSAGES = {"anyqpu_grpc", "google"}
each_provider = pytest.mark.parametrize("provider", PROVIDERS)


def loaded_after(statement: str) -> set[str]:
    """All modules that a fresh interpreter has loaded after one statement, beyond those that it starts with."""
    code = (
        "import sys; before = set(sys.modules)\n"
        f"{statement}\n"
        "import json; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    # -I: neither the working directory nor the environment has a say; the package is found as it is installed.
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def models_among(modules: set[str], provider: str) -> set[str]:
    prefix = f"anyqpu_raw.{provider}.models."
    return {name.removeprefix(prefix) for name in modules if name.startswith(prefix)}


def imported_models(file: Path) -> set[str]:
    """The model modules that a file names in its imports, other than for type checkers."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.level]
    return {
        alias.name
        for node in imports
        if (node.module or "") == ("models" if file.parent.parent.name == "api" else "")
        for alias in node.names
    }


def closure(provider: str, operation: Path) -> set[str]:
    """The models that an operation refers to, and those that they refer to, and so on."""
    modules: set[str] = set()
    waiting = imported_models(operation)
    while waiting:
        name = waiting.pop()
        modules.add(name)
        waiting |= imported_models(GENERATED / "anyqpu_raw" / provider / "models" / f"{name}.py") - modules
    return modules


@pytest.mark.parametrize(
    ("provider", "operation"),
    [
        ("scaleway", "sessions.get_session"),
        ("kipu", "jobs.create_job"),
        ("pasqal", "batches.create_batch"),
        ("rigetti", "reservations.create_reservation"),
    ],
)
def test_one_operation_brings_only_what_it_needs(provider: str, operation: str) -> None:
    """The models of its responses, all they refer to, and nothing else: neither other models nor any I/O."""
    modules = loaded_after(f"import anyqpu_raw.{provider}.api.{operation}")
    assert not {name.split(".")[0] for name in modules} & IO
    file = GENERATED / "anyqpu_raw" / provider / "api" / f"{operation.replace('.', '/')}.py"
    expected = closure(provider, file)
    assert models_among(modules, provider) == expected
    everything = import_module(f"anyqpu_raw.{provider}.models").__all__
    assert 0 < len(expected) < len(everything) / 2


@each_provider
def test_a_client_brings_no_model(provider: str) -> None:
    """They are imported by the first call, and not by `dir()`."""
    modules = loaded_after(f"import anyqpu_raw.{provider}.client, anyqpu_raw.{provider}.operations")
    assert models_among(modules, provider) == set()
    assert not {name for name in modules if f"{provider}.api" in name}
    assert not {name.split(".")[0] for name in modules} & IO


@each_provider
def test_a_model_brings_only_what_it_refers_to(provider: str) -> None:
    """`models.Something` imports one module and its closure, although the package knows them all."""
    name = min(import_module(f"anyqpu_raw.{provider}.models").__all__)
    module = getattr(import_module(f"anyqpu_raw.{provider}.models"), name).__module__.rsplit(".", 1)[1]
    loaded = models_among(loaded_after(f"from anyqpu_raw.{provider}.models import {name}"), provider)
    own = closure_of_model(provider, module)
    assert loaded == own


def closure_of_model(provider: str, module: str) -> set[str]:
    reached, waiting = set(), {module}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= imported_models(GENERATED / "anyqpu_raw" / provider / "models" / f"{name}.py") - reached
    return reached


def test_no_generated_file_imports_anything_that_does_io() -> None:
    """Read from the source, so that an import inside a function counts too."""
    assert len(FILES) > 400
    seen: dict[str, set[str]] = {}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                seen.setdefault(name.split(".")[0], set()).add(file.relative_to(GENERATED).parts[0])
    assert not set(seen) & IO
    # `attr` and `attrs` are the same distribution; anything that is not on the list would be a new dependency.
    others = {name: file for name, file in seen.items() if name not in ALLOWED}
    assert set(others) <= MESSAGES, others
    assert all(packages == {"anyqpu_grpc"} for packages in others.values()), others


def test_no_generated_file_opens_or_runs_anything() -> None:
    """No file, process or foreign code: strings of a document become only text or names."""
    for file in FILES:
        called = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"open", "exec", "eval", "compile", "__import__", "print", "input"}, file.name


@pytest.mark.parametrize("file", [pytest.param(f, id=f.relative_to(GENERATED).as_posix()) for f in FILES])
def test_every_module_imports(file: Path) -> None:
    """On its own merits: a class that was left out by the generator would show here."""
    name = ".".join(file.relative_to(GENERATED).with_suffix("").parts).removesuffix(".__init__")
    module = import_module(name)
    assert module.__name__ == name
    assert re.fullmatch(r"[a-z_][a-z0-9_.]*", name)


def test_every_module_imports_first() -> None:
    """In any order: each model module is the first of its package in some program, and they refer to each other."""
    code = """
import sys, json
from importlib import import_module
names = json.loads(sys.argv[1])
for name in names:
    for loaded in [each for each in sys.modules if each.startswith("anyqpu_raw.")]:
        del sys.modules[loaded]
    import_module(name)
print(len(names))
"""
    names = [
        ".".join(file.relative_to(GENERATED).with_suffix("").parts)
        for file in FILES
        if file.parent.name == "models" and file.name != "__init__.py"
    ]
    command = [sys.executable, "-I", "-c", code, json.dumps(names)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(names) > 300
