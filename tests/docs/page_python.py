"""The Python of a page, run in one namespace from its first block to its last, with everything that it defines."""

from __future__ import annotations

import ast
import inspect
import symtable
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
from anyio.from_thread import BlockingPortal

import anyqpu
from anyqpu.testing import EmulatedClouds, emulated
from scripts.docs_site.blocks import Block
from tests.emulator.pasqal.helpers import FLIP

BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'
CLOUDS = ("kipu", "scaleway", "pasqal", "rigetti")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Vault:
    """Somebody's store of secrets."""

    async def read(self, path: str) -> dict[str, str]:
        return {"token": f"of-{path}"}


async def look_at(*things: object) -> None:
    await anyio.lowlevel.checkpoint()


class Given:
    """What names stand for that a page uses and does not define, each made when it is first wanted."""

    def __init__(self, portal: BlockingPortal, clouds: EmulatedClouds, stack: ExitStack) -> None:
        self.portal, self.clouds, self._stack = portal, clouds, stack
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = GIVEN[name](self)
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


def _client(cloud: str) -> Callable[[Given], Any]:
    return lambda given: given.client(cloud)


GIVEN: dict[str, Callable[[Given], Any]] = {
    **{cloud: _client(cloud) for cloud in CLOUDS},
    "client": lambda given: given["kipu"],
    "job": Given.job,
    "emulator": lambda given: given.clouds,
    "failing": Given.failing,
    "device": lambda _: "kipu.sim.qsim",
    "program": lambda _: BELL,
    "bell": lambda _: BELL,
    "sequence": lambda _: FLIP,
    "look_at": lambda _: look_at,
    "vault": lambda _: Vault(),
}


class Page:
    """What the blocks of a page see: their own names, and those that a reader would have."""

    def __init__(self, blocks: list[Block], given: Given) -> None:
        tables = [_globals(block) for block in blocks]
        self._read = set[str]().union(*(read for read, _ in tables))
        self._bound = set[str]().union(*(bound for _, bound in tables))
        self._given = given
        self._names: dict[str, Any] = {"__name__": "page", "anyqpu": anyqpu, "anyio": anyio}

    def run(self, block: Block) -> None:
        """Run a block, and call the functions that it defines and nothing on the page calls."""
        read, _ = _globals(block)
        for name in sorted(read & GIVEN.keys() - self._bound):
            self._names[name] = self._given[name]
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code = compile(block.text, block.place, "exec", flags=flags, dont_inherit=True)
        if code.co_flags & inspect.CO_COROUTINE:
            self._given.portal.call(_awaited, code, self._names)
        else:
            exec(code, self._names)
        for each in ast.parse(block.text).body:
            if isinstance(each, Function) and each.name not in self._read:
                self._call(block, each)

    def _call(self, block: Block, function: Function) -> None:
        names = [
            name
            for name, each in inspect.signature(self._names[function.name]).parameters.items()
            if each.default is inspect.Parameter.empty
        ]
        unknown = [name for name in names if name not in GIVEN]
        assert not unknown, f"{block.place}: nothing calls {function.name}(), and a test has no {unknown} to give it"
        with ExitStack() as stack:
            given = self._given
            if "emulator" in names:  # the fixture, which is of one test's own
                given = Given(given.portal, stack.enter_context(emulated()), stack)
            values = {name: given[name] for name in names}
            made = self._names[function.name]
            if isinstance(function, ast.AsyncFunctionDef):
                given.portal.call(lambda: made(**values))
            else:
                made(**values)


async def _awaited(code: Any, names: dict[str, Any]) -> None:
    await eval(code, names)


def _globals(block: Block) -> tuple[set[str], set[str]]:
    """The global names that code reads, also in functions, and those that it binds."""
    read: set[str] = set()
    whole = symtable.symtable(block.text, block.place, "exec")
    waiting = [whole]
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        read |= {
            each.get_name()
            for each in table.get_symbols()
            if each.is_referenced() and (table is whole or each.is_global())
        }
    bound = {
        each.get_name()
        for each in whole.get_symbols()
        if each.is_assigned() or each.is_imported() or each.is_namespace()
    }
    return read, bound
