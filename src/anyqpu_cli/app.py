"""The commands and their options."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Any

import typer

from anyqpu import __version__
from anyqpu_cli import completion
from anyqpu_cli.groups import (
    Cloud,
    Columns,
    FullIds,
    Limit,
    MaxCost,
    OrderedGroup,
    Target,
    Timeout,
    Yes,
    config,
    fleet,
    job,
    reservations,
    sessions,
)
from anyqpu_cli.numbers import level, number, whole_number
from anyqpu_cli.output import show
from anyqpu_cli.setup import Setup, report_errors, with_setup

app = typer.Typer(
    name="anyqpu",
    cls=OrderedGroup,
    help="Await quantum jobs on four clouds.",
    epilog="Exit codes: 1 failed, 2 bad input, 3 not allowed, 4 the job failed, 5 timed out, 130 interrupted.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Shots = Annotated[int, typer.Option(metavar="N", help="Repetitions of the program.", parser=whole_number())]
Json = Annotated[bool, typer.Option("--json", help="Print JSON; its keys are stable.")]
Debug = Annotated[bool, typer.Option("--debug", help="Print a traceback with each error.")]
Seed = Annotated[
    int | None, typer.Option(metavar="N", help="Seed of the simulators, for repeatable results.", parser=whole_number())
]
CHANCE = number(at_least=0, at_most=1)


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
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
        list[Path] | None,
        typer.Argument(metavar="[FILES]", help="Programs, - for stdin; an example on each cloud if omitted."),
    ] = None,
    shots: Shots = 1000,
    device: Annotated[
        str | None,
        typer.Option("--device", metavar="DEVICE", help="An emulated device, of Kipu unless it is PROVIDER:DEVICE."),
    ] = None,
    seed: Seed = None,
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the results alone.")] = False,
    debug: Debug = False,
) -> None:
    """Run programs offline, with a real server and simulator.

    This needs no account and no network: a server on this machine implements the APIs of the four clouds.
    """
    import anyio

    from anyqpu_cli.demo import run_demo

    setup = Setup(as_json=json, quiet=quiet, debug=debug)
    with report_errors(setup):
        anyio.run(functools.partial(run_demo, setup, files or [], shots=shots, device=device, seed=seed))


@app.command()
@with_setup
def examples(
    setup: Setup,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The example to copy; lists them if omitted.")
    ] = None,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where to copy it; created if it does not exist.")] = Path(
        "."
    ),
    columns: Columns = None,
) -> None:
    """List the example programs, or copy one to this folder."""
    from anyqpu_cli.examples import copy_example, list_examples

    if name is None:
        list_examples(setup, columns=columns)
    else:
        copy_example(setup, name, to)


@app.command()
@with_setup
async def providers(setup: Setup, columns: Columns = None) -> None:
    """List providers with credentials and capabilities."""
    from anyqpu_cli.devices import list_providers

    await list_providers(setup, columns=columns)


@app.command()
@with_setup
async def devices(
    setup: Setup,
    provider: Cloud = None,
    fast: Annotated[
        bool,
        typer.Option(
            "--fast", help="Print only what the providers' lists contain, in few requests: no state, no queue."
        ),
    ] = False,
    columns: Columns = None,
) -> None:
    """List devices, with state, qubits, queue and price."""
    from anyqpu_cli.devices import list_devices

    await list_devices(setup, provider, fast=fast, columns=columns)


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
            help="The device, such as kipu:kipu.sim.qsim.",
            autocompletion=completion.devices,
        ),
    ],
    shots: Shots = 1000,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="A name for the job; the file's if omitted.")] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A tag for the job; may be repeated.")] = None,
    key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="A key of your own: a second submit with it returns the same job."),
    ] = None,
    session: Annotated[str | None, typer.Option(metavar="ID", help="The session to run it in.")] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A value for a parameter of the program; may be repeated."),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="An option of this provider's submit, such as input_params.mode=statevector; may be repeated.",
        ),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the result and show it.")] = False,
    timeout: Timeout = None,
    transpile: Annotated[
        int | None,
        typer.Option(
            "--transpile",
            metavar="[=LEVEL]",
            help="Turn OpenQASM into the device's native gates, with Qiskit; =0 is fast, =3 makes short programs.",
            parser=level,
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show the converted program, price, minimum and queue; submit nothing."),
    ] = False,
    yes: Yes = False,
    max_cost: MaxCost = None,
) -> None:
    """Submit a program, and optionally wait for its result.

    Prints the job's handle, the argument of the other commands for jobs. Asks first if the job costs money, or may.
    """
    from anyqpu_cli.submit import submit_files

    await submit_files(
        setup,
        file,
        device,
        shots=shots,
        name=name,
        tags=tag or [],
        key=key,
        session=session,
        parameters=parameter or [],
        options=option or [],
        wait=wait,
        timeout=timeout,
        transpile=transpile,
        dry_run=dry_run,
        yes=yes,
        max_cost=max_cost,
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
            metavar="STATE", help="List only jobs in this state, such as running.", autocompletion=completion.states
        ),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Keep running, and print each change.")] = False,
    every: Annotated[
        float, typer.Option(metavar="SECONDS", help="With --watch: time between polls.", parser=number())
    ] = 5.0,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="With --watch: when to stop.", parser=number(at_least=0)),
    ] = None,
    columns: Columns = None,
    full_ids: FullIds = False,
) -> None:
    """List jobs, newest first."""
    from anyqpu_cli.jobs import list_jobs, watch_jobs

    if watch:
        await watch_jobs(setup, provider, limit=limit, status=status, every=every, timeout=timeout)
    else:
        await list_jobs(setup, provider, limit=limit, status=status, columns=columns, full_ids=full_ids)


app.add_typer(job, name="job")


@app.command()
@with_setup
async def resume(
    setup: Setup,
    handle: Annotated[list[str], typer.Argument(metavar="HANDLE | PROVIDER:ID", help="The job.")],
    timeout: Timeout = None,
) -> None:
    """Resume a job: wait for its result and show it."""
    from anyqpu_cli.jobs import result_of_job

    await result_of_job(setup, handle, timeout=timeout, announce=True)


app.add_typer(sessions, name="sessions")
app.add_typer(reservations, name="reservations")
app.add_typer(fleet, name="fleet")
app.add_typer(config, name="config")


@app.command()
@with_setup
def login(
    setup: Setup,
    provider: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROVIDER]", help="The provider; asks if omitted.", autocompletion=completion.providers
        ),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Another setting, such as region=sa; may be repeated."),
    ] = None,
    stdin: Annotated[
        bool,
        typer.Option("--stdin", help="Read credentials from standard input: NAME=VALUE lines, or a token alone."),
    ] = False,
    no_check: Annotated[bool, typer.Option("--no-check", help="Save them without a request.")] = False,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Save secrets in the system keyring, instead of the file.")
    ] = False,
) -> None:
    """Ask for credentials, check and save them.

    Prints where to get each one. Saves to your configuration file, readable by you alone.
    """
    from anyqpu_cli.login import log_in

    log_in(setup, provider, settings=setting or [], from_stdin=stdin, check=not no_check, in_keyring=keyring)


@app.command()
@with_setup
async def api(
    setup: Setup,
    method: Annotated[str, typer.Argument(metavar="METHOD", help="GET, POST, ...")],
    path: Annotated[str, typer.Argument(metavar="PROVIDER:PATH", help="Such as 'kipu:/jobs?size=1'.")],
    data: Annotated[str | None, typer.Option(metavar="JSON", help="The body: JSON, @FILE, or - for stdin.")] = None,
) -> None:
    """Call any operation of a provider, authenticated.

    Prints the response as JSON.
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
            help="Port to listen on; 0 for any free port.",
            parser=whole_number(at_least=0, at_most=65535),
        ),
    ] = 8787,
    grpc_port: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Port of gRPC; by default the next one, or any free port.",
            parser=whole_number(at_least=0, at_most=65535),
        ),
    ] = None,
    speed: Annotated[
        str, typer.Option("--speed", metavar="SPEED", help="instant, fast or real.", autocompletion=completion.speeds)
    ] = "fast",
    seed: Seed = None,
    require_token: Annotated[str | None, typer.Option(metavar="TOKEN", help="The only credential to accept.")] = None,
    faults: Annotated[
        str | None, typer.Option(metavar="FILE", help="Rules of injected faults: a TOML or JSON file.")
    ] = None,
    state: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep the state in this SQLite file across restarts.")
    ] = None,
    readout_error: Annotated[
        float, typer.Option(metavar="CHANCE", help="Probability that a measured bit is wrong, 0 to 1.", parser=CHANCE)
    ] = 0,
    gate_error: Annotated[
        float,
        typer.Option(
            metavar="CHANCE", help="Probability of a Pauli error on each qubit after a gate, 0 to 1.", parser=CHANCE
        ),
    ] = 0,
    strict: Annotated[
        bool | None,
        typer.Option(
            "--strict/--lenient", help="Whether devices that stand for hardware refuse what the hardware refuses."
        ),
    ] = None,
    noise: Annotated[bool, typer.Option("--noise", help="Add the noise of the devices' calibrations.")] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A further host name or address to accept; may be repeated."),
    ] = None,
    env: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Print a client's settings for a running emulator: a cloud, a client or anyqpu."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON when ready.")] = False,
    debug: Debug = False,
) -> None:
    """Serve the emulated clouds until interrupted."""
    from anyqpu_cli.emulate import serve, show_client_settings

    options: dict[str, Any] = {"speed": speed, "seed": seed, "require_token": require_token, "faults": faults}
    options |= {"readout_error": readout_error, "gate_error": gate_error, "allow_hosts": allow_host or ()}
    options |= {"strict": strict, "noise": noise, "grpc_port": grpc_port}
    with report_errors(Setup(as_json=json, debug=debug)):
        if env is not None:
            show_client_settings(env, host, port, token=require_token, as_json=json)
            return
        serve(host, port, **options, state=state, as_json=json)


@app.command(name="bug-report")
def bug_report(json: Json = False, debug: Debug = False) -> None:
    """Print versions and settings, without secrets.

    The report includes recorded differences between the providers' responses and their API documents.
    """
    from anyqpu_cli import bug_report as reporting

    with report_errors(Setup(as_json=json, debug=debug)):
        reporting.show(as_json=json)
