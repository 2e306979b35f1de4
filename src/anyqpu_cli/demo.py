"""`anyqpu demo`: from a file to counts, over a real socket, without an account."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import anyio.to_thread

from anyqpu import _emulator
from anyqpu.connecting import connect
from anyqpu.errors import ConfigError, ValidationError
from anyqpu_cli import fields
from anyqpu_cli.histogram import show_result
from anyqpu_cli.output import show
from anyqpu_cli.reading import called, read_program
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain

EXAMPLES = ("bell.qasm", "ghz3.qasm")
TIMEOUT = 120.0


async def run_demo(setup: Setup, paths: Sequence[Path], *, shots: int, device: str, seed: int | None) -> None:
    """Run each program on the emulated Kipu cloud, saying what happens; raises an `AnyQPUError` for bad input."""

    def say(text: str) -> None:
        if not (setup.as_json or setup.quiet):
            show(plain(text))

    chosen = list(paths) or [_example(name) for name in EXAMPLES]
    # Everything that can be wrong without asking anyone is found before the server starts.
    if shots < 1:
        raise ValidationError(f"shots is a whole number from 1, not {shots}", hint="Such as --shots 1000")
    programs = [(called(path), await read_program(path)) for path in chosen]
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
        say(f"1. The emulator serves Kipu Quantum Hub at {url}")
        async with connect("kipu", emulator=url) as kipu:
            say("2. Its devices:")
            async for each in kipu.devices():
                qubits = f"{each.num_qubits} qubits" if each.num_qubits else ""
                say(f"     {each.id:<24} {each.kind:<10} {qubits}".rstrip())
            done: list[dict[str, Any]] = []
            for number, (name, program) in enumerate(programs, start=3):
                job = await kipu.submit(program, device=device, shots=shots, name=Path(name).stem)
                say(f"{number}. {Path(name).name}: submitted to {device} with {shots} shots as job {job.id}")
                job = await job.wait(timeout=TIMEOUT, on_update=lambda now: say(f"     {now.status}"))
                result = await job.result(timeout=TIMEOUT)
                done.append({"file": name, **fields.of_result(await job.refresh(), result)})
                if not setup.as_json:
                    indent = "" if setup.quiet else "   "
                    show("\n".join(f"{indent}{line}" for line in show_result(result).splitlines()))
            if setup.as_json:
                fields.print_json(done)
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(serving.__exit__, None, None, None)
    say("Done: every count above was computed by a simulator, behind HTTP, on this machine.")


def _example(name: str) -> Path:
    """An example program: beside the installed package, or in the repository that it is installed from."""
    package = Path(str(files("anyqpu")))
    places = [package / "examples" / name, package.parent.parent / "examples" / name]
    return next((place for place in places if place.exists()), places[0])
