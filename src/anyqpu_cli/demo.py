"""`anyqpu demo`: from a program's file to counts, over a real socket, without an account."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import anyio.to_thread

from anyqpu import _emulator
from anyqpu.connecting import connect
from anyqpu.errors import ConfigError, ValidationError
from anyqpu_cli.histogram import show_result
from anyqpu_cli.output import show, show_json
from anyqpu_cli.reading import check_shots, display_name, read_program
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain

EXAMPLES = ("bell.qasm", "ghz3.qasm")
TIMEOUT = 120.0


async def run_demo(setup: Setup, paths: Sequence[Path], *, shots: int, device: str, seed: int | None) -> None:
    """Run each program on the emulated Kipu cloud and print the steps; raises an `AnyQPUError` for bad input."""

    def step(text: str) -> None:
        if not (setup.as_json or setup.quiet):
            show(plain(text))

    # All input is checked before the server starts.
    check_shots(shots)
    programs = [(display_name(path), await read_program(path)) for path in paths or map(_example, EXAMPLES)]
    for name, program in programs:
        try:
            await anyio.to_thread.run_sync(_emulator.check_openqasm, program)
        except ValidationError as error:
            raise ValidationError(f"{name}: {error.message}", fields=error.fields) from error

    server = _emulator.load("server")
    serving = server.running(speed="fast", seed=seed)
    try:
        url = await anyio.to_thread.run_sync(serving.__enter__)
    except server.ServeError as error:
        raise ConfigError(str(error)) from error
    try:
        step(f"1. The emulator serves Kipu Quantum Hub at {url}")
        async with connect("kipu", emulator=url) as kipu:
            step("2. Its devices:")
            async for listed in kipu.devices():
                qubits = f"{listed.num_qubits} qubits" if listed.num_qubits else ""
                step(f"     {listed.id:<24} {listed.kind:<10} {qubits}".rstrip())
            outcomes: list[dict[str, Any]] = []
            for number, (name, program) in enumerate(programs, start=3):
                job = await kipu.submit(program, device=device, shots=shots, name=Path(name).stem)
                step(f"{number}. {Path(name).name}: submitted to {device} with {shots} shots as job {job.id}")
                job = await job.wait(timeout=TIMEOUT, on_update=lambda update: step(f"     {update.status}"))
                result = await job.result(timeout=TIMEOUT)
                outcomes.append({"file": name, **result.to_dict(), **(await job.refresh()).to_dict()})
                if not setup.as_json:
                    indent = "" if setup.quiet else "   "
                    show("\n".join(f"{indent}{line}" for line in show_result(result).splitlines()))
            if setup.as_json:
                show_json(outcomes)
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(serving.__exit__, None, None, None)
    step("Done: every count above was computed by a simulator, behind HTTP, on this machine.")


def _example(name: str) -> Path:
    """Return the path of an example program, installed with the package or in its repository."""
    package = Path(str(files("anyqpu")))
    places = [package / "examples" / name, package.parent.parent / "examples" / name]
    return next((place for place in places if place.exists()), places[0])
