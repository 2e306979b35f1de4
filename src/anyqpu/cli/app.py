"""The commands and their options."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Any

import typer

from anyqpu import __version__
from anyqpu.cli.groups import InOrder, config, job, reservations
from anyqpu.cli.setup import Setup, one_sentence, with_setup

app = typer.Typer(
    name="anyqpu",
    cls=InOrder,
    help="Await quantum jobs on any cloud.",
    epilog="Exit codes: 1 failed, 2 bad input, 3 not allowed, 4 the job failed, 5 timed out, 130 interrupted.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Shots = Annotated[int, typer.Option(help="How often to run the program.")]
Timeout = Annotated[float | None, typer.Option(metavar="SECONDS", help="How long to wait at most.", min=0)]
Cloud = Annotated[str | None, typer.Argument(metavar="[PROVIDER]", help="A cloud; without it, all with credentials.")]
Limit = Annotated[int, typer.Option(help="How many to list of each cloud.", min=1)]


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        print(f"anyqpu {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from anyqpu.cli.settings import welcome

        print(welcome())


@app.command()
def demo(
    files: Annotated[list[Path] | None, typer.Argument(help="OpenQASM files; without any, two examples.")] = None,
    shots: Shots = 1000,
    device: Annotated[str, typer.Option(help="Device of the emulated Kipu cloud.")] = "kipu.sim.qsim",
    seed: Annotated[int | None, typer.Option(help="Makes the simulators repeat themselves.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")] = False,
) -> None:
    """Run programs offline: a real HTTP server, a real simulator, no account."""
    import anyio

    from anyqpu.cli.demo import run_demo

    with one_sentence(Setup(debug=debug)):
        anyio.run(functools.partial(run_demo, files or [], shots=shots, device=device, seed=seed))


@app.command()
@with_setup
async def providers(setup: Setup) -> None:
    """List the clouds: whether there are credentials, and what each can do."""
    from anyqpu.cli.devices import list_providers

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
    """List the devices of a cloud, or of all, with state, qubits, queue and price."""
    from anyqpu.cli.devices import list_devices

    await list_devices(setup, provider, fast=fast)


@app.command()
@with_setup
async def submit(
    setup: Setup,
    file: Annotated[Path, typer.Argument(help="The program: OpenQASM, Quil, JSON, ...")],
    device: Annotated[str, typer.Option(help="Where to run it, as PROVIDER:DEVICE, such as kipu:kipu.sim.qsim.")],
    shots: Shots = 1000,
    name: Annotated[str | None, typer.Option(help="A name for the job; without it, the file's.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag for the job; may be repeated.")] = None,
    session: Annotated[str | None, typer.Option(metavar="ID", help="A session to run it in.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the result and show it.")] = False,
    timeout: Timeout = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the converted program, the price and the queue; submit nothing.")
    ] = False,
) -> None:
    """Submit a program. Prints its handle, with which other commands name the job."""
    from anyqpu.cli.submit import submit_file

    await submit_file(
        setup,
        file,
        device,
        shots=shots,
        name=name,
        tags=tag or [],
        session=session,
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
    status: Annotated[str | None, typer.Option(help="Only those in this state, such as running.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and print each change.")] = False,
    every: Annotated[float, typer.Option(metavar="SECONDS", help="With --watch: how often to look.")] = 5.0,
    timeout: Annotated[float | None, typer.Option(metavar="SECONDS", help="With --watch: when to stop.", min=0)] = None,
) -> None:
    """List jobs, newest first."""
    from anyqpu.cli.jobs import list_jobs, watch_jobs

    if watch:
        await watch_jobs(setup, provider, limit=limit, status=status, every=every, timeout=timeout)
    else:
        await list_jobs(setup, provider, limit=limit, status=status)


app.add_typer(job, name="job")


@app.command()
@with_setup
async def resume(
    setup: Setup,
    handle: Annotated[list[str], typer.Argument(metavar="HANDLE | PROVIDER ID", help="The job.")],
    timeout: Timeout = None,
) -> None:
    """Pick a job up again: wait for its result and show it."""
    from anyqpu.cli.jobs import result_of_job

    await result_of_job(setup, handle, timeout=timeout, announce=True)


@app.command()
@with_setup
async def sessions(setup: Setup, provider: Cloud = None, limit: Limit = 20) -> None:
    """List sessions."""
    from anyqpu.cli.jobs import list_sessions

    await list_sessions(setup, provider, limit=limit)


app.add_typer(reservations, name="reservations")
app.add_typer(config, name="config")


@app.command()
@with_setup
async def api(
    setup: Setup,
    method: Annotated[str, typer.Argument(help="GET, POST, ...")],
    path: Annotated[str, typer.Argument(metavar="PROVIDER:PATH", help="Such as 'kipu:/jobs?size=1'.")],
    data: Annotated[str | None, typer.Option(metavar="JSON", help="The body: JSON, @FILE, or - for stdin.")] = None,
) -> None:
    """Call any operation of a cloud's API, with your credentials, and print what it answers."""
    from anyqpu.cli.api import call

    await call(setup, method, path, data=data)


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
    gate_error: Annotated[
        float, typer.Option(help="Chance of a Pauli error on each qubit of a gate, after it.", min=0, max=1)
    ] = 0,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")] = False,
) -> None:
    """Serve the emulated clouds until interrupted."""
    from anyqpu.cli.emulate import serve

    options: dict[str, Any] = {"speed": speed, "seed": seed, "require_token": require_token, "faults": faults}
    with one_sentence(Setup(debug=debug)):
        serve(host, port, **options, state=state, readout_error=readout_error, gate_error=gate_error)


@app.command(name="bug-report")
def bug_report(
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")] = False,
) -> None:
    """Print versions, settings without secrets, and what the clouds sent that their documents lack."""
    from anyqpu.cli import bug_report as reporting

    with one_sentence(Setup(debug=debug)):
        reporting.show(as_json=json)
