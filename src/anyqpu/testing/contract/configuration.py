"""What a provider's test file says about its cloud, and what the parts of the contract share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, ClassVar, cast

import anyio
import pytest

import anyqpu
from anyqpu.core.client import Client
from anyqpu.errors import UnsupportedOperationError, ValidationError
from anyqpu.model.counts import BitOrder
from anyqpu.model.job import Job
from anyqpu.paging import Pager
from anyqpu.testing.contract.verbs import VERBS
from anyqpu.transport.hooks import Hooks, RequestEvent
from anyqpu.transport.retry import RetryPolicy


class RequestLog(Hooks):
    """Records the requests of a client: pass it as `connect(hooks=...)`."""

    def __init__(self) -> None:
        self.operations: list[str] = []

    def on_request(self, event: RequestEvent) -> None:
        """Record a request."""
        self.operations.append(event.operation)


class ContractBase:
    """The configuration of the suite. A subclass sets the attributes, and overrides the hooks that it needs.

    Attributes:
        provider: Name of the provider, as in `anyqpu.connect(name)`.
        device: Identifier of a device that runs `program`.
        program: A program of two qubits or more whose counts have only `expected_keys`, such as a Bell state.
        program_name: Name of a file with `program`, where its ending says which language it is.
        expected_keys: All bit strings that `program` may give.
        asymmetric_program: A program that always gives `asymmetric_key`, which is not the same from right to left. It
            proves the order of the bits: for gate-model devices, flip qubit 0 of two and measure both ("01").
        asymmetric_key: The bit string that `asymmetric_program` gives.
        bit_order: Order of the bits of both results.
        shots: How often the programs run.
        options: Options of `anyqpu.connect` for each client of the suite; `cloud` may set those of one test.
        secrets: Credentials, by option of `anyqpu.connect`, that must not be seen in any text.
        session_device: A device with sessions, where `device` has none; it runs `session_program`.
        session_program: A program for `session_device`, where that does not run `program`.
        session_options: Options of `open_session` and `session` besides the device.
        reservable_device: A device on which time can be reserved, where the provider has reservations.
        calibrated_device: A device with a calibration.
        reservation_notice: How long before its start a reservation of the suite is made.
        reservation_length: How long a reservation of the suite lasts.
        patience: Seconds for a job, or for anything else that is awaited, to be done. A cloud of the tests may let
            time pass faster.
        short: Seconds of a wait that must time out while a job is held.
        exempt: Tests of the suite that this provider does not pass, by name, each with the reason. They are reported as
            skipped with the reason; a name that is not a test of the suite fails.
    """

    pytestmark = pytest.mark.anyio

    provider: ClassVar[str]
    device: ClassVar[str]
    program: ClassVar[Any]
    program_name: ClassVar[str] = "program.txt"
    expected_keys: ClassVar[Collection[str]]
    asymmetric_program: ClassVar[Any]
    asymmetric_key: ClassVar[str]
    bit_order: ClassVar[BitOrder] = BitOrder.MSB_LEFT
    shots: ClassVar[int] = 20
    options: Mapping[str, Any] = MappingProxyType({})
    secrets: ClassVar[Mapping[str, str]] = {}
    session_device: ClassVar[str | None] = None
    session_program: ClassVar[Any] = None
    session_options: ClassVar[Mapping[str, Any]] = {}
    reservable_device: ClassVar[str] = ""
    calibrated_device: ClassVar[str | None] = None
    reservation_notice: ClassVar[timedelta] = timedelta(days=1)
    reservation_length: ClassVar[timedelta] = timedelta(minutes=15)
    patience: ClassVar[float] = 120.0
    short: ClassVar[float] = 1.0
    exempt: ClassVar[Mapping[str, str]] = {}

    # Hooks: what only the provider's test file can do

    @pytest.fixture(autouse=True)
    def cloud(self) -> Any:
        """Put the cloud of a test in place: an emulator, a fake server, or a test account. Override it.

        The fixture may be a coroutine. Each test has a cloud without jobs, sessions and reservations.
        """
        return None

    def connect(self, **options: Any) -> Client:
        """Return a new client of the cloud of this test; `options` are those of `anyqpu.connect`."""
        return anyqpu.connect(self.provider, **{**self.options, **options})

    async def hold_job(self, job: Job) -> None:
        """Keep a job from finishing until `release_job`, `fail_job` or a cancellation."""
        raise NotImplementedError("hold_job: keep a job of the test's cloud from finishing")

    async def release_job(self, job: Job) -> None:
        """Let a job that is held finish."""
        raise NotImplementedError("release_job: let a job of the test's cloud that is held finish")

    async def fail_job(self, job: Job, reason: str) -> None:
        """Make a job fail that has not finished; `reason` is what the cloud says."""
        raise NotImplementedError("fail_job: make a job of the test's cloud fail")

    async def break_requests(self, status: int) -> None:
        """Respond to all further requests for devices and jobs with an HTTP status, such as 503."""
        raise NotImplementedError("break_requests: let the test's cloud respond with a status")

    async def elapse(self, seconds: float) -> None:
        """Let the cloud's time pass. Override it where that is faster than the machine's time."""
        await anyio.sleep(seconds)

    def now(self) -> datetime:
        """Return the cloud's time, in UTC."""
        return datetime.now(UTC)

    # What the parts share

    @pytest.fixture(autouse=True)
    def exemption(self, request: pytest.FixtureRequest) -> None:
        """Skip a test that `exempt` names, with its reason."""
        name = getattr(request.node, "originalname", request.node.name)
        if name in self.exempt:
            pytest.skip(f"exempt: {self.exempt[name]}")

    def quick(self, sent: RequestLog | None = None) -> Client:
        """Return a client that sends each request once, and records it."""
        return self.connect(retry=RetryPolicy(attempts=1), **({} if sent is None else {"hooks": sent}))

    async def submit(self, client: Client, **changes: Any) -> Job:
        """Submit the program of the configuration; `changes` are arguments of `submit`."""
        arguments: dict[str, Any] = {"program": self.program, "device": self.device, "shots": self.shots, **changes}
        job: Job = await client.submit(arguments.pop("program"), **arguments)
        return job

    async def held(self, client: Client, **changes: Any) -> Job:
        """Submit a job that stays unfinished."""
        job = await self.submit(client, **changes)
        await self.hold_job(job)
        return job

    async def open_session(self, client: Client, **options: Any) -> Any:
        """Open a session on the device of the configuration."""
        return await client.open_session(self.session_device or self.device, **{**self.session_options, **options})

    async def submit_in(self, client: Client, session: Any, **changes: Any) -> Job:
        """Submit a program to a session."""
        program = self.program if self.session_program is None else self.session_program
        arguments = {"program": program, "device": self.session_device or self.device, "session": session, **changes}
        return await self.submit(client, **arguments)

    def window(self, number: int = 0) -> tuple[datetime, datetime]:
        """Return start and end of a reservation; each number has a window of its own, on a day of its own."""
        start = (self.now() + self.reservation_notice + timedelta(days=number)).replace(second=0, microsecond=0)
        return start, start + self.reservation_length

    async def reserve(self, client: Client, number: int = 0, **options: Any) -> Any:
        """Reserve the device of the configuration."""
        start, end = self.window(number)
        return await client.reserve(self.reservable_device, start=start, end=end, **options)

    @contextmanager
    def refused(self, sent: RequestLog, *fields: str) -> Generator[None]:
        """Check that arguments are refused before any request, and that the error names the argument."""
        before = list(sent.operations)
        with pytest.raises(ValidationError) as caught:
            yield
        error = caught.value
        assert error.status_code is None, "the arguments were sent, and the cloud refused them"
        assert sent.operations == before, "a request was sent before the arguments were checked"
        assert error.provider == self.provider, "the error does not name the provider"
        for field in fields:
            assert field in error.fields, f"the error does not name the field {field!r}"

    async def check_refused(self, sent: RequestLog, calls: Mapping[str, tuple[str | None, Callable[[], Any]]]) -> None:
        """Check that each of some calls is refused before any request.

        `calls` has, by a description, the argument that the error has to name, and the call. All that are not refused
        are reported at once.
        """
        problems: list[str] = []
        for description, (field, call) in calls.items():
            try:
                with self.refused(sent, *([] if field is None else [field])):
                    await run(call())
            except (Exception, pytest.fail.Exception) as error:
                text = str(error).partition("\n")[0]
                problems.append(f"{description}: {type(error).__name__}: {text[:200]}")
        assert not problems, "not refused as a ValidationError before any request:\n" + "\n".join(problems)

    @contextmanager
    def unsupported(self, sent: RequestLog) -> Generator[None]:
        """Check that a verb raises `UnsupportedOperationError` before any request."""
        before = list(sent.operations)
        with pytest.raises(UnsupportedOperationError) as caught:
            yield
        assert caught.value.provider == self.provider, "the error does not name the provider"
        assert caught.value.hint, "the error has no hint: `Capabilities.instead` says what to use"
        assert sent.operations == before, "a request was sent for a verb that the provider lacks"

    async def check_unsupported(self, client: Client, sent: RequestLog, verb: str) -> None:
        """Check that a verb which the capabilities lack raises `UnsupportedOperationError` before any request."""
        with self.unsupported(sent):
            await run(VERBS[verb].call(client, self))


async def run(outcome: Any) -> Any:
    """Await a verb's outcome: a coroutine, the first item of a pager, or a block that is entered and left."""
    if isinstance(outcome, Pager):
        return await cast("Pager[Any]", outcome).first()
    if hasattr(outcome, "__await__"):
        return await outcome
    if hasattr(outcome, "__aenter__"):
        async with outcome:
            return None
    return outcome
