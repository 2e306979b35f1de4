"""Run the Python blocks of a page in one namespace, and the functions that they define."""

from __future__ import annotations

import ast
import inspect
import json
import symtable
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
from anyio.from_thread import BlockingPortal

from anyqpu.testing import EmulatedClouds, emulated
from anyqpu_emulator.pulser_devices import analog
from scripts.docs_site.blocks import Block
from tests.emulator.pasqal.helpers import FLIP

# Pages send it to Scaleway's processor, which runs only sequences that were made for it, and to Pasqal's emulators.
ON_FRESNEL = json.dumps({**json.loads(FLIP), "device": analog("QPU-FRESNEL-100PQ", 100, 2000)})
BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'
CLOUDS = ("kipu", "scaleway", "pasqal", "rigetti")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Vault:
    """A user's store of secrets."""

    async def read(self, path: str) -> dict[str, str]:
        return {"token": f"of-{path}"}


async def look_at(*things: object) -> None:
    await anyio.lowlevel.checkpoint()


class Fixtures:
    """Values for the parameters of a page's functions, made on first use."""

    def __init__(self, portal: BlockingPortal, clouds: EmulatedClouds, stack: ExitStack) -> None:
        self.portal, self.clouds, self._stack = portal, clouds, stack
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = FIXTURES[name](self)
        return self._made[name]

    def client(self, cloud: str) -> Any:
        return self._stack.enter_context(self.portal.wrap_async_context_manager(self.clouds.connect(cloud)))

    def job(self) -> Any:
        async def submitted() -> Any:
            return await kipu.submit(BELL, device="kipu.sim.qsim", shots=100)

        kipu = self["kipu"]
        return self.portal.call(submitted)

    def failing(self) -> Any:
        async def failing(kipu: Any) -> Any:
            job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=100)
            await anyio.to_thread.run_sync(self.clouds.emulator.wait_for_computations)
            return job

        return failing


def _client(cloud: str) -> Callable[[Fixtures], Any]:
    return lambda fixtures: fixtures.client(cloud)


FIXTURES: dict[str, Callable[[Fixtures], Any]] = {
    **{cloud: _client(cloud) for cloud in CLOUDS},
    "client": lambda fixtures: fixtures["kipu"],
    "job": Fixtures.job,
    "emulator": lambda fixtures: fixtures.clouds,
    "failing": Fixtures.failing,
    "device": lambda _: "kipu.sim.qsim",
    "program": lambda _: BELL,
    "bell": lambda _: BELL,
    "sequence": lambda _: ON_FRESNEL,
    "look_at": lambda _: look_at,
    "vault": lambda _: Vault(),
}


class Page:
    """The namespace of a page's blocks."""

    def __init__(self, blocks: list[Block], fixtures: Fixtures) -> None:
        self._read = set[str]().union(*map(_globals_read, blocks))
        self._fixtures = fixtures
        self._names: dict[str, Any] = {"__name__": "page"}

    def run(self, block: Block) -> None:
        """Run a block, and call the functions that it defines and nothing on the page calls."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code = compile(block.text, block.place, "exec", flags=flags, dont_inherit=True)
        if code.co_flags & inspect.CO_COROUTINE:
            self._fixtures.portal.call(_awaited, code, self._names)
        else:
            exec(code, self._names)
        for statement in ast.parse(block.text).body:
            if isinstance(statement, Function) and statement.name not in self._read:
                self._call(block, statement)

    def _call(self, block: Block, function: Function) -> None:
        names = [
            name
            for name, parameter in inspect.signature(self._names[function.name]).parameters.items()
            if parameter.default is inspect.Parameter.empty
        ]
        unknown = [name for name in names if name not in FIXTURES]
        assert not unknown, f"{block.place}: nothing calls {function.name}(), and there is no fixture for {unknown}"
        with ExitStack() as stack:
            fixtures = self._fixtures
            if "emulator" in names:  # a separate emulator, as pytest's fixture
                fixtures = Fixtures(fixtures.portal, stack.enter_context(emulated()), stack)
            values = {name: fixtures[name] for name in names}
            made = self._names[function.name]
            if isinstance(function, ast.AsyncFunctionDef):
                fixtures.portal.call(lambda: made(**values))
            else:
                made(**values)


async def _awaited(code: Any, names: dict[str, Any]) -> None:
    await eval(code, names)


def _globals_read(block: Block) -> set[str]:
    """Return the global names that code reads, also in functions."""
    read: set[str] = set()
    whole = symtable.symtable(block.text, block.place, "exec")
    waiting = [whole]
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        read |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (table is whole or symbol.is_global())
        }
    return read
