"""Schemas of the cloud's tables in the state file."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from anyqpu_emulator.persistence import Codec, Schema
from anyqpu_emulator.workers import Compute

from .catalogue import DEVICES, Device
from .programs import computation
from .records import BatchRecord, JobRecord, WorkloadRecord, echo
from .submission import BatchSpec, JobSpec

if TYPE_CHECKING:
    from .store import Store


def _workload(values: Mapping[str, Any], seed: list[int]) -> Compute:
    return echo(values["workload_type"], values["config"])


class Schemas:
    """Batches come before the jobs that name them."""

    def __init__(self, store: Store) -> None:
        """`store` is where batches are found."""
        codec = Codec(
            (BatchSpec, JobSpec),
            {
                Device: (attrgetter("device_type"), DEVICES.__getitem__),
                BatchRecord: (attrgetter("id"), store.find_batch),
            },
        )

        def job(values: Mapping[str, Any], seed: list[int]) -> Compute:
            return computation(values["batch"].spec, values["spec"], seed)

        self.batches = Schema("pasqal.batch", BatchRecord, codec, frozenset({"jobs", "child_ids"}))
        self.jobs = Schema("pasqal.job", JobRecord, codec, work=job)


WORKLOADS = Schema("pasqal.workload", WorkloadRecord, work=_workload)
TOKENS: Schema[tuple[float, str]] = Schema("pasqal.token")
