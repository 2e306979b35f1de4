"""The groups of commands `job`, `sessions`, `reservations` and `config`, and arguments that several commands have."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from anyqpu.model.money import Money
from anyqpu_cli.completion import devices as complete_devices
from anyqpu_cli.completion import providers as complete_providers
from anyqpu_cli.numbers import money, number, whole_number
from anyqpu_cli.setup import Setup, with_setup
from anyqpu_cli.target import provider_names
from anyqpu_cli.usage import FriendlyGroup, WrappedGroup

JobArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="HANDLE | PROVIDER:ID",
        help="The job: its handle, as text or JSON, or provider and id, of which the first characters are enough.",
    ),
]
Timeout = Annotated[
    float | None, typer.Option(metavar="SECONDS", help="The longest time to wait.", parser=number(at_least=0))
]
Limit = Annotated[
    int, typer.Option(metavar="N", help="Entries to list of each provider, from 1.", parser=whole_number(at_least=1))
]
Cloud = Annotated[
    str | None,
    typer.Argument(
        metavar="[PROVIDER]", help="A provider; all with credentials if omitted.", autocompletion=complete_providers
    ),
]
Target = Annotated[
    str,
    typer.Argument(metavar="PROVIDER:DEVICE", help="Such as rigetti:Aspen-9.", autocompletion=complete_devices),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation: this may cost money.")]
MaxCost = Annotated[
    Money | None,
    typer.Option(
        metavar="AMOUNT",
        help="Such as '5.00 EUR': refuse what costs at least more, or has no known price, and ask nothing.",
        parser=money,
    ),
]
LedgerOption = Annotated[
    str, typer.Option("--ledger", metavar="URL", help="The path of the ledger's file, or postgresql://...")
]
SessionArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PROVIDER:ID",
        help="The session; the first characters of its id are enough.",
        autocompletion=complete_providers,
    ),
]
Columns = Annotated[
    str | None, typer.Option(metavar="NAMES", help="The columns of the table, such as a,b,c; a wrong name lists all.")
]
FullIds = Annotated[bool, typer.Option("--full-ids", help="Show whole identifiers on a terminal too.")]
TIMES = "ISO 8601, local time if it has no zone; or now, or 'in 2h'."


# In the order in which a new user needs them.
ORDER = (
    *("demo", "examples", "providers", "devices", "device", "submit", "jobs", "job", "resume", "sessions"),
    *("reservations", "fleet", "login", "config", "api", "emulate", "bug-report"),
)


class OrderedGroup(FriendlyGroup):
    """A group that lists its commands in a fixed order, subgroups included."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return sorted(super().list_commands(ctx), key=ORDER.index)


class ListByDefault(WrappedGroup):
    """A group whose default command is `list`, as in `anyqpu reservations rigetti --json`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert `list` where the command is missing."""
        first = args[0] if args else "--"
        if first != "--help" and (first.startswith("-") or first in provider_names()):
            args = ["list", *args]
        return super().parse_args(ctx, args)


job = typer.Typer(help="Show, wait for or cancel a job, or print its result.", cls=WrappedGroup, no_args_is_help=True)
sessions = typer.Typer(help="List, show, close and drain sessions.", cls=ListByDefault)
reservations = typer.Typer(help="List, find, book and cancel reserved time.", cls=ListByDefault)
fleet = typer.Typer(help="Work on the jobs of a ledger, and show them.", cls=WrappedGroup, no_args_is_help=True)
config = typer.Typer(
    help="Show settings with their origins, and check credentials.", cls=WrappedGroup, no_args_is_help=True
)


@job.command("show")
@with_setup
async def job_show(setup: Setup, job: JobArgument) -> None:
    """Show a job."""
    from anyqpu_cli.jobs import show_job

    await show_job(setup, job)


@job.command("wait")
@with_setup
async def job_wait(setup: Setup, job: JobArgument, timeout: Timeout = None) -> None:
    """Wait until a job has ended; exit code 4 if it did not complete."""
    from anyqpu_cli.jobs import wait_for_job

    await wait_for_job(setup, job, timeout=timeout)


@job.command("cancel")
@with_setup
async def job_cancel(setup: Setup, job: JobArgument) -> None:
    """Cancel a job."""
    from anyqpu_cli.jobs import cancel_job

    await cancel_job(setup, job)


@job.command("result")
@with_setup
async def job_result(setup: Setup, job: JobArgument, timeout: Timeout = None) -> None:
    """Show a job's result, waiting for it if necessary."""
    from anyqpu_cli.jobs import result_of_job

    await result_of_job(setup, job, timeout=timeout)


@fleet.command("work")
@with_setup
async def fleet_work(
    setup: Setup,
    ledger: LedgerOption,
    settle: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help="After this time an interrupted send that cannot be found counts as never sent.",
            parser=number(at_least=0),
        ),
    ] = 60.0,
    in_flight: Annotated[
        int,
        typer.Option(metavar="N", help="Open jobs of a device, at most.", parser=whole_number(at_least=1)),
    ] = 32,
    until_done: Annotated[bool, typer.Option("--until-done", help="Stop when no job is open.")] = False,
) -> None:
    """Send the jobs that a ledger has, and follow them; start it on as many machines as you like.

    It asks for no confirmation: what was planned, with its budget, was agreed to. Stop it at any time.
    """
    from anyqpu_cli.fleet import work

    await work(setup, ledger, settle=settle, in_flight=in_flight, until_done=until_done)


