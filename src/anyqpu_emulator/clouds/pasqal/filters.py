"""Batches and jobs that a query selects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

from .records import BatchRecord, JobRecord
from .store import Store
from .submission import identifier

R = TypeVar("R", bound=BatchRecord | JobRecord)
Query: TypeAlias = Mapping[str, Any]
_ORIGIN = "CLIENT"
_PRIORITY = "MEDIUM"


class _Selection(Generic[R]):
    """Records that pass one filter after another. Filters that are not in the query cost nothing."""

    def __init__(self, query: Query, records: list[R]) -> None:
        self._query = query
        self.records: list[R] = records

    def where(self, name: str, test: Callable[[R, Any], bool]) -> None:
        """Keep the records that pass the test with the value in the query."""
        value = self._query.get(name)
        if value is not None:
            self.records = [record for record in self.records if test(record, value)]

    def common(
        self,
        batch_of: Callable[[R], BatchRecord],
        status_of: Callable[[R], str],
        created: Callable[[R], float],
    ) -> None:
        """Apply the filters that batches and jobs share."""
        self.where("id", lambda record, ids: record.id in ids)
        self.where("id__starts_with", lambda record, start: record.id.startswith(start.lower()))
        self.where("project_id", lambda record, projects: batch_of(record).spec.project_id in projects)
        # Users need not be UUIDs; those that are may be spelled differently.
        users = {identifier(user) or user for user in self._query.get("user_id", ())}
        self.where("user_id", lambda record, _: batch_of(record).user_id in users)
        self.where("status", lambda record, words: status_of(record) in words)
        self.where("start_date", lambda record, start: created(record) >= start.timestamp())
        self.where("end_date", lambda record, end: created(record) <= end.timestamp())

    def within(self, name: str, value: Callable[[R], int]) -> None:
        """Apply `min_` and `max_` of a number."""
        self.where(f"min_{name}", lambda record, least: value(record) >= least)
        self.where(f"max_{name}", lambda record, most: value(record) <= most)


def batches(store: Store, query: Query) -> list[BatchRecord]:
    """Return the batches that a query selects, oldest first."""
    selection = _Selection(query, store.batches())
    selection.common(
        lambda batch: batch, lambda batch: store.poll(batch).status, lambda batch: store.wall(batch.created_at)
    )

    def now_open(batch: BatchRecord) -> bool:
        return batch.open and store.poll(batch).status != "TIMED_OUT"

    selection.where("device_type", lambda batch, devices: batch.spec.device.device_type in devices)
    selection.where("tag", lambda batch, tag: tag in batch.tags)
    selection.where("queue_priority", lambda _, priorities: _PRIORITY in priorities)
    selection.where("open", lambda batch, is_open: now_open(batch) is is_open)
    selection.where("complete", lambda batch, complete: now_open(batch) is not complete)
    selection.within("jobs", lambda batch: len(batch.jobs))
    is_listed = store.context.scheduler.is_listed
    return [batch for batch in selection.records if all(is_listed(record.job) for record in batch.jobs[:1])]


def jobs(store: Store, query: Query, of: BatchRecord | None = None) -> list[JobRecord]:
    """Return the jobs that a query selects, oldest first; only those of one batch if given."""
    for batch in store.batches() if of is None else [of]:
        store.advance(batch)
    selection = _Selection(query, store.jobs() if of is None else list(of.jobs))
    selection.common(lambda job: job.batch, lambda job: job.status, lambda job: store.wall(job.job.created_at))
    selection.where("batch_id", lambda job, batch_ids: job.batch.id in batch_ids)
    selection.where("origin", lambda _, origins: _ORIGIN in origins)
    selection.where("errors", lambda job, with_errors: (job.errors is not None) is with_errors)
    selection.within("runs", lambda job: job.spec.shots)
    is_listed = store.context.scheduler.is_listed
    return [record for record in selection.records if is_listed(record.job)]
