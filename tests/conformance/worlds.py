"""A world for one cloud: an emulator with something of every kind in it, and fresh things on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

import anyqpu
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import Clock
from anyqpu_emulator.operations import find
from tests.conformance import programs

PROJECT = "22222222-2222-4222-8222-222222222222"
PASQAL_PROJECT = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"
EXECUTION = "33333333-3333-4333-8333-333333333333"
TOKENS = {"X-Auth-Token": "canary-of-the-world", "Authorization": "Bearer canary-of-the-world"}
ROOTS = {
    **{name: spec.emulator.path for name, spec in anyqpu.available_providers().items() if spec.emulator},
    "scaleway": "/scaleway/qaas/v1alpha1",
    "pasqal": "/pasqal/core-fast/api",
}


class AppTransport(httpx.AsyncBaseTransport):
    """Passes requests to an application, as `anyqpu`'s own in-process transport does, without its worker thread."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx.ASGITransport(app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._inner.handle_async_request(request)
        except ConnectionResetError:
            raise httpx.RemoteProtocolError("Server disconnected", request=request) from None


class World:
    """One cloud of an emulator. `await world.open()` fills it; `await world.thing("job")` makes one more job."""

    def __init__(self, provider: str, clock: Clock | None = None) -> None:
        self.provider = provider
        self.emulator = Emulator(speed="instant", seed=1, clock=clock)
        self.last_body: dict[str, bytes] = {}
        """The last response body of each operation."""
        self.counts: Counter[str] = Counter()
        """Requests by operationId since the caller cleared it."""
        self.transport = AppTransport(self.app)
        """For clients of this world."""
        transport = httpx.ASGITransport(self.emulator.app)
        root = f"http://127.0.0.1{ROOTS[provider]}"
        self.client = httpx.AsyncClient(transport=transport, base_url=root, headers=TOKENS)
        self.shared: dict[str, Any] = {
            "project": PROJECT,
            "execution": EXECUTION,
            "user": "00u0emulator0user001",
            "group": "emulator-lab",
            "payload": programs.QIO_BELL,
            "ibm job": programs.IBM_JOB,
            "sequence": programs.FLIP,
            "quil": programs.QUIL,
            "openqasm": programs.BELL,
            "recently": datetime.fromtimestamp(self.emulator.clock.wall() - 3 * 3600, UTC),
            "soon": datetime.fromtimestamp(self.emulator.clock.wall() + 3600, UTC),
        }
        self._makers: dict[str, Callable[[], Awaitable[Any]]] = MAKERS[provider](self)

    async def open(self) -> None:
        """Make what reads can share."""
        self._opened = self.emulator.clock.monotonic()
        for name in self._makers:
            if " " not in name:
                self.shared[name] = await self._makers[name]()

    @property
    def age(self) -> float:
        """Seconds since it was opened, by the emulator's clock."""
        return self.emulator.clock.monotonic() - self._opened

    async def thing(self, name: str) -> Any:
        """What a placeholder names: `job` is shared, `new job` is made for this one call."""
        if name.startswith("new "):
            return await self._makers.get(name, self._makers.get(name.removeprefix("new "), _unknown(name)))()
        if name in self.shared:
            return self.shared[name]
        return await self._makers.get(name, _unknown(name))()

    async def filled(self, value: Any) -> Any:
        """A value of a row with its placeholders filled in: every text that begins with `@`."""
        if isinstance(value, str) and value.startswith("@"):
            return await self.thing(value[1:])
        if isinstance(value, dict):
            return {key: await self.filled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [await self.filled(inner) for inner in value]
        return value

    async def queued(self, make: Callable[[], Awaitable[Any]]) -> Any:
        """Something that is made while its jobs are held in their queue."""
        fault = self.emulator.faults.add(cloud=self.provider, stuck=True)
        try:
            return await make()
        finally:
            self.emulator.faults.clear(fault)

    def window(self, hours: float) -> tuple[datetime, datetime]:
        """A time that nothing else is reserved for, as long as `hours`."""
        self._make_room()
        self.shared["hours"] = self.shared.get("hours", 0) + 1
        start = datetime.fromtimestamp(self.emulator.clock.wall(), UTC).replace(microsecond=0)
        number = self.shared["hours"]
        if self.provider == "scaleway":
            # Within the 30 days that can be booked; earlier bookings are cancelled by now.
            number %= 300
        start += timedelta(hours=24 + 2 * number)
        return start, start + timedelta(hours=hours)

    def _make_room(self) -> None:
        """Let earlier calls not count: bookings per day, and what an account can pay, are limited."""
        for cloud in self.emulator.clouds:
            store: Any = getattr(cloud, "_store", None)
            for booking in list(getattr(store, "bookings", {}).values()):
                booking.cancelled_at = booking.cancelled_at or booking.created_at
            if hasattr(store, "charges"):
                for name in list(store.charges):
                    del store.charges[name]

    async def post(self, path: str, body: Any, **headers: str) -> Any:
        response = await self.client.post(path, json=body, headers=headers)
        assert response.is_success, f"{self.provider} {path}: {response.text}"
        return response.json()

    async def get(self, path: str) -> Any:
        response = await self.client.get(path)
        assert response.is_success, f"{self.provider} {path}: {response.text}"
        return response.json()

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        """The emulator's application, which counts requests and keeps response bodies."""
        if scope["type"] != "http":
            await self.emulator.app(scope, receive, send)
            return
        operation = find(scope["method"], scope["path"])
        name = operation.name if operation else scope["path"]
        self.counts[name] += 1
        parts: list[bytes] = []

        async def noted(message: Any) -> None:
            if message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
            await send(message)

        await self.emulator.app(scope, receive, noted)
        self.last_body[name] = b"".join(parts)

    async def close(self) -> None:
        await self.client.aclose()
        await self.emulator.aclose()


def _unknown(name: str) -> Callable[[], Awaitable[Any]]:
    async def fail() -> Any:
        raise KeyError(f"a world cannot make {name!r}")

    return fail


def scaleway(world: World) -> dict[str, Callable[[], Awaitable[Any]]]:
    async def platform(name: str = "EMU-AER-16C-128M") -> str:
        body = await world.get("/platforms")
        return next(device["id"] for device in body["platforms"] if device["name"] == name)

    async def application() -> str:
        return str((await world.get("/applications"))["applications"][0]["id"])

    async def template() -> str:
        return str((await world.get("/applications"))["applications"][0]["input_template"])

    async def session() -> str:
        body = {"project_id": PROJECT, "platform_id": world.shared["platform"]}
        return str((await world.post("/sessions", body))["id"])

    async def model() -> str:
        body = {"project_id": PROJECT, "payload": programs.QIO_BELL}
        return str((await world.post("/models", body))["id"])

    async def job() -> str:
        body = {"name": "j", "session_id": world.shared["session"], "circuit": {}, "model_id": world.shared["model"]}
        return str((await world.post("/jobs", body))["id"])

    async def process() -> str:
        body = {
            "project_id": PROJECT,
            "platform_id": world.shared["platform"],
            "application_id": world.shared["application"],
            "input": world.shared["template"],
        }
        return str((await world.post("/processes", body))["id"])

    async def booked() -> dict[str, Any]:
        start, end = world.window(1)
        demand = {"started_at": start.isoformat(), "finished_at": end.isoformat()}
        body = {"project_id": PROJECT, "platform_id": world.shared["bookable"], "booking_demand": demand}
        return dict(await world.post("/sessions", body))

    async def booking() -> str:
        return str((await booked())["booking_id"])

    async def start() -> datetime:
        world.shared["window"] = world.window(1)
        return world.shared["window"][0]

    async def end() -> datetime:
        return world.shared["window"][1]

    async def bookable() -> str:
        return await platform("QPU-FRESNEL-100PQ")

    return {
        "platform": platform,
        "bookable": bookable,
        "application": application,
        "template": template,
        "session": session,
        "model": model,
        "job": job,
        "process": process,
        "booking": booking,
        "new queued job": lambda: world.queued(job),
        "new start": start,
        "new end": end,
    }


def kipu(world: World) -> dict[str, Callable[[], Awaitable[Any]]]:
    here = {"x-planqk-service-execution-id": EXECUTION}

    async def job() -> str:
        return str((await world.post("/jobs", programs.IBM_JOB, **here))["id"])

    async def sampled() -> str:
        """A job of which every shot is there."""
        body = {"backend_id": "qudora.sim.xg1", "shots": 10, "input": programs.BELL}
        return str((await world.post("/jobs", body, **here))["id"])

    async def session() -> str:
        body = {"backend_id": "ibm.qpu.fez", "provider": "IBM", "mode": "dedicated", "ttl": 3600, "tags": ["t"]}
        return str((await world.post("/sessions", body, **here))["id"])

    async def backend() -> str:
        return "ibm.qpu.fez"

    return {
        "job": job,
        "sampled": sampled,
        "session": session,
        "backend": backend,
        "new queued job": lambda: world.queued(job),
    }


def pasqal(world: World) -> dict[str, Callable[[], Awaitable[Any]]]:
    async def batch() -> dict[str, Any]:
        body = {
            "project_id": PASQAL_PROJECT,
            "sequence_builder": programs.FLIP,
            "jobs": [{"runs": 10}, {"runs": 20}],
            "open": True,
            "tags": ["a"],
        }
        return dict((await world.post("/v1/batches", body))["data"])

    async def batch_id() -> str:
        return str((await batch())["id"])

    async def job() -> str:
        return str((await batch())["jobs"][0]["id"])

    async def workload() -> str:
        body = {
            "project_id": PASQAL_PROJECT,
            "workload_type": "qadence_circuit",
            "backend": "pyqtorch",
            "config": {"a": 1},
        }
        return str((await world.post("/v1/workloads", body))["data"]["id"])

    async def ended_batch() -> str:
        made = await batch_id()
        response = await world.client.put(f"/v1/batches/{made}/complete")
        assert response.is_success, response.text
        return made

    async def device() -> str:
        return "FRESNEL"

    world.shared["project"] = PASQAL_PROJECT
    return {
        "batch": batch_id,
        "job": job,
        "new queued job": lambda: world.queued(job),
        "workload": workload,
        "new queued workload": lambda: world.queued(workload),
        "new ended batch": ended_batch,
        "device": device,
    }


def rigetti(world: World) -> dict[str, Callable[[], Awaitable[Any]]]:
    async def endpoint() -> str:
        return str((await world.post("/v1/endpoints", {"quantumProcessorIds": ["Aspen-9"]}))["id"])

    async def slot() -> dict[str, str]:
        begins, ends = world.window(0.25)
        return {"startTime": begins.isoformat(), "endTime": ends.isoformat()}

    async def reservation() -> str:
        made = await world.post("/v1/reservations", {"quantumProcessorId": "Aspen-9", **await slot()})
        return str(made["id"])

    async def start() -> datetime:
        world.shared["window"] = world.window(0.25)
        return world.shared["window"][0]

    async def end() -> datetime:
        return world.shared["window"][1]

    async def invoice() -> str:
        body = await world.get(f"/v1/users/{world.shared['user']}/billingInvoices")
        return str(body["billingInvoices"][0]["id"])

    async def group_invoice() -> str:
        body = await world.get("/v1/groups/emulator-lab/billingInvoices")
        return str(body["billingInvoices"][0]["id"])

    async def processor() -> str:
        return "Aspen-9"

    async def reservation_body() -> dict[str, str]:
        return {"quantumProcessorId": "Aspen-9", **await slot()}

    return {
        "endpoint": endpoint,
        "reservation": reservation,
        "invoice": invoice,
        "group_invoice": group_invoice,
        "processor": processor,
        "new reservation body": reservation_body,
        "new start": start,
        "new end": end,
    }


MAKERS: dict[str, Callable[[World], dict[str, Callable[[], Awaitable[Any]]]]] = {
    "scaleway": scaleway,
    "kipu": kipu,
    "pasqal": pasqal,
    "rigetti": rigetti,
}
