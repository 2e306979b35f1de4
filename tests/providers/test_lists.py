"""Every list of every cloud ends, whatever the server makes of its paging, and loses nothing that was sent."""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

import anyqpu
from anyqpu.errors import UnexpectedResponseError
from anyqpu.paging import EMPTY_PAGES, REPEATS, Pager
from anyqpu.providers.kipu import KipuClient
from anyqpu.providers.kipu.resources.service_executions import ServiceExecution
from anyqpu.providers.pasqal import PasqalClient
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from scripts.operations_table import bound, composed
from tests.emulator.pasqal.helpers import FLIP
from tests.providers.kipu.test_results import X_ON_QUBIT_0
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

AER, FEZ, QSIM = "EMU-AER-16C-128M", "ibm.qpu.fez", "kipu.sim.qsim"
QASM = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\ncreg c[1];\nmeasure q[0] -> c[0];\n'
RUN = "6f2b7e1a-0000-4000-8000-000000000001"
WHERE = {"page", "offset", "pageToken"}
MANY = 10**9


@dataclass
class IgnoresPaging:
    """An emulator that, once switched on, sends the first page for each request and announces many more pages."""

    app: Any
    on: bool = False
    requests: int = 0
    tokens: Any = field(default_factory=count)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.on or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        self.requests += 1
        pairs = parse_qsl(scope["query_string"].decode(), keep_blank_values=True)
        start = int(dict(pairs).get("offset", 0))
        scope = {**scope, "query_string": urlencode([pair for pair in pairs if pair[0] not in WHERE]).encode()}
        sent: list[Any] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, keep)
        body = b"".join(message.get("body", b"") for message in sent)
        content = json.loads(body) if body else None
        if isinstance(content, dict):
            self._promise(scope["path"], content, start)
            body = json.dumps(content).encode()
        headers = [(name, value) for name, value in sent[0]["headers"] if name != b"content-length"]
        await send({**sent[0], "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _promise(self, path: str, content: dict[str, Any], start: int) -> None:
        """Say that there is more."""
        if path.startswith("/scaleway"):
            content["total_count"] = MANY
        elif path.startswith("/kipu"):
            content |= {"total_elements": MANY, "total_pages": MANY}
        elif path.startswith("/pasqal"):
            content["pagination"] = {"total": MANY, "start": start, "end": start + 100}
        else:
            content["nextPageToken"] = f"token-{next(self.tokens)}"


@asynccontextmanager
async def connected(provider: str, **options: Any) -> AsyncIterator[tuple[Any, IgnoresPaging]]:
    emulator = Emulator(speed="instant")
    server = IgnoresPaging(emulator.app)
    transport = InProcess(lambda: (server, emulator.close))
    async with anyqpu.connect(provider, emulator="http://127.0.0.1", transport=transport, **options) as client:  # type: ignore[call-overload]
        yield client, server


Lists = dict[str, Pager[Any]]


async def scaleway_lists(client: ScalewayClient) -> Lists:
    session = await client.open_session(AER)
    jobs = [await client.submit(QASM, device=AER, shots=2, session=session) for _ in range(3)]
    await jobs[0].wait(timeout=30)
    process = await client.process("vqe", device=AER)
    start = datetime.now(UTC) + timedelta(days=1)
    await client.reserve("QPU-FRESNEL-100PQ", start=start, end=start + timedelta(hours=1))
    return {
        "applications.list": client.applications(),
        "devices": client.devices(),
        "job_results": client.job_results(jobs[0]),
        "jobs": client.jobs(),
        "models.list": client.models(),
        "processes.results": client.process_results(process),
        "processes.list": client.processes(),
        "reservations": client.reservations(),
        "session_access": client.session_access(session),
        "session_jobs": client.session_jobs(session),
        "sessions": client.sessions(),
    }


async def kipu_lists(client: KipuClient) -> Lists:
    for _ in range(3):
        await client.submit(X_ON_QUBIT_0[QSIM], device=QSIM, shots=2)
    session = await client.open_session(FEZ)
    await client.open_session(FEZ)
    return {
        "calibration_history": client.calibration_history(FEZ, since=datetime.now(UTC) - timedelta(hours=3)),
        "devices": client.devices(),
        "jobs": client.jobs(),
        "runtime_minutes.list": client.runtime_minutes(),
        "session_jobs": client.session_jobs(session),
        "sessions": client.sessions(),
        "workloads": client.workloads(),
    }


async def service_lists(client: KipuClient) -> Lists:
    await client.submit(X_ON_QUBIT_0[QSIM], device=QSIM, shots=2)
    return {"workloads": client.service_execution(RUN).workloads()}


async def pasqal_lists(client: PasqalClient) -> Lists:
    session = await client.open_session("EMU_FREE")
    for _ in range(3):
        await client.submit(FLIP, device="EMU_FREE", shots=2, session=session)
    await client.workload("qadence_circuit", backend="pyqtorch", config={})
    return {
        "batches.list": client.batches(),
        "devices": client.devices(),
        "jobs": client.jobs(),
        "projects.list": client.projects(),
        "queues.batches": client.queues.batches("EMU_FREE"),
        "session_jobs": client.session_jobs(session),
        "sessions": client.sessions(),
        "workloads.list": client.workloads(),
    }


async def rigetti_lists(client: RigettiClient) -> Lists:
    start = datetime.now(UTC) + timedelta(days=1)
    await client.reserve("Aspen-9", start=start, end=start + timedelta(minutes=5))
    invoice = await client.invoices().first()
    assert invoice is not None
    return {
        "devices": client.devices(),
        "endpoints.list": client.endpoints(),
        "find_slots": client.find_slots("Aspen-9", start=start, duration=900, page_size=20),
        "groups.members": client.group_members("emulator-lab"),
        "groups.list": client.groups(),
        "billing.invoice_lines": client.invoice_lines(invoice),
        "billing.invoices": client.invoices(),
        "reservations": client.reservations(),
        "processors.calibrations": client.processors.calibrations(),
    }


CLIENTS: dict[str, tuple[type, Callable[[Any], Awaitable[Lists]]]] = {
    "scaleway": (ScalewayClient, scaleway_lists),
    "kipu": (KipuClient, kipu_lists),
    "kipu service": (ServiceExecution, service_lists),
    "pasqal": (PasqalClient, pasqal_lists),
    "rigetti": (RigettiClient, rigetti_lists),
}
# Their items have no identity: a repeated page looks like another page with the same results.
WITHOUT_IDENTITY = {"job_results", "processes.results"}
# Common lists that a provider lacks.
LACKS = {
    "scaleway": {"find_slots"},
    "kipu": {"find_slots", "reservations"},
    "pasqal": {"find_slots", "reservations"},
    "rigetti": {"jobs", "session_jobs", "sessions"},
}


def public_lists(kind: type, provider: str) -> set[str]:
    """Return the names of the methods that return pagers, those of composed services too."""
    methods = dict(inspect.getmembers(kind, inspect.isfunction))
    if issubclass(kind, anyqpu.Client):
        for service, part in composed(provider).items():
            methods |= {f"{service}.{name}": method for name, method in inspect.getmembers(part, inspect.isfunction)}
        methods |= {
            name: method
            for name, method in bound(provider).items()
            if type(method.__self__) not in composed(provider).values()
        }
    return {
        name
        for name, method in methods.items()
        if "Pager[" in str(method.__annotations__.get("return")) and not name.rpartition(".")[2].startswith("_")
    } - LACKS.get(provider, set())


def key_of(item: Any) -> Any:
    if isinstance(item, str | anyqpu.Calibration):
        return item if isinstance(item, str) else item.effective_at
    return getattr(item, "id", None) or (item.device_id, item.start, item.end)


@pytest.mark.parametrize("name", CLIENTS)
async def test_a_server_that_ignores_paging_ends_every_list(name: str, anyio_backend: str) -> None:
    kind, lists_of = CLIENTS[name]
    options = {"service_execution_id": RUN} if kind is ServiceExecution else {}
    async with connected(name.split(maxsplit=1)[0], **options) as (client, server):
        lists = await lists_of(client)
        assert lists.keys() == public_lists(kind, name), "a list that is missing here"
        for method, pager in lists.items():
            server.on = False
            # The slots cover months; one page of them is enough.
            expected = [page.items async for page in _first_page(pager)] if method == "find_slots" else None
            honest = list(expected[0]) if expected else await pager.collect()
            server.on, server.requests = True, 0
            got = await pager.collect()
            # The endless list, and one request for whose list it is.
            assert server.requests <= REPEATS + 1, method
            if method in WITHOUT_IDENTITY:
                assert len(got) <= REPEATS * len(honest), method
            else:
                assert [key_of(item) for item in got] == [key_of(item) for item in honest], method
            assert honest or method in {"session_jobs", "queues.batches"}, method


async def _first_page(pager: Pager[Any]) -> AsyncIterator[Any]:
    yield await anext(pager.pages())


# What Rigetti's server may send


def processors(*names: str, token: object = None) -> ServerResponse:
    rows = [{"id": name} for name in names]
    return ServerResponse.of_json({"quantumProcessors": rows, "nextPageToken": token}, x_request_id="r-1")


@asynccontextmanager
async def scripted(
    respond: Callable[[str | None], ServerResponse],
) -> AsyncIterator[tuple[RigettiClient, list[str | None]]]:
    """Yield a client of a server that responds by page token, and the tokens that the server received."""
    tokens: list[str | None] = []

    async def handle(seen: Seen) -> ServerResponse:
        tokens.append(dict(parse_qsl(seen.target.partition("?")[2])).get("pageToken"))
        return respond(tokens[-1])

    async with serving(handle) as server:
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="t") as client:
            yield client, tokens


async def test_an_empty_page_with_a_token_does_not_end_a_list(anyio_backend: str) -> None:
    pages = {None: processors(token="a"), "a": processors("x", token="b"), "b": processors("y")}
    async with scripted(pages.__getitem__) as (rigetti, _):
        assert [device.id async for device in rigetti.devices()] == ["x", "y"]


async def test_a_page_that_is_sent_twice_comes_once(anyio_backend: str) -> None:
    pages = {None: processors("x", "y", token="a"), "a": processors("x", "y", token="b"), "b": processors("z")}
    async with scripted(pages.__getitem__) as (rigetti, _):
        assert [device.id async for device in rigetti.devices()] == ["x", "y", "z"]


async def test_tokens_that_go_round_in_a_circle_end_a_list(anyio_backend: str) -> None:
    pages = {None: processors("x", token="a"), "a": processors("y", token="b"), "b": processors("z", token="a")}
    async with scripted(pages.__getitem__) as (rigetti, tokens):
        assert [device.id async for device in rigetti.devices()] == ["x", "y", "z"]
        assert tokens == [None, "a", "b"]


async def test_empty_pages_without_end_are_an_error_that_says_where_to_continue(anyio_backend: str) -> None:
    def respond(token: str | None) -> ServerResponse:
        return processors(*(["x"] if token is None else []), token=f"t{int((token or 't0')[1:]) + 1}")

    async with scripted(respond) as (rigetti, tokens):
        with pytest.raises(UnexpectedResponseError, match="1 items were read before them") as caught:
            await rigetti.devices().collect()
        assert len(tokens) == EMPTY_PAGES + 1
        assert (caught.value.operation, caught.value.request_id) == ("ListQuantumProcessors", "r-1")
        token = f"token:ListQuantumProcessors:t{EMPTY_PAGES + 1}"
        assert token in str(caught.value)
        with pytest.raises(UnexpectedResponseError):
            await rigetti.devices(resume_token=token).collect()
        assert tokens[EMPTY_PAGES + 1] == f"t{EMPTY_PAGES + 1}"


@pytest.mark.parametrize("token", [["a"], {"a": 1}, 1.5, True, "\ud800", "x" * 100_000])
async def test_a_token_that_cannot_be_sent_is_an_error_and_not_the_end(anyio_backend: str, token: object) -> None:
    async with scripted(lambda _: processors("x", token=token)) as (rigetti, _):
        with pytest.raises(UnexpectedResponseError, match="token of the next page") as caught:
            await rigetti.devices().collect()
        assert caught.value.status_code == 200


@pytest.mark.parametrize("rows", ["text", 5, {"a": 1}, True])
async def test_a_page_without_a_list_is_an_error_that_names_the_response(anyio_backend: str, rows: object) -> None:
    reply = ServerResponse.of_json({"quantumProcessors": rows}, x_request_id="r-1")
    async with scripted(lambda _: reply) as (rigetti, _):
        pager = rigetti.devices()
        for _ in range(2):  # an error leaves the list where it was
            with pytest.raises(UnexpectedResponseError) as caught:
                await pager.collect()
            assert caught.value.provider == "rigetti"
            assert caught.value.operation == "ListQuantumProcessors"
            assert (caught.value.status_code, caught.value.request_id) == (200, "r-1")


@pytest.mark.parametrize(
    "token",
    ["\ud800", "token:\ud800", "token:ListReservations:a", "token:a", "page:2:50", "", 5, b"token:a", "x" * 9_999],
)  # fmt: skip
async def test_a_token_of_another_list_is_refused_before_anything_is_sent(anyio_backend: str, token: Any) -> None:
    async with scripted(lambda _: processors("x")) as (rigetti, tokens):
        with pytest.raises(anyqpu.errors.ValidationError, match=r"resume.token") as caught:
            rigetti.devices(resume_token=token)
        assert caught.value.fields == ("resume_token",)
        assert len(str(caught.value)) < 400
        assert tokens == []
