"""Devices as `BaseSamplerV2`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from anyqpu.errors import ValidationError
from anyqpu.model.result import ResultItem
from anyqpu.qiskit import backends
from anyqpu.qiskit.jobs import Job, counts_of

if TYPE_CHECKING:
    from anyqpu.core.client import Client
    from anyqpu.model.device import Device
    from anyqpu.qiskit.backends import Backend

_primitives: Any = import_module("qiskit.primitives")
_Sampler: Any = _primitives.BaseSamplerV2
_Job: Any = _primitives.BasePrimitiveJob


def opened(
    client: str | Client | Backend, device: str | Device | None, shots: int, options: Mapping[str, Any]
) -> Sampler:
    """See `anyqpu.qiskit.sampler`."""
    if isinstance(client, backends.Backend):
        if device is not None or options:
            raise ValidationError("a sampler of a backend takes no device and no options", fields=("device",))
        return Sampler(client, shots, owned=False)
    if device is None:
        raise ValidationError("a sampler needs a device", fields=("device",))
    return Sampler(backends.opened(client, device, options), shots, owned=True)


class Sampler(_Sampler):  # type: ignore[misc]  # pyright: ignore[reportUntypedBaseClass]
    """Samples circuits on a device.

    Attributes:
        backend: The device.
        default_shots: The shots of a circuit that says nothing else.
    """

    def __init__(self, backend: Backend, shots: int, *, owned: bool) -> None:
        self.backend, self.default_shots, self._owned = backend, shots, owned

    def run(self, pubs: Iterable[Any], *, shots: int | None = None) -> SamplerJob:
        """Submit circuits with values of their parameters (PUBs), and return their job; errors are those of `run`."""
        sampler_pub = import_module("qiskit.primitives.containers.sampler_pub").SamplerPub
        coerced = [sampler_pub.coerce(pub, self.default_shots if shots is None else shots) for pub in pubs]
        if not coerced:
            raise ValidationError("there are no circuits to sample", fields=("pubs",))
        jobs: list[Job] = []
        for count, group in groupby(coerced, key=lambda pub: pub.shots):
            circuits = [
                circuit for pub in group for circuit in pub.parameter_values.bind_all(pub.circuit).reshape(-1).tolist()
            ]
            jobs.append(self.backend.run(circuits, shots=count))
        return SamplerJob(jobs, coerced)

    def close(self) -> None:
        """Close the backend, if the sampler opened it."""
        if self._owned:
            self.backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """The result of one circuit, with its registers and shots."""

    item: ResultItem
    registers: Sequence[tuple[str, int]]
    shots: int

    def samples(self) -> list[str]:
        """The outcome of each shot; in no particular order where the cloud counts them."""
        if self.item.samples is not None:
            return list(self.item.samples)
        return [key for key, count in counts_of(self.item, self.shots).items() for _ in range(count)]


class SamplerJob(_Job):  # type: ignore[misc]  # pyright: ignore[reportUntypedBaseClass]
    """The job of a sampler.

    Attributes:
        jobs: The backend's jobs.
    """

    def __init__(self, jobs: Sequence[Job], pubs: Sequence[Any]) -> None:
        parent: Any = super()
        parent.__init__(" ".join(job.job_id() for job in jobs))
        self.jobs, self._pubs = list(jobs), pubs

    def result(self) -> Any:
        """Return the `PrimitiveResult`, when it is there; errors are those of a backend's job."""
        outcomes = [
            _Outcomes(item, job.registers(place), job.jobs[0].shots or 0)
            for job in self.jobs
            for place, item in enumerate(job.items())
        ]
        containers: Any = import_module("qiskit.primitives.containers")
        results: list[Any] = []
        start = 0
        for pub in self._pubs:
            circuits = outcomes[start : start + pub.size]
            start += pub.size
            data = containers.DataBin(**_arrays(circuits, pub.shape), shape=pub.shape)
            metadata = {"shots": pub.shots, "circuit_metadata": pub.circuit.metadata}
            results.append(containers.SamplerPubResult(data, metadata))
        return containers.PrimitiveResult(results, metadata={"version": 2})

    def status(self) -> Any:
        """Return the status of the first job that is not done."""
        done = import_module("qiskit.providers").JobStatus.DONE
        return next((status for job in self.jobs if (status := job.status()) != done), done)

    def done(self) -> bool:
        """Return whether all results are there."""
        return bool(self.status().name == "DONE")

    def running(self) -> bool:
        """Return whether a job runs."""
        return bool(self.status().name == "RUNNING")

    def cancelled(self) -> bool:
        """Return whether a job was cancelled."""
        return bool(self.status().name == "CANCELLED")

    def in_final_state(self) -> bool:
        """Return whether all jobs have ended."""
        return all(job.in_final_state() for job in self.jobs)

    def cancel(self) -> bool:
        """Request cancellation of all jobs."""
        # Each of them, also after one that cannot be cancelled.
        cancelled = [job.cancel() for job in self.jobs]
        return all(cancelled)


def _arrays(circuits: Sequence[_Outcomes], shape: tuple[int, ...]) -> dict[str, Any]:
    """Return a `BitArray` for each register; what was measured in the same shot has the same place in all of them."""
    numpy: Any = import_module("numpy")
    bit_array: Any = import_module("qiskit.primitives.containers").BitArray
    samples = [outcomes.samples() for outcomes in circuits]
    arrays: dict[str, Any] = {}
    end = len(samples[0][0])
    for name, size in circuits[0].registers:
        if size:
            own = [bit_array.from_samples([key[end - size : end] for key in keys], size).array for keys in samples]
            arrays[name] = bit_array(numpy.stack(own).reshape((*shape, *own[0].shape)), size)
        end -= size
    return arrays
