"""Jobs as `JobV1`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import anyio

from anyqpu.core.results.program_order import registers_in
from anyqpu.errors import AnyQPUError, JobError, ResultError, WaitTimeoutError
from anyqpu.model.job import TRANSPILED
from anyqpu.model.job import Job as CloudJob
from anyqpu.model.result import Result, ResultItem
from anyqpu.model.status import JobStatus
from anyqpu.qiskit.portals import Portal

if TYPE_CHECKING:
    from anyqpu.qiskit.backends import Backend

_providers: Any = import_module("qiskit.providers")
_JobV1: Any = _providers.JobV1
_STATUS: Mapping[JobStatus, Any] = {
    JobStatus.QUEUED: _providers.JobStatus.QUEUED,
    JobStatus.RUNNING: _providers.JobStatus.RUNNING,
    JobStatus.CANCELLING: _providers.JobStatus.RUNNING,
    JobStatus.COMPLETED: _providers.JobStatus.DONE,
    JobStatus.CANCELLED: _providers.JobStatus.CANCELLED,
    JobStatus.FAILED: _providers.JobStatus.ERROR,
    JobStatus.TIMED_OUT: _providers.JobStatus.ERROR,
}


class Job(_JobV1):  # type: ignore[misc]  # pyright: ignore[reportUntypedBaseClass]
    """The job of a `run`: one job of the cloud, or several where the device takes one circuit in each.

    Attributes:
        jobs: The jobs of the cloud, as they were last seen.
    """

    def __init__(
        self,
        backend: Backend,
        portal: Portal,
        jobs: Sequence[CloudJob],
        headers: Sequence[Mapping[str, Any]] | None,
        *,
        memory: bool,
    ) -> None:
        parent: Any = super()
        parent.__init__(backend, " ".join(str(job.handle) for job in jobs))
        self.jobs = list(jobs)
        self._portal, self._headers, self._memory = portal, headers, memory
        self._result: Any = None

    def submit(self) -> None:
        """Raise: a job is submitted by `run`."""
        raise _providers.JobError("the job was submitted by run")

    def items(self, timeout: float | None = None) -> list[ResultItem]:
        """Return anyqpu's results of the circuits, in order, when they are there; raises as `result` does."""

        async def fetched() -> list[Result]:
            return [await job.result() for job in self.jobs]

        async def in_time() -> list[Result]:
            if timeout is None:
                return await fetched()
            with anyio.fail_after(timeout):
                return await fetched()

        try:
            results = self._portal.call(in_time)
        except (TimeoutError, WaitTimeoutError) as error:
            raise _providers.JobTimeoutError(f"no result within {timeout} s; the job is still running") from error
        except JobError as error:
            raise _providers.JobError(f"the job did not complete: {error}") from error
        except AnyQPUError as error:
            raise _providers.JobError(str(error)) from error
        return [item for result in results for item in result.items]

    def result(self, timeout: float | None = None) -> Any:
        """Return the `qiskit.result.Result`, when it is there.

        Counts have a space between registers. Where a cloud returns exact probabilities, they are these, rounded to
        shots.

        Args:
            timeout: Seconds; None: no limit.

        Raises:
            qiskit.providers.JobTimeoutError: There is no result in time; the job keeps running.
            qiskit.providers.JobError: The job did not complete; the cause is an error of anyqpu.
        """
        if self._result is None:
            items = self.items(timeout)
            shots = [job.shots or 0 for job in self.jobs for _ in self._facts(job)]
            results = [
                self._experiment(place, item, shots[place] if place < len(shots) else 0)
                for place, item in enumerate(items)
            ]
            self._result = import_module("qiskit.result").Result.from_dict(
                {
                    "backend_name": self.backend().name,
                    "backend_version": str(self.backend().backend_version),
                    "job_id": self.job_id(),
                    "qobj_id": self.job_id(),
                    "success": all(item.success for item in items),
                    "results": results,
                }
            )
        return self._result

    def status(self) -> Any:
        """Return the `qiskit.providers.JobStatus`, after one request for each job that has not ended."""
        self.jobs = [job if job.status.is_terminal else self._portal.call(job.refresh) for job in self.jobs]
        order = ("ERROR", "CANCELLED", "RUNNING", "QUEUED", "INITIALIZING", "DONE")
        statuses = {_STATUS.get(job.status, _providers.JobStatus.INITIALIZING) for job in self.jobs}
        return next(status for name in order if (status := _providers.JobStatus[name]) in statuses)

    def cancel(self) -> bool:
        """Request cancellation; return whether no job completes any more."""
        calls: list[Callable[[], Awaitable[CloudJob]]] = [job.cancel for job in self.jobs]
        self.jobs = [self._portal.call(call) for call in calls]
        return all(job.status in {JobStatus.CANCELLED, JobStatus.CANCELLING} for job in self.jobs)

    def _facts(self, job: CloudJob) -> list[Any]:
        programs: Any = job.decode.get(TRANSPILED)
        return list(programs) if isinstance(programs, list) else [None]  # pyright: ignore[reportUnknownArgumentType]

    def registers(self, place: int) -> list[tuple[str, int]]:
        """Return the names and sizes of the classical registers of a circuit."""
        programs = [facts for job in self.jobs for facts in self._facts(job)]
        registers = registers_in(programs[place]) if place < len(programs) else None
        return [(name, size) for name, size, _ in registers or ()]

    def _experiment(self, place: int, item: ResultItem, shots: int) -> dict[str, Any]:
        registers = self.registers(place)
        header = dict(self._headers[place]) if self._headers is not None else {"name": f"circuit-{place}"}
        width = sum(size for _, size in registers)
        header |= {"creg_sizes": [list(register) for register in registers], "memory_slots": width}
        data: dict[str, Any] = {}
        if item.success:
            data["counts"] = {hex(int(key or "0", 2)): count for key, count in counts_of(item, shots).items()}
            if self._memory and item.samples is not None:
                data["memory"] = [hex(int(sample or "0", 2)) for sample in item.samples]
        return {
            # Of a job of several circuits, Kipu counts the shots of all together.
            "shots": shots if item.counts is None else item.counts.shots,
            "success": item.success,
            "status": "DONE" if item.success else f"ERROR: {item.error}",
            "data": data,
            "header": header,
        }


def counts_of(item: ResultItem, shots: int) -> Mapping[str, int]:
    """Return counts, or exact probabilities as shots: rounded down, and the rest to the largest remainders.

    Raises `qiskit.providers.JobError` for a result of another kind.
    """
    if item.counts is not None:
        return item.counts
    if item.probabilities is None:
        problem = ResultError(f"the result is of kind {item.kind}, not counts")
        raise _providers.JobError(problem.message) from problem
    shares = {key: share * shots for key, share in item.probabilities.items()}
    counts = {key: int(share + 1e-9) for key, share in shares.items()}
    rest = sorted(shares, key=lambda key: (counts[key] - shares[key], key))
    for key in rest[: max(0, shots - sum(counts.values()))]:
        counts[key] += 1
    return {key: count for key, count in counts.items() if count}
