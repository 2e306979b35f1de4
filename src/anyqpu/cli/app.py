"""The commands and their options."""

from __future__ import annotations

import functools
import sys
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import anyio
import typer

from anyqpu import __version__
from anyqpu.cli import outcome
from anyqpu.cli.emulate import emulator_choice
from anyqpu.errors import AnyQPUError

app = typer.Typer(
    name="anyqpu",
    help="Await quantum jobs on any cloud.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Emulator = Annotated[
    bool,
    typer.Option("--emulator", help="Use an emulator: the one that ANYQPU_EMULATOR names, else one in this process."),
]
EmulatorUrl = Annotated[
    str | None, typer.Option("--emulator-url", metavar="URL", help="Use the emulator that runs at this address.")
]
Shots = Annotated[int, typer.Option(help="How often to run the program.")]


def _run(work: Callable[[], Awaitable[None]]) -> None:
    """Run a command's work in an event loop."""

    async def main() -> None:
        await work()

    with _one_sentence():
        anyio.run(main)


@contextmanager
def _one_sentence() -> Generator[None]:
    """What goes wrong in an expected way is one sentence and an exit code, not a traceback."""
    try:
        yield
    except AnyQPUError as error:
        print(f"anyqpu: {error}", file=sys.stderr)
        raise typer.Exit(outcome.exit_code(error)) from None


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        print(f"anyqpu {__version__}")
        raise typer.Exit


@app.command()
def demo(
    files: Annotated[list[Path] | None, typer.Argument(help="OpenQASM files; without any, two examples.")] = None,
    shots: Shots = 1000,
    device: Annotated[str, typer.Option(help="Device of the emulated Kipu cloud.")] = "kipu.sim.qsim",
    seed: Annotated[int | None, typer.Option(help="Makes the simulators repeat themselves.")] = None,
) -> None:
    """Run programs offline: a real HTTP server, a real simulator, no account."""
    from anyqpu.cli.demo import run_demo

    _run(functools.partial(run_demo, files or [], shots=shots, device=device, seed=seed))


@app.command()
def devices(
    provider: Annotated[str, typer.Argument(help="The cloud.")] = "kipu",
    emulator: Emulator = False,
    emulator_url: EmulatorUrl = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON list.")] = False,
) -> None:
    """List the devices of a cloud."""
    from anyqpu.cli.jobs import list_devices

    _run(functools.partial(list_devices, provider, emulator=emulator_choice(emulator, emulator_url), as_json=json))


@app.command()
def submit(
    file: Annotated[Path, typer.Argument(help="OpenQASM file.")],
    device: Annotated[str, typer.Option(help="Where to run it, as PROVIDER:DEVICE, such as kipu:kipu.sim.qsim.")],
    shots: Shots = 1000,
    name: Annotated[str | None, typer.Option(help="A name for the job.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the result and show it.")] = False,
    timeout: Annotated[float | None, typer.Option(help="Seconds to wait at most.")] = None,
    emulator: Emulator = False,
    emulator_url: EmulatorUrl = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Submit a program."""
    from anyqpu.cli.jobs import submit_file

    _run(
        functools.partial(
            submit_file,
            file,
            device,
            shots=shots,
            name=name,
            wait=wait,
            timeout=timeout,
            emulator=emulator_choice(emulator, emulator_url),
            as_json=json,
        )
    )


@app.command(name="bug-report")
def bug_report(
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print versions, settings without secrets, and what the clouds sent that their documents lack."""
    from anyqpu.cli import bug_report as reporting

    with _one_sentence():
        reporting.show(as_json=json)


@app.command()
def emulate(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8787,
    speed: Annotated[str, typer.Option(help="instant, fast or real.")] = "fast",
    seed: Annotated[int | None, typer.Option(help="Makes the simulators repeat themselves.")] = None,
    require_token: Annotated[str | None, typer.Option(help="The only credential to accept.")] = None,
    faults: Annotated[
        str | None, typer.Option(metavar="FILE", help="What goes wrong on demand: a TOML or JSON file.")
    ] = None,
    state: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep everything in this SQLite file, over restarts.")
    ] = None,
    readout_error: Annotated[float, typer.Option(help="Chance by which each measured bit is wrong.", min=0, max=1)] = 0,
) -> None:
    """Serve the emulated clouds until interrupted."""
    from anyqpu.cli.emulate import serve

    with _one_sentence():
        serve(
            host,
            port,
            speed=speed,
            seed=seed,
            require_token=require_token,
            faults=faults,
            state=state,
            readout_error=readout_error,
        )
