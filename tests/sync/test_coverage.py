"""Every public method of every asynchronous class has a blocking form, with the same signature and types."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import anyqpu
import anyqpu.sync
from anyqpu.core.sessions import SessionBlock
from anyqpu.paging.prefetch import Prefetch
from anyqpu.sync.blocking import NAMES, blocking_class
from scripts.sync import __main__ as script
from scripts.sync.sources import Sources
from scripts.sync.stubs import Stub

ROOT = Path(__file__).parents[2]
CLOUDS = ("kipu", "pasqal", "rigetti", "scaleway")
ALONE = (anyqpu.Job, anyqpu.Batch, anyqpu.Pager, anyqpu.paging.PageIterator, anyqpu.paging.ItemIterator)


def is_asynchronous(kind: type[Any]) -> bool:
    return any(hasattr(kind, name) for name in NAMES) or any(
        inspect.iscoroutinefunction(member) for name, member in inspect.getmembers_static(kind) if name[0] != "_"
    )


def reachable(value: Any, seen: set[type[Any]]) -> Iterator[type[Any]]:
    """Yield the asynchronous classes of an object and of its public attributes."""
    kind = type(value)
    if not kind.__module__.startswith("anyqpu") or kind in seen or inspect.isclass(value):
        return
    seen.add(kind)
    if is_asynchronous(kind):
        yield kind
    for name in dir(value):
        if not name.startswith("_") and not inspect.ismethod(getattr(value, name, None)):
            yield from reachable(getattr(value, name, None), seen)


@cache
def classes() -> dict[str, type[Any]]:
    kinds: set[type[Any]] = {*ALONE, Prefetch, SessionBlock, anyqpu.Client}
    for cloud in CLOUDS:
        client: Any = anyqpu.connect(cloud, emulator="http://127.0.0.1:1")
        executions = [client.service_execution("x")] if cloud == "kipu" else []
        seen: set[type[Any]] = set()
        for value in (client, client.raw, *executions):
            kinds |= set(reachable(value, seen))
        # Its methods return lists, without a coroutine.
        kinds.add(type(client.raw.pages))
    return {f"{kind.__module__}.{kind.__qualname__}": kind for kind in kinds}


@cache
def stub_of(module: str) -> dict[str, ast.ClassDef]:
    file = ROOT / "generated" / f"{script.stub_module(module).replace('.', '/')}.pyi"
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def members(kind: type[Any]) -> dict[str, list[ast.stmt]]:
    """Return what the types say about a class, with what it inherits."""
    named: dict[str, list[ast.stmt]] = {}
    for base in reversed(kind.__mro__):
        node = stub_of(base.__module__).get(base.__name__)
        own: dict[str, list[ast.stmt]] = {}
        for member in [] if node is None else node.body:
            name = (
                member.name
                if isinstance(member, ast.FunctionDef)
                else getattr(getattr(member, "target", None), "id", "")
            )
            own.setdefault(name, []).append(member)
        named |= own
    return named


def parameters_of(arguments: ast.arguments) -> list[tuple[str, str, bool]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [*[None] * (len(positional) - len(arguments.defaults)), *arguments.defaults]
    rows = [(a.arg, note(a.annotation), d is not None) for a, d in zip(positional, defaults, strict=True)]
    rows += [(f"*{arguments.vararg.arg}", note(arguments.vararg.annotation), False)] if arguments.vararg else []
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    rows += [(f"{a.arg}=", note(a.annotation), d is not None) for a, d in pairs]
    return rows + ([(f"**{arguments.kwarg.arg}", note(arguments.kwarg.annotation), False)] if arguments.kwarg else [])


def note(annotation: ast.expr | None) -> str:
    return "" if annotation is None else ast.unparse(annotation)


def parameters(function: Any) -> list[tuple[str, str, bool]]:
    signs = {"VAR_POSITIONAL": "*{}", "VAR_KEYWORD": "**{}", "KEYWORD_ONLY": "{}="}
    return [
        (
            signs.get(parameter.kind.name, "{}").format(parameter.name),
            # Modules that a file imports as a whole.
            "" if parameter.annotation is parameter.empty else re.sub(r"\b[a-z_]+\.", "", str(parameter.annotation)),
            parameter.default is not parameter.empty,
        )
        for parameter in inspect.signature(function).parameters.values()
    ]


# What snapshots inherit, and their types too.
DATA = ("anyqpu.model.attached", "anyqpu.model.pictured", "anyqpu.model.serialize")


def problems(kind: type[Any]) -> Iterator[str]:
    """Yield what a class lacks in its blocking form, or in its types."""
    blocking, typed = blocking_class(kind), members(kind)
    for name, member in inspect.getmembers_static(kind):
        if (name.startswith("_") and name not in NAMES) or isinstance(member, staticmethod):
            continue
        owner = next(base for base in kind.__mro__ if name in vars(base))
        if owner.__module__ in DATA and not inspect.iscoroutinefunction(member):
            continue
        where, name_there = f"{kind.__name__}.{name}", NAMES.get(name, name)
        value = inspect.getattr_static(blocking, name_there, None)
        if value is None and (callable(member) or inspect.isdatadescriptor(member)):
            yield f"{where}: not in the blocking class"
        elif inspect.iscoroutinefunction(value):
            yield f"{where}: does not block"
        if name_there not in typed:
            yield f"{where}: not in the types"
        elif inspect.isfunction(member):
            stubs = [node for node in typed[name_there] if isinstance(node, ast.FunctionDef)]
            if len(stubs) == 1 and parameters_of(stubs[0].args) != parameters(member):
                yield f"{where}: {parameters_of(stubs[0].args)} in the types, {parameters(member)} in the class"
            for stub in stubs:
                if re.search(r"\b(Async\w*|Awaitable|Coroutine)\b", note(stub.returns)):
                    yield f"{where}: returns {note(stub.returns)}"


@pytest.mark.parametrize("name", classes())
def test_each_public_method_of_a_class_has_a_blocking_form(name: str) -> None:
    assert list(problems(classes()[name])) == []


def test_the_classes_are_those_of_clients_their_parts_lists_jobs_and_sessions() -> None:
    names = {kind.__name__ for kind in classes().values()}
    parts = {"Batches", "Processes", "Endpoints", "Billing", "ServiceExecution", "Workloads", "RawClient", "RawPages"}
    assert parts <= names
    assert len([kind for kind in classes().values() if kind.__name__ == "RawClient"]) == len(CLOUDS)


def test_a_method_without_a_blocking_form_is_named() -> None:
    class Client(anyqpu.Client):
        async def added(self, more: int) -> int:
            return more

    assert list(problems(Client)) == ["Client.added: not in the types"]


@pytest.mark.parametrize("cloud", CLOUDS)
def test_attributes_of_a_client_are_typed_and_do_not_return_coroutines(cloud: str) -> None:
    client: Any = anyqpu.connect(cloud, emulator="http://127.0.0.1:1")
    blocking: Any = anyqpu.sync.connect(cloud, emulator="http://127.0.0.1:1")
    typed = members(type(client))
    for name, value in vars(client).items():
        if name.startswith("_"):
            continue
        assert name in typed, name
        if inspect.ismethod(value):
            assert not inspect.iscoroutinefunction(getattr(blocking, name)), name
            (stub,) = typed[name]
            assert isinstance(stub, ast.FunctionDef)
            assert parameters_of(stub.args)[1:] == parameters(value), name


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_operation_of_raw_is_in_the_types(cloud: str) -> None:
    client: Any = anyqpu.connect(cloud, emulator="http://127.0.0.1:1")
    typed = members(type(client.raw))
    operations = {name for name in dir(client.raw) if not name.startswith("_")}
    assert len(operations) > 20
    assert operations <= typed.keys()
    assert {name for name in dir(client.raw.pages) if not name.startswith("_")} <= members(
        type(client.raw.pages)
    ).keys()


def test_a_class_that_users_make_has_its_arguments_in_the_types(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "fleets.py").write_text(
        "class Fleet:\n"
        '    """Jobs; `async with Fleet(...)`."""\n'
        "    def __init__(self, *clouds: str, ledger: str | None = None) -> None:\n"
        "        self.run = 1\n"
        "    async def submit(self, shots: int) -> list[int]: ...\n"
    )
    stub = Stub(Sources(tmp_path), "fleets")
    stub.add_class(("fleets", "Fleet"), constructed=True)
    text = stub.text()
    assert (
        "def __init__(self, *clouds: str, event_loop: EventLoop = 'asyncio', ledger: str | None = None) -> None:"
        in text
    )
    assert "def submit(self, shots: int) -> list[int]: ..." in text
    assert "`with Fleet(...)`" in text


def test_the_types_are_what_the_classes_give() -> None:
    assert script.differences(ROOT) == []


def test_methods_have_documentation_in_the_words_of_blocking_code() -> None:
    session = blocking_class(anyqpu.Client).session
    assert "`with client.session(device=...) as session`" in session.__doc__
    assert "async" not in session.__doc__
    assert inspect.signature(blocking_class(anyqpu.Job).wait) == inspect.signature(anyqpu.Job.wait)
