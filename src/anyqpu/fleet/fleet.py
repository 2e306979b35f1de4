"""Fleets: many jobs on several clouds, planned in a ledger, and sent from it."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, cast

import anyio
import anyio.lowlevel

from anyqpu._checks import check_number
from anyqpu.connecting import connect
from anyqpu.core import job_prices
from anyqpu.core.arguments import is_text, shown
from anyqpu.core.base import context_of
from anyqpu.core.client import Client
from anyqpu.core.keys import new_key
from anyqpu.core.programs.inputs import programs_of
from anyqpu.core.routing import AnyOf, Prefer, Target, split_device, targets_of
from anyqpu.core.stored_arguments import checked_ids
from anyqpu.errors import AnyQPUError, ClientStateError, ConfigError, ValidationError
from anyqpu.fleet.tickets import Ticket
from anyqpu.fleet.waits import Completed, Waits
from anyqpu.fleet.worker import Worker
from anyqpu.ledger.entry import Account, Outcome, Planned
from anyqpu.ledger.ledger import Ledger
from anyqpu.model.device import Device
from anyqpu.model.pictured import pictures
from anyqpu.model.status import DeviceKind

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

    from anyqpu.model.money import Money
    from anyqpu.model.program import Program, ProgramSource
    from anyqpu.model.result import Result
    from anyqpu.waiting import Clock

# Jobs of a device in flight, unless the user says otherwise.
IN_FLIGHT = 32
# Seconds that sends have to end when a fleet is closed.
GRACE_SECONDS = 5.0
# Entries that are prepared without a pause for other tasks.
AT_ONCE = 200
# The address of the emulator in this process, which has none.
IN_PROCESS = "emulator"


class Fleet:
    """Jobs on several clouds: planned, sent, waited for and kept in a ledger. Use it as `async with Fleet(...)`.

    Every job is in the ledger before anything is sent. After a crash, a fleet with the same ledger continues: nothing
    is lost, and nothing is sent twice.

    Attributes:
        run: The name of the run that programs are submitted to.
    """

    def __init__(
        self,
        *clouds: str | Client,
        ledger: str | os.PathLike[str] | None = None,
        run: str | None = None,
        in_flight: int | Mapping[str, int] = IN_FLIGHT,
        budget: Money | None = None,
        prices: Mapping[str, job_prices.JobPrice] | None = None,
        work: bool | Literal["steps"] = True,
        settle: float = 60.0,
        **connect_options: Any,
    ) -> None:
        """Store the options; connections and ledger are opened by `async with`.

        Args:
            clouds: Names of providers, or clients that are connected.
            ledger: The path of a file, or the URL of a PostgreSQL database; None: in memory.
            run: The name of the run. The programs of a run have names, by default their places: to submit them again,
                after a crash, returns the tickets that exist. None: a new run.
            in_flight: The most jobs of a device that are sent and not over: a number, or numbers by device; other
                devices have 32.
            budget: The most that the run may cost. The price of a job is reserved when it is planned.
            prices: What devices cost, by `"provider:device"` or device: `Money` for each job, or prices of its parts,
                such as `Pricing(per_shot=...)`. Without one, the cloud's own prices count.
            work: Whether this process sends and polls. False: it plans and waits, and others work. `"steps"`: it works
                where `step` is called.
            settle: Seconds after which an interrupted send that cannot be found counts as never sent: at least the time
                that a request may take, and the time after which a cloud lists a new job.
            connect_options: Options of `connect`, for the clouds that are given by name.

        Raises:
            ConfigError: An option is invalid.
        """
        self._options = dict(connect_options)
        # A traceback with local variables must not show credentials.
        connect_options.clear()
        self._clouds = clouds
        self._where = ledger
        self.run = run if run is not None else f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{secrets.token_hex(3)}"
        self._work = work
        self._budget = job_prices.checked_budget(budget)
        self._prices = job_prices.checked_prices({} if prices is None else prices)
        check_number("settle", settle, at_least=0, unit="seconds")
        self._settle = float(settle)
        self._limits = _limits(in_flight)
        if not clouds:
            raise ConfigError("a fleet needs a cloud", hint="Such as Fleet('kipu')")
        if not is_text(self.run):
            raise ConfigError(f"invalid run: expected a name, not {shown(run)}")
        self._clients: dict[str, Client] = {}
        self._workers: dict[str, Worker] = {}
        self._places = 0
        self._route = partial(targets_of, clients=self._clients, prices=self._prices, budget=self._budget)
        self._ledger: Ledger | None = None
        self._waits: Waits | None = None
        self._group: TaskGroup | None = None
        self._stack = AsyncExitStack()

    # Opening and closing

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            for cloud in self._clouds:
                client: Client = cloud if isinstance(cloud, Client) else connect(cloud, **self._options)
                if client is not cloud:
                    stack.push_async_callback(client.aclose)
                if client.provider in self._clients:
                    raise ConfigError(f"a fleet has one client of {client.provider}", hint="Use another fleet")
                self._clients[client.provider] = client
            self._ledger = await Ledger.open(self._where, work=self._work is not False)
            stack.push_async_callback(self._ledger.aclose)
            for name, client in self._clients.items():
                context = context_of(client)
                await self._ledger.enrol(Account(name, name, context.address or IN_PROCESS, context.account))
            self._waits = Waits(self._ledger, self._workers)
            self._group = anyio.create_task_group()
            await self._group.__aenter__()
            self._group.start_soon(self._waits.watch)
            if self._work is not False:
                for name in self._clients:
                    self._start(name, self._group)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop; what is not over stays in the ledger, for the next fleet that opens it."""
        group, self._group = self._group, None
        assert group is not None  # noqa: S101  # it was opened
        # An error of the block is not one of the group, which would put it into an exception group.
        ended = (kind, error, traceback) if isinstance(error, anyio.get_cancelled_exc_class()) else (None, None, None)
        try:
            if error is None:
                # What ends now need not be searched for.
                with anyio.move_on_after(GRACE_SECONDS):
                    for worker in self._workers.values():
                        await worker.finish_sends()
        except BaseException:
            ended = sys.exc_info()
            raise
        finally:
            group.cancel_scope.cancel()
            try:
                await group.__aexit__(*ended)
            finally:
                with anyio.CancelScope(shield=True):
                    for worker in self._workers.values():
                        await worker.release()
                    await self._stack.aclose()

    def _start(self, name: str, group: TaskGroup) -> None:
        client = self._clients[name]
        limits = {device: most for device, most in self._limits.items() if ":" not in device}
        prefix = f"{name}:"
        limits |= {key.removeprefix(prefix): most for key, most in self._limits.items() if key.startswith(prefix)}
        worker = self._workers[name] = Worker(
            client, self.ledger, self._open_waits(), account=name, limits=limits, settle=self._settle
        )
        group.start_soon(worker.keep_lease, self._work is not True)
        if self._work is True:
            group.start_soon(worker.run, group)

    @property
    def ledger(self) -> Ledger:
        """The ledger: `entries`, `entry` and `resolve`."""
        if self._ledger is None or self._group is None:
            raise ClientStateError("the fleet is not open", hint="Use it as `async with Fleet(...) as fleet`")
        return self._ledger

    def _clock(self) -> Clock:
        return context_of(next(iter(self._clients.values()))).clock

    def _open_waits(self) -> Waits:
        assert self.ledger  # noqa: S101  # raises where the fleet is not open
        return cast("Waits", self._waits)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The names of the accounts, for `step`."""
        return tuple(self._clients)

    # Submits

    async def submit(
        self,
        program: ProgramSource,
        *,
        device: str | Device | AnyOf,
        shots: int | None = None,
        id: str | None = None,
        **options: Any,
    ) -> Ticket:
        """Plan one program, which is then sent; see `submit_many`. `id` is its name within the run."""
        ids = None if id is None else [id]
        return (await self.submit_many([program], device=device, shots=shots, ids=ids, **options))[0]

    async def submit_many(
        self,
        programs: Iterable[ProgramSource],
        *,
        device: str | Device | AnyOf,
        shots: int | None = None,
        ids: Sequence[str] | None = None,
        **options: Any,
    ) -> list[Ticket]:
        """Plan programs, which are then sent; returns when they are in the ledger.

        Args:
            programs: The programs; each becomes a job.
            device: `"provider:device"`, or a choice: `fleet.any_of(...)`.
            shots: How often to run each.
            ids: Names within the run, by which a ticket that exists is returned; None: their places.
            options: What `submit` of the provider takes besides, such as `tags`, `parameters` or `max_cost`.

        Raises:
            BudgetExceededError: The budget does not suffice, or a price is unknown; nothing was planned.
            ConflictError: An id is used for other content.
            ValidationError: Something is not acceptable; nothing was planned.
        """
        self._open_waits()
        loaded = await programs_of(programs)
        places = range(self._places, self._places + len(loaded))
        names = checked_ids(ids, places)
        self._places = places.stop
        try:
            targets = await self._route(loaded, device, shots=shots, options=options)
            rows: list[Planned] = []
            for row in zip(targets, loaded, names, places, strict=True):
                rows.append(_row(*row))
                if not len(rows) % AT_ONCE:
                    await anyio.lowlevel.checkpoint()
            return await self._plan(rows)
        except BaseException:
            if self._places == places.stop:
                # The next submit has these places, as it will if the script runs again.
                self._places = places.start
            raise

    async def _plan(self, rows: Sequence[Planned]) -> list[Ticket]:
        waits = self._open_waits()
        entries = await self.ledger.plan(self.run, rows, budget=self._budget)
        for worker in self._workers.values():
            worker.wake()
        return await waits.tickets_of(self, entries)

    # Races and choices

    async def race(
        self,
        program: ProgramSource,
        *,
        devices: Sequence[str | Device],
        shots: int | None = None,
        id: str | None = None,
        timeout: float | None = None,
        **options: Any,
    ) -> Ticket:
        """Run a program on several devices; return the ticket with the first result.

        Each of the others gets exactly one cancel, and none if it was not sent, also where this process ends before.

        Args:
            program: The program.
            devices: Where it runs, each as `"provider:device"`.
            shots: How often to run it.
            id: The name of the race within the run; the ids of its tickets begin with it.
            timeout: Seconds to wait; after that the race continues without this call.
            options: As for `submit_many`.

        Raises:
            WaitTimeoutError: No job has completed within `timeout` seconds.
            AnyQPUError: No device returned a result; it is the error of the last one.
        """
        [loaded] = await programs_of([program])
        place = self._places
        self._places += 1
        name = checked_ids(None if id is None else [id], range(place, place + 1))[0]
        targets = [(await self._route([loaded], device, shots=shots, options=options))[0] for device in devices]
        names = [f"{name}@{target.account}:{target.device}" for target in targets]
        checked_ids(names, range(len(targets)))
        if not targets:
            raise ValidationError("a race needs a device", fields=("devices",))
        rows = [_row(target, loaded, own, place, race=names) for target, own in zip(targets, names, strict=True)]
        tickets = await self._plan(rows)
        last: Outcome | None = None
        async for ticket in self.as_completed(tickets, timeout=timeout):
            last = ticket.outcome
            if last is not None and last.kind == "completed":
                await self.cancel(rival for rival in tickets if rival is not ticket)
                return ticket
        assert last is not None  # noqa: S101  # there is a device, and so a ticket
        last.result()
        raise AssertionError  # an outcome without a result raises

    def any_of(self, *names: str, prefer: Prefer = "queue", kind: DeviceKind | str | None = None) -> AnyOf:
        """Return a choice of devices for `submit(device=...)`: the best one that a program fits.

        A device fits whose cloud says that it accepts jobs, that has enough qubits, takes that many shots, and takes
        the program's format or one that it can be converted to.

        Args:
            names: Clouds of this fleet, or devices as `"provider:device"`; none: all clouds.
            prefer: `"queue"` for the fewest waiting jobs, those of the same call included, or `"price"` for the lowest
                price.
            kind: `"qpu"` or `"simulator"`; None for both.
        """
        for name in names:
            if name not in self._clients and self._clients:
                split_device(name, self._clients)
        return AnyOf(names or tuple(self._clients), prefer, kind)

    # Waiting

    def as_completed(
        self, tickets: Iterable[Ticket] | Awaitable[list[Ticket]], *, timeout: float | None = None
    ) -> AsyncIterator[Ticket]:
        """Iterate over tickets as they get their outcomes; failures are outcomes too.

        Raises:
            WaitTimeoutError: There are tickets without an outcome after `timeout` seconds.
        """
        return Completed(self._open_waits(), tickets, timeout, self._clock())

    async def gather(
        self, tickets: Iterable[Ticket] | Awaitable[list[Ticket]], *, timeout: float | None = None
    ) -> list[Outcome]:
        """Return the outcomes of tickets, in their order, when all have one; failures are values."""
        chosen = await _listed(tickets)
        async for _ in Completed(self._open_waits(), chosen, timeout, self._clock(), together=True):
            pass
        return [ticket.outcome for ticket in chosen if ticket.outcome is not None]

    async def tickets(self, run: str | None = None) -> list[Ticket]:
        """Return the tickets of a run, by default this fleet's; `gather` and the like take the call as it is."""
        entries = await self.ledger.entries(run=self.run if run is None else run)
        return await self._open_waits().tickets_of(self, entries)

    async def cancel(self, tickets: Iterable[Ticket] | Awaitable[list[Ticket]]) -> None:
        """Request the cancellation of tickets: those that were not sent are not sent, the others get one cancel each.

        It returns when the ledger has the request; wait for the tickets to know how they ended.
        """
        keys = [ticket.key for ticket in await _listed(tickets) if ticket.state != "over"]
        await self.ledger.ask_cancel(keys)
        await self._open_waits().query(keys)
        for worker in self._workers.values():
            worker.wake(for_cancels=True)

    async def result_of(self, ticket: Ticket, timeout: float | None) -> Result:
        """Return the result of a ticket's job; the same as `ticket.result()`."""
        outcome = await ticket.wait(timeout=timeout)
        if outcome.kind == "completed" and outcome.body is None and outcome.handle is not None:
            # It is too large for the ledger.
            return await self._clients[ticket.account].attach(outcome.handle).result()
        return outcome.result()

    # Work

    async def step(self, account: str) -> float | None:
        """Do what is due for an account; return the seconds until the next step, None if nothing is left to do.

        For engines that run workers, with `work="steps"`. One step sends some programs, polls once, and returns when
        both are done; it does nothing where another process works on the account.
        """
        if (group := self._group) is None or account not in self._clients:
            raise ClientStateError(f"this fleet does not work on the account {shown(account)}")
        if account not in self._workers:
            self._start(account, group)
        return await self._workers[account].whole_step()

    async def release(self, account: str) -> None:
        """Give an account back between steps, so that another process can work on it while this fleet stays open."""
        if account in self._workers:
            await self._workers[account].release()

    def problem(self, account: str) -> AnyQPUError | None:
        """Return the error that stopped the work for an account, such as credentials that are not valid any more."""
        return self._workers[account].problem if account in self._workers else None

    def _repr_html_(self) -> str:
        facts = {} if self._waits is None else self._waits.progress()
        html: str = pictures().html_card("fleet", self.run, "closed" if self._group is None else "open", facts)
        return html

    def __repr__(self) -> str:
        return f"<Fleet {', '.join(self._clients)}: run {self.run}>"


def _row(target: Target, program: Program, id: str, place: int, race: Sequence[str] = ()) -> Planned:
    return Planned(
        key=new_key(),
        id=id,
        place=place,
        account=target.account,
        device=target.device,
        program=program,
        options={"submit": target.options, **({"race": list(race)} if race else {})},
        price=target.price,
        routed=target.is_routed,
    )


async def _listed(tickets: Iterable[Ticket] | Awaitable[list[Ticket]]) -> list[Ticket]:
    return await tickets if isinstance(tickets, Awaitable) else list(tickets)


def _limits(in_flight: object) -> dict[str, int]:
    """Return the most jobs in flight, by device; `""` for any other."""
    limits = cast("Mapping[str, Any]", in_flight if isinstance(in_flight, Mapping) else {"": in_flight})
    for device, most in limits.items():
        check_number(f"in_flight of {device}" if device else "in_flight", most, at_least=1, whole=True)
    return {"": IN_FLIGHT, **limits}
