"""A processor of Rigetti that executes over gRPC: an HTTP API with accessors, and both services, made with grpcio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from anyqpu_grpc.rigetti import controller_pb2 as controller
from anyqpu_grpc.rigetti import models_pb2 as models
from anyqpu_grpc.rigetti import services
from anyqpu_grpc.rigetti import translation_pb2 as translation

import anyqpu
from anyqpu.providers.rigetti import RigettiClient
from tests.support.grpc_server import GrpcCall, GrpcServer, grpc_server
from tests.support.server import Seen, Server, ServerResponse, serving

DEVICE = "Ankaa-3"
PROGRAM = "DECLARE ro BIT[2]\nDECLARE theta REAL[2]\nRZ(theta[1]) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
SUCCEEDED = controller.GetControllerJobStatusResponse(status=controller.GetControllerJobStatusResponse.SUCCEEDED)


@dataclass
class World:
    """What the fake service knows. Tests replace its responses.

    Attributes:
        jobs: Identifiers of the jobs that were queued, by idempotency key.
        responses: Responses by method, or functions of the call that return them, in place of the usual ones.
        accessors: The accessors of the processor; by default the gateway's.
        endpoint: The processor's default endpoint.
    """

    jobs: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    responses: dict[str, Any] = field(default_factory=dict)
    accessors: list[dict[str, Any]] | None = None
    endpoint: dict[str, Any] | None = None
    url: str = ""

    def handle(self, call: GrpcCall) -> Any:
        """Respond to a gRPC call."""
        response = self.responses.get(call.method, getattr(self, call.method, None))
        return response(call) if callable(response) else response

    def TranslateQuilToEncryptedControllerJob(self, call: GrpcCall) -> Any:
        """Return a job that is the program itself."""
        job = models.EncryptedControllerJob(job=call.request.quil_program.encode(), encryption={"key_id": "k"})
        metadata = translation.QuilTranslationMetadata(readout_mappings={"ro[1]": "q1", "ro[0]": "q0"})
        return translation.TranslateQuilToEncryptedControllerJobResponse(job=job, metadata=metadata)

    def ExecuteControllerJob(self, call: GrpcCall) -> Any:
        """Queue a job for each configuration, once for each key."""
        key = call.request.idempotency_key.high, call.request.idempotency_key.low
        count = len(call.request.execution_configurations)
        ids = self.jobs.setdefault(key, [f"job-{len(self.jobs)}-{number}" for number in range(count)])
        return controller.ExecuteControllerJobResponse(job_execution_ids=ids)

    GetControllerJobStatus = SUCCEEDED

    def GetControllerJobResults(self, call: GrpcCall) -> Any:
        """Return three shots."""
        return result(q0=[1, 1, 0], q1=[0, 1, 1])

    CancelControllerJobs = controller.CancelControllerJobsResponse()

    async def http(self, seen: Seen) -> ServerResponse:
        """Respond as the HTTP API."""
        if seen.path.endswith("/accessors"):
            accessor = {"accessType": "gateway.v1", "live": True, "url": self.url, "rank": 1}
            return ServerResponse.of_json({"accessors": [accessor] if self.accessors is None else self.accessors})
        if seen.path.endswith(":getDefault") or "/endpoints/" in seen.path:
            if self.endpoint is None:
                return ServerResponse.of_json({"code": "not_found", "message": "no", "requestId": "r"}, 404)
            return ServerResponse.of_json(self.endpoint)
        return ServerResponse.of_json({"id": DEVICE})


def result(message: str | None = None, status: str = "SUCCESS", **readouts: list[int]) -> Any:
    """Return a response with readouts by their source."""
    made = models.ControllerJobExecutionResult(status=status, execution_duration_microseconds=1500)
    if message is not None:
        made.status_message = message
    for name, values in readouts.items():
        made.readout_values[name].integer_values.values.extend(values)
    return controller.GetControllerJobResultsResponse(result=made)


def refuse(code: grpc.StatusCode, message: str = "") -> Callable[[GrpcCall], Any]:
    """Return a response that is an error."""
    return lambda call: call.refuse(code, message)


@asynccontextmanager
async def gateway(
    world: World | None = None, **options: Any
) -> AsyncIterator[tuple[RigettiClient, World, GrpcServer, Server]]:
    """Connect a client to a fake service; yields both, and the servers with what they received."""
    world = world or World()
    with grpc_server((*services.CONTROLLER, *services.TRANSLATION), world.handle) as grpc_side:
        world.url = world.url or f"{grpc_side.url}/with/a/path"
        async with serving(world.http) as http_side:
            poll = anyqpu.PollPolicy(floor=0.01, growth=0.01)
            options = {"access_token": "t", "poll": poll, "retry": anyqpu.RetryPolicy(backoff=0.01), **options}
            async with anyqpu.connect("rigetti", base_url=http_side.url, **options) as client:
                yield client, world, grpc_side, http_side
