"""Calls of the emulator's gRPC services with grpcio, over a socket."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from anyqpu_grpc.rigetti import models_pb2 as models
from anyqpu_grpc.rigetti import services

from anyqpu_emulator import Emulator
from tests.emulator.native_programs import RIGETTI_ISWAP

ANKAA = "Ankaa-3"
ISWAP_BELL = RIGETTI_ISWAP
FLIP = "DECLARE ro BIT\nRX(pi) 3\nMEASURE 3 ro\n"
METHODS = {method.name: method for method in (*services.TRANSLATION, *services.CONTROLLER)}


class Caller:
    """Calls methods by their names; fields are those of the request's message."""

    def __init__(self, channel: grpc.Channel, token: str) -> None:
        self.channel = channel
        self.metadata = [("authorization", f"Bearer {token}")] if token else []

    def start(self, name: str, timeout: float = 20, **fields: Any) -> Any:
        """Begin a call, and return what its response can be read from."""
        method = METHODS[name]
        multi = self.channel.unary_unary(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        return multi.future(method.request(**fields), timeout=timeout, metadata=self.metadata)

    def __call__(self, name: str, timeout: float = 20, **fields: Any) -> Any:
        return self.start(name, timeout, **fields).result()

    def fails(self, name: str, timeout: float = 20, **fields: Any) -> tuple[str, str]:
        """Return the name of the status, and the message."""
        with pytest.raises(grpc.RpcError) as refused:
            self(name, timeout, **fields)
        return refused.value.code().name, refused.value.details() or ""

    def translate(self, quil: str, shots: int = 100, processor: str = ANKAA, **more: Any) -> Any:
        fields = {"quantum_processor_id": processor, "quil_program": quil, "num_shots_value": shots, **more}
        return self("TranslateQuilToEncryptedControllerJob", **fields)

    def execute(self, job: Any, *memories: Mapping[str, Any], **more: Any) -> list[str]:
        return list(self("ExecuteControllerJob", **order(job, *memories, **more)).job_execution_ids)

    def run(
        self, quil: str = FLIP, shots: int = 100, *memories: Mapping[str, Any], processor: str = ANKAA
    ) -> list[str]:
        """Translate and execute."""
        job = self.translate(quil, shots, processor).job
        return self.execute(job, *memories, quantum_processor_id=processor)

    def status(self, job_id: str, **target: str) -> Any:
        return self("GetControllerJobStatus", job_id=job_id, **(target or {"quantum_processor_id": ANKAA}))

    def word(self, job_id: str) -> str:
        """Return the name of a job's status."""
        response = self.status(job_id)
        return type(response).DESCRIPTOR.fields_by_name["status"].enum_type.values_by_number[response.status].name

    def result(self, job_id: str, **target: str) -> Any:
        target = target or {"quantum_processor_id": ANKAA}
        return self("GetControllerJobResults", job_execution_id=job_id, **target).result


def order(job: Any, *memories: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The fields of an execution: once for each memory, once without any."""
    configurations = [configuration(memory) for memory in memories or ({},)]
    target = {} if "endpoint_id" in more else {"quantum_processor_id": ANKAA}
    return {"encrypted": job, "execution_configurations": configurations, **target, **more}


def configuration(memory: Mapping[str, Any]) -> Any:
    """Bytes are binary, lists of int are integers, others reals."""
    made = models.JobExecutionConfiguration()
    for name, values in memory.items():
        if isinstance(values, bytes):
            made.memory_values[name].binary.data = values
        elif values and all(isinstance(value, int) for value in values):
            made.memory_values[name].integer.data.extend(values)
        else:
            made.memory_values[name].real.data.extend(values)
    return made


def outcomes(result: Any, source: str) -> list[int]:
    return list(result.readout_values[source].integer_values.values)


def key(value: uuid.UUID) -> Any:
    return models.Uuid(high=value.int >> 64, low=value.int & (1 << 64) - 1)


@contextmanager
def calling(
    emulator: Emulator, token: str = "any", options: Sequence[tuple[str, Any]] = (), **more: Any
) -> Iterator[Caller]:
    """A channel to an emulator of this process."""
    assert emulator.grpc_port.open()
    address = (emulator.grpc_port.url() or "").removeprefix("http://")
    # Channels of the same address would share a connection otherwise.
    own = [("grpc.enable_http_proxy", 0), ("grpc.use_local_subchannel_pool", 1), *options]
    with grpc.insecure_channel(address, options=own, **more) as channel:
        yield Caller(channel, token)
