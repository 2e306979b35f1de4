"""Programs that run on a processor. The HTTP API does not show them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.effects import labels
from anyqpu_emulator.engines.circuit import Circuit
from anyqpu_emulator.engines.errors import EngineError
from anyqpu_emulator.engines.quil import QuilProgram, parse
from anyqpu_emulator.engines.statevector import sample
from anyqpu_emulator.lifecycle import Job
from anyqpu_emulator.persistence import Schema
from anyqpu_emulator.workers import Compute, Failure

from .conditions import noise
from .translation import Binary, buffers

MOST_RUNS = 1000
"""Runs that are remembered."""
Memory: TypeAlias = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Order:
    """A program to be run once for each memory. `key` identifies the order; a run is stopped after `limit` seconds."""

    binary: Binary
    memories: Sequence[Memory]
    key: str = ""
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Execution:
    """One run of a translated program; `names` are its buffers, in the order of its result's rows.

    `key` is that of its order.
    """

    job: Job
    processor: str
    names: tuple[str, ...]
    shots: int
    quil: str
    memory: dict[str, list[float]]
    noisy: bool = False
    key: str = ""

    def rows(self) -> dict[str, bytes]:
        """The outcomes by name, a byte for each shot; only once it has completed."""
        raw = self.job.result or b""
        parts = [raw[place * self.shots : (place + 1) * self.shots] for place in range(len(self.names))]
        return dict(zip(self.names, parts, strict=True))

    def buffers(self) -> dict[str, dict[str, Any]]:
        """The outcomes as `rpcq` has them."""
        return {name: {"shape": [self.shots], "dtype": "int8", "data": row} for name, row in self.rows().items()}


class Executions:
    """All runs that are remembered. Safe to use from several threads."""

    def __init__(self, context: AppContext) -> None:
        """Begin with the records of the state file."""
        self._context = context
        self._runs = context.table(Schema("rigetti.execution", Execution, work=_work))
        self._lock = threading.RLock()

    def start(self, binary: Binary, memory: Memory) -> str:
        """Put a program into its processor's line; its id. Raises EngineError."""
        [[job_id]] = self.start_all([Order(binary, [memory])])
        return job_id

    def start_all(self, orders: Sequence[Order]) -> list[list[str]]:
        """Put the programs of several orders into lines: all of them, or none. Returns their ids by order.

        Those of an order whose key is known already are not started again. Raises EngineError.
        """
        prepared = [self._prepare(order) for order in orders]
        with self._lock:
            return [
                self.ids_of(order.key) or self._begin(order, *parts)
                for order, parts in zip(orders, prepared, strict=True)
            ]

    def ids_of(self, key: str) -> list[str]:
        """Return the ids that were started with a key; none without one."""
        with self._lock:
            return [job_id for job_id, run in self._runs.items() if key and run.key == key]

    def _prepare(self, order: Order) -> tuple[QuilProgram, list[Circuit]]:
        program, processor = parse(order.binary.quil), order.binary.processor
        noisy = self._context.noise
        return program, [_circuit(program, processor, memory, noisy=noisy) for memory in order.memories]

    def _begin(self, order: Order, program: QuilProgram, circuits: list[Circuit]) -> list[str]:
        binary, names, ids = order.binary, tuple(buffers(program)), list[str]()
        for memory, circuit in zip(order.memories, circuits, strict=True):
            job = self._context.begin(f"rigetti/{binary.processor}", partial(_computation, circuit, binary.shots))
            job.limit = order.limit
            values = {name: [float(value) for value in numbers] for name, numbers in memory.items()}
            self._runs[job.id] = Execution(
                *(job, binary.processor, names, binary.shots, binary.quil, values, self._context.noise, order.key)
            )
            ids.append(job.id)
        # Results can be large, so the oldest ones are deleted.
        for old in list(self._runs)[:-MOST_RUNS]:
            del self._runs[old]
        return ids

    def find(self, job_id: str) -> Execution | None:
        """Return a run in its present state."""
        with self._lock:
            run = self._runs.get(job_id)
        if run is not None:
            self._context.scheduler.poll(run.job)
        return run

    def overview(self) -> list[dict[str, Any]]:
        """All of them for `/_control/state`."""
        with self._lock:
            runs = list(self._runs.values())
        return [self._view(run) for run in runs]

    def quil(self, job_id: str) -> str | None:
        """Return the program of an execution; None for an unknown one."""
        with self._lock:
            run = self._runs.get(job_id)
        return None if run is None else run.quil

    def _view(self, run: Execution) -> dict[str, Any]:
        created: datetime = utc(self._context.scheduler.wall(run.job.created_at))
        return {
            "cloud": "rigetti",
            "kind": "execution",
            "id": run.job.id,
            "name": None,
            "backend": run.processor,
            "status": self._context.scheduler.poll(run.job).upper(),
            "queue_position": self._context.scheduler.position(run.job),
            "shots": run.shots,
            "created_at": created.isoformat(),
            **labels((), run.key),
        }


def _work(values: Mapping[str, Any], seed: list[int]) -> Compute:
    noisy = values.get("noisy", False)
    circuit = _circuit(parse(values["quil"]), values["processor"], values["memory"], noisy=noisy)
    return _computation(circuit, values["shots"], seed)


def _circuit(program: QuilProgram, processor: str, memory: Memory, *, noisy: bool) -> Circuit:
    """The circuit that a processor runs; with `noisy`, with its noise."""
    circuit = program.circuit(memory, marks=noisy)
    return noise(processor).noisy(circuit) if noisy else circuit


def _computation(circuit: Circuit, shots: int, seed: list[int]) -> Callable[[Callable[[], bool]], bytes | Failure]:
    def compute(stopped: Callable[[], bool]) -> bytes | Failure:
        try:
            samples = sample(circuit, shots, np.random.default_rng(seed), stopped=stopped)
        except EngineError as error:
            return Failure(error.code, str(error))
        rows: list[bytes] = []
        for bit in range(circuit.num_bits):
            values = np.array([(value >> bit) & 1 for value in samples.values], dtype=np.int8)
            rows.append(values[samples.slots].tobytes())
        return b"".join(rows)

    return compute
