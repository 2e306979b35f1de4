"""The commands and their options."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Any

import typer

from anyqpu import __version__
from anyqpu_cli import completion
from anyqpu_cli.groups import Cloud, InOrder, Limit, Target, Timeout, config, job, reservations
from anyqpu_cli.numbers import number, whole_number
from anyqpu_cli.output import show
from anyqpu_cli.setup import Setup, one_sentence, with_setup

app = typer.Typer(
    name="anyqpu",
    cls=InOrder,
    help="Await quantum jobs on any cloud.",
    epilog="Exit codes: 1 failed, 2 bad input, 3 not allowed, 4 the job failed, 5 timed out, 130 interrupted.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Shots = Annotated[int, typer.Option(metavar="N", help="How often to run the program.", parser=whole_number())]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, whose keys stay as they are.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")]
Seed = Annotated[
    int | None, typer.Option(metavar="N", help="Makes the simulators repeat themselves.", parser=whole_number())
]
CHANCE = number(at_least=0, at_most=1)


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        show(f"anyqpu {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from anyqpu_cli.settings import welcome

        show(welcome())


@app.command()
def demo(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILES]", help="OpenQASM files, - for stdin; else two examples.")
    ] = None,
    shots: Shots = 1000,
    device: Annotated[
        str, typer.Option("--device", metavar="DEVICE", help="Device of the emulated Kipu cloud.")
    ] = "kipu.sim.qsim",
    seed: Seed = None,
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="The results alone.")] = False,
    debug: Debug = False,
) -> None:
    """Run programs offline, with a real server and simulator.

    It takes no account and no network: a server on this machine speaks the API of Kipu Quantum Hub.
    """
    import anyio

    from anyqpu_cli.demo import run_demo

    setup = Setup(as_json=json, quiet=quiet, debug=debug)
    with one_sentence(setup):
        anyio.run(functools.partial(run_demo, setup, files or [], shots=shots, device=device, seed=seed))


@app.command()
@with_setup
async def providers(setup: Setup) -> None:
    """List the clouds, your credentials, and what each can do."""
    from anyqpu_cli.devices import list_providers

    await list_providers(setup)


@app.command()
@with_setup
async def devices(
    setup: Setup,
    provider: Cloud = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Only what the clouds' lists say, in few requests: no state, no queue.")
    ] = False,
) -> None:
    """List devices, with state, qubits, queue and price."""
    from anyqpu_cli.devices import list_devices

    await list_devices(setup, provider, fast=fast)


@app.command()
@with_setup
async def device(setup: Setup, device: Target) -> None:
    """Show one device: limits, qubits, calibration."""
    from anyqpu_cli.one_device import show_device

    await show_device(setup, device)


@app.command()
@with_setup
async def submit(
    setup: Setup,
    file: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="The program: OpenQASM, Quil, JSON, ...; - for stdin. Several as one job where the device can.",
        ),
    ],
    device: Annotated[
        str,
        typer.Option(
            metavar="PROVIDER:DEVICE",
            help="Where to run it, such as kipu:kipu.sim.qsim.",
            autocompletion=completion.devices,
        ),
    ],
    shots: Shots = 1000,
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A name for the job; without it, the file's.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A tag for the job; may be repeated.")] = None,
    session: Annotated[str | None, typer.Option(metavar="ID", help="A session to run it in.")] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A value for a parameter of the program; may be repeated."),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="What this cloud's submit takes besides, such as input_params.mode=statevector; may be repeated.",
        ),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the result and show it.")] = False,
    timeout: Timeout = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the converted program, the price and the queue; submit nothing.")
    ] = False,
) -> None:
    """Submit a program, and wait for its result if you like.

    Prints the job's handle, with which other commands name it.
    """
    from anyqpu_cli.submit import submit_files

    await submit_files(
        setup,
        file,
        device,
        shots=shots,
        name=name,
        tags=tag or [],
        session=session,
        parameters=parameter or [],
        options=option or [],
        wait=wait,
        timeout=timeout,
        dry_run=dry_run,
    )


@app.command()
@with_setup
async def jobs(
    setup: Setup,
    provider: Cloud = None,
    limit: Limit = 20,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATE", help="Only those in this state, such as running.", autocompletion=completion.states
        ),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and print each change.")] = False,
    every: Annotated[
        float, typer.Option(metavar="SECONDS", help="With --watch: how often to look.", parser=number())
    ] = 5.0,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="With --watch: when to stop.", parser=number(at_least=0)),
    ] = None,
) -> None:
    """List jobs, newest first."""
    from anyqpu_cli.jobs import list_jobs, watch_jobs

    if watch:
        await watch_jobs(setup, provider, limit=limit, status=status, every=every, timeout=timeout)
    else:
        await list_jobs(setup, provider, limit=limit, status=status)


app.add_typer(job, name="job")


@app.command()
@with_setup
async def resume(
    setup: Setup,
    handle: Annotated[list[str], typer.Argument(metavar="HANDLE | PROVIDER:ID", help="The job.")],
    timeout: Timeout = None,
) -> None:
    """Pick a job up again: wait for its result and show it."""
    from anyqpu_cli.jobs import result_of_job

    await result_of_job(setup, handle, timeout=timeout, announce=True)


@app.command()
@with_setup
async def sessions(setup: Setup, provider: Cloud = None, limit: Limit = 20) -> None:
    """List sessions."""
    from anyqpu_cli.jobs import list_sessions

    await list_sessions(setup, provider, limit=limit)


app.add_typer(reservations, name="reservations")
app.add_typer(config, name="config")


@app.command()
@with_setup
async def api(
    setup: Setup,
    method: Annotated[str, typer.Argument(metavar="METHOD", help="GET, POST, ...")],
    path: Annotated[str, typer.Argument(metavar="PROVIDER:PATH", help="Such as 'kipu:/jobs?size=1'.")],
    data: Annotated[str | None, typer.Option(metavar="JSON", help="The body: JSON, @FILE, or - for stdin.")] = None,
) -> None:
    """Call any operation of a cloud, authenticated.

    What it answers is printed as JSON.
    """
    from anyqpu_cli.api import call

    await call(setup, method, path, data=data)


@app.command()
def emulate(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            metavar="N",
            help="Port to listen on; 0 for any that is free.",
            parser=whole_number(at_least=0, at_most=65535),
        ),
    ] = 8787,
    speed: Annotated[
        str, typer.Option("--speed", metavar="SPEED", help="instant, fast or real.", autocompletion=completion.speeds)
    ] = "fast",
    seed: Seed = None,
    require_token: Annotated[str | None, typer.Option(metavar="TOKEN", help="The only credential to accept.")] = None,
    faults: Annotated[
        str | None, typer.Option(metavar="FILE", help="What goes wrong on demand: a TOML or JSON file.")
    ] = None,
    state: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep everything in this SQLite file, over restarts.")
    ] = None,
    readout_error: Annotated[
        float, typer.Option(metavar="CHANCE", help="By which each measured bit is wrong, 0 to 1.", parser=CHANCE)
    ] = 0,
    gate_error: Annotated[
        float,
        typer.Option(
            metavar="CHANCE", help="Of a Pauli error on each qubit of a gate, after it; 0 to 1.", parser=CHANCE
        ),
    ] = 0,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Name or address to answer to, besides this machine's own. May be repeated."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON when it is ready.")] = False,
    debug: Debug = False,
) -> None:
    """Serve the emulated clouds until interrupted."""
    from anyqpu_cli.emulate import serve

    options: dict[str, Any] = {"speed": speed, "seed": seed, "require_token": require_token, "faults": faults}
    options |= {"readout_error": readout_error, "gate_error": gate_error, "allow_hosts": allow_host or ()}
    with one_sentence(Setup(debug=debug)):
        serve(host, port, **options, state=state, as_json=json)


@app.command(name="bug-report")
def bug_report(json: Json = False, debug: Debug = False) -> None:
    """Print versions and settings, without secrets.

    And what the clouds sent that their documents lack, where that was recorded.
    """
    from anyqpu_cli import bug_report as reporting

    with one_sentence(Setup(debug=debug)):
        reporting.show(as_json=json)