@fleet.command("status")
@with_setup
async def fleet_status(
    setup: Setup,
    ledger: LedgerOption,
    run: Annotated[str | None, typer.Option(metavar="NAME", help="Only this run.")] = None,
) -> None:
    """Show states, outcomes, and money held and spent, by run and device."""
    from anyqpu_cli.fleet import status

    await status(setup, ledger, run=run)


@fleet.command("resolve")
@with_setup
async def fleet_resolve(
    setup: Setup,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an entry, as `status` prints it.")],
    how: Annotated[
        str, typer.Argument(metavar="resend | abandon | HANDLE", help="Send it, end it, or say which job it became.")
    ],
    ledger: LedgerOption,
) -> None:
    """Decide about an entry of which it is unknown whether it was sent."""
    from anyqpu_cli.fleet import resolve

    await resolve(setup, ledger, key, how)


@sessions.command("list")
@with_setup
async def sessions_list(
    setup: Setup, provider: Cloud = None, limit: Limit = 20, columns: Columns = None, full_ids: FullIds = False
) -> None:
    """List sessions, with when they end and what they may still cost."""
    from anyqpu_cli.sessions import list_sessions

    await list_sessions(setup, provider, limit=limit, columns=columns, full_ids=full_ids)


@sessions.command("show")
@with_setup
async def sessions_show(setup: Setup, session: SessionArgument) -> None:
    """Show a session."""
    from anyqpu_cli.sessions import show_session

    await show_session(setup, session)


@sessions.command("close")
@with_setup
async def sessions_close(
    setup: Setup,
    session: SessionArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, even if jobs have not ended.")] = False,
) -> None:
    """End a session; asks first if jobs in it have not ended, since they may be cancelled."""
    from anyqpu_cli.sessions import close_session

    await close_session(setup, session, yes=yes)


@sessions.command("drain")
@with_setup
async def sessions_drain(setup: Setup, session: SessionArgument) -> None:
    """Let a session take no more jobs; those that it has finish."""
    from anyqpu_cli.sessions import drain_session

    await drain_session(setup, session)


@reservations.command("list")
@with_setup
async def reservations_list(
    setup: Setup, provider: Cloud = None, limit: Limit = 20, columns: Columns = None, full_ids: FullIds = False
) -> None:
    """List reservations."""
    from anyqpu_cli.reservations import list_reservations

    await list_reservations(setup, provider, limit=limit, columns=columns, full_ids=full_ids)


@reservations.command("find")
@with_setup
async def reservations_find(
    setup: Setup,
    device: Target,
    start: Annotated[str, typer.Option(metavar="TIME", help=f"The earliest start: {TIMES}")] = "now",
    duration: Annotated[str, typer.Option(metavar="LENGTH", help="Such as 90s, 15m or 1h30m.")] = "15m",
    limit: Annotated[
        int, typer.Option(metavar="N", help="Entries to list, from 1.", parser=whole_number(at_least=1))
    ] = 10,
    columns: Columns = None,
) -> None:
    """Find times that can be reserved."""
    from anyqpu_cli.reservations import find_slots

    await find_slots(setup, device, start=start, duration=duration, limit=limit, columns=columns)


@reservations.command("book")
@with_setup
async def reservations_book(
    setup: Setup,
    device: Target,
    start: Annotated[str, typer.Option(metavar="TIME", help=f"The start: {TIMES}")],
    duration: Annotated[str | None, typer.Option(metavar="LENGTH", help="Such as 15m or 1h30m.")] = None,
    end: Annotated[str | None, typer.Option(metavar="TIME", help="The end, instead of a duration.")] = None,
    yes: Yes = False,
    max_cost: MaxCost = None,
) -> None:
    """Reserve time on a device, after confirmation, unless it is free."""
    from anyqpu_cli.reservations import book

    await book(setup, device, start=start, duration=duration, end=end, yes=yes, max_cost=max_cost)


@reservations.command("cancel")
@with_setup
async def reservations_cancel(
    setup: Setup,
    reservation: Annotated[
        list[str],
        typer.Argument(
            metavar="PROVIDER:ID",
            help="The reservation; the first characters of a long id are enough.",
            autocompletion=complete_providers,
        ),
    ],
) -> None:
    """Cancel a reservation."""
    from anyqpu_cli.reservations import cancel

    await cancel(setup, reservation)


@config.command("show")
@with_setup
async def config_show(setup: Setup, provider: Cloud = None) -> None:
    """Show every setting with its origin, and secrets as ***; sends no request."""
    from anyqpu_cli.settings import show_config

    await show_config(setup, provider)


@config.command("check")
@with_setup
async def config_check(setup: Setup, provider: Cloud = None) -> None:
    """Check your credentials with one small request to each provider."""
    from anyqpu_cli.settings import check_config

    await check_config(setup, provider)
