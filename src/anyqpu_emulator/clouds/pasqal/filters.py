"""Which batches and jobs a query means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from .fields import Query, identifier
from .records import BatchRecord, JobRecord
from .store import Store

R = TypeVar("R", bound=BatchRecord | JobRecord)
JOB_WORDS = ("PENDING", "RUNNING", "DONE", "ERROR", "CANCELED", "CANCELING")
BATCH_WORDS = (*JOB_WORDS, "TIMED_OUT", "PAUSED")
PRIORITIES = ("LOW", "MEDIUM", "HIGH", "CRITICAL", "FREE")
ORIGINS = ("CLIENT", "AZURE", "UNKNOWN", "OVH")
_ORIGIN = "CLIENT"
_PRIORITY = "MEDIUM"


class _Selection(Generic[R]):
    """Records that pass one filter after another. A filter that the query does not have costs nothing."""

    def __init__(self, query: Query, records: list[R]) -> None:
        self._query = query
        self.records: list[R] = records

    def where(self, wanted: object, test: Callable[[R], bool]) -> None:
        """Keep what passes, if the query has such a filter."""
        if wanted is not None and wanted not in (set(), ""):
            self.records = [record for record in self.records if test(record)]

    def common(
        self,
        statuses: tuple[str, ...],
        batch_of: Callable[[R], BatchRecord],
        status_of: Callable[[R], str],
        created: Callable[[R], float],
    ) -> None:
        """The filters that batches and jobs share."""
        query = self._query
        ids, projects = query.identifiers("id"), query.identifiers("project_id")
        starts_with = (query.one("id__starts_with") or "").lower()
        # Users are no UUIDs everywhere; those that are may be spelled differently.
        users = {identifier(user) or user for user in query.all("user_id")}
        words = query.words("status", statuses)
        start, end = query.moment("start_date"), query.moment("end_date")
        self.where(ids, lambda record: record.id in ids)
        self.where(starts_with, lambda record: record.id.startswith(starts_with))
        self.where(projects, lambda record: batch_of(record).spec.project_id in projects)
        self.where(users, lambda record: batch_of(record).user_id in users)
        self.where(words, lambda record: status_of(record) in words)
        self.where(start, lambda record: start is None or created(record) >= start)
        self.where(end, lambda record: end is None or created(record) <= end)

    def within(self, name: str, value: Callable[[R], int]) -> None:
        """`min_` and `max_` of a number."""
        least, most = self._query.integer(f"min_{name}"), self._query.integer(f"max_{name}")
        self.where(least, lambda record: least is None or value(record) >= least)
        self.where(most, lambda record: most is None or value(record) <= most)


def batches(store: Store, query: Query) -> list[BatchRecord]:
    """The batches that the query means, oldest first."""
    selection = _Selection(query, store.batches())
    selection.common(
        BATCH_WORDS,
        lambda batch: batch,
        lambda batch: store.look(batch).status,
        lambda batch: store.wall(batch.created_at),
    )
    devices, tags = set(query.all("device_type")), set(query.all("tag"))
    priorities = query.words("queue_priority", PRIORITIES)
    is_open, complete = query.boolean("open"), query.boolean("complete")

    def now_open(batch: BatchRecord) -> bool:
        return batch.open and store.look(batch).status != "TIMED_OUT"

    selection.where(devices, lambda batch: batch.spec.device.device_type in devices)
    selection.where(tags, lambda batch: not tags.isdisjoint(batch.tags))
    selection.where(priorities, lambda _: _PRIORITY in priorities)
    selection.where(is_open, lambda batch: now_open(batch) is is_open)
    selection.where(complete, lambda batch: now_open(batch) is not complete)
    selection.within("jobs", lambda batch: len(batch.jobs))
    is_listed = store.house.scheduler.is_listed
    return [batch for batch in selection.records if all(is_listed(record.job) for record in batch.jobs[:1])]


def jobs(store: Store, query: Query, of: BatchRecord | None = None) -> list[JobRecord]:
    """The jobs that the query means, oldest first; only those of one batch if given."""
    for batch in store.batches() if of is None else [of]:
        store.advance(batch)
    selection = _Selection(query, store.jobs() if of is None else list(of.jobs))
    selection.common(
        JOB_WORDS, lambda job: job.batch, lambda job: job.status, lambda job: store.wall(job.job.created_at)
    )
    batch_ids, origins = query.identifiers("batch_id"), query.words("origin", ORIGINS)
    with_errors = query.boolean("errors")
    selection.where(batch_ids, lambda job: job.batch.id in batch_ids)
    selection.where(origins, lambda _: _ORIGIN in origins)
    selection.where(with_errors, lambda job: (job.errors is not None) is with_errors)
    selection.within("runs", lambda job: job.spec.shots)
    is_listed = store.house.scheduler.is_listed
    return [record for record in selection.records if is_listed(record.job)]
