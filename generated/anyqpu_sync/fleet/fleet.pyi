"""Types of the blocking classes of `anyqpu.fleet.fleet`. Written by scripts/sync."""

from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from types import TracebackType
from typing import Any, Literal, Self

from anyqpu_sync.core.client import Client
from anyqpu_sync.fleet.tickets import Ticket
from anyqpu_sync.ledger.ledger import Ledger

from anyqpu.core.job_prices import JobPrice
from anyqpu.core.routing import AnyOf, Prefer
from anyqpu.errors import AnyQPUError
from anyqpu.ledger.entry import Outcome
from anyqpu.model.device import Device
from anyqpu.model.money import Money
from anyqpu.model.program import ProgramSource
from anyqpu.model.result import Result
from anyqpu.model.status import DeviceKind
from anyqpu.sync.runner import EventLoop

class Fleet:
    """Jobs on several clouds: planned, sent, waited for and kept in a ledger. Use it as `with Fleet(...)`.

    Every job is in the ledger before anything is sent. After a crash, a fleet with the same ledger continues: nothing
    is lost, and nothing is sent twice.

    Attributes:
        run: The name of the run that programs are submitted to.
    """
    def __init__(
        self,
        *clouds: str | Client,
        event_loop: EventLoop = "asyncio",
        ledger: str | PathLike[str] | None = None,
        run: str | None = None,
        in_flight: int | Mapping[str, int] = ...,
        budget: Money | None = None,
        prices: Mapping[str, JobPrice] | None = None,
        work: bool | Literal["steps"] = True,
        settle: float = 60.0,
        **connect_options: Any,
    ) -> None:
        """Store the options; connections and ledger are opened by `with`.

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
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop; what is not over stays in the ledger, for the next fleet that opens it."""
        ...
    @property
    def ledger(self) -> Ledger:
        """The ledger: `entries`, `entry` and `resolve`."""
        ...
    @property
    def accounts(self) -> tuple[str, ...]:
        """The names of the accounts, for `step`."""
        ...
    def submit(
        self,
        program: ProgramSource,
        *,
        device: str | Device | AnyOf,
        shots: int | None = None,
        id: str | None = None,
        **options: Any,
    ) -> Ticket:
        """Plan one program, which is then sent; see `submit_many`. `id` is its name within the run."""
        ...
    def submit_many(
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
        ...
    def race(
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
        ...
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
        ...
    def as_completed(
        self, tickets: Iterable[Ticket] | Awaitable[list[Ticket]], *, timeout: float | None = None
    ) -> Iterator[Ticket]:
        """Iterate over tickets as they get their outcomes; failures are outcomes too.

        Raises:
            WaitTimeoutError: There are tickets without an outcome after `timeout` seconds.
        """
        ...
    def gather(
        self, tickets: Iterable[Ticket] | Awaitable[list[Ticket]], *, timeout: float | None = None
    ) -> list[Outcome]:
        """Return the outcomes of tickets, in their order, when all have one; failures are values."""
        ...
    def tickets(self, run: str | None = None) -> list[Ticket]:
        """Return the tickets of a run, by default this fleet's; `gather` and the like take the call as it is."""
        ...
    def cancel(self, tickets: Iterable[Ticket] | Awaitable[list[Ticket]]) -> None:
        """Request the cancellation of tickets: those that were not sent are not sent, the others get one cancel each.

        It returns when the ledger has the request; wait for the tickets to know how they ended.
        """
        ...
    def result_of(self, ticket: Ticket, timeout: float | None) -> Result:
        """Return the result of a ticket's job; the same as `ticket.result()`."""
        ...
    def step(self, account: str) -> float | None:
        """Do what is due for an account; return the seconds until the next step, None if nothing is left to do.

        For engines that run workers, with `work="steps"`. One step sends some programs, polls once, and returns when
        both are done; it does nothing where another process works on the account.
        """
        ...
    def release(self, account: str) -> None:
        """Give an account back between steps, so that another process can work on it while this fleet stays open."""
        ...
    def problem(self, account: str) -> AnyQPUError | None:
        """Return the error that stopped the work for an account, such as credentials that are not valid any more."""
        ...
