"""Which batches and jobs a query means."""

from __future__ import annotations

from .fields import Query, identifier
from .records import BatchRecord, JobRecord
from .store import Store

JOB_WORDS = ("PENDING", "RUNNING", "DONE", "ERROR", "CANCELED", "CANCELING")
BATCH_WORDS = (*JOB_WORDS, "TIMED_OUT", "PAUSED")
PRIORITIES = ("LOW", "MEDIUM", "HIGH", "CRITICAL", "FREE")
ORIGINS = ("CLIENT", "AZURE", "UNKNOWN", "OVH")
_ORIGIN = "CLIENT"
_PRIORITY = "MEDIUM"


class _Common:
    """The filters that everything has."""

    def __init__(self, query: Query, statuses: tuple[str, ...]) -> None:
        self.ids = query.identifiers("id")
        self.starts_with = (query.one("id__starts_with") or "").lower()
        self.projects = query.identifiers("project_id")
        # Users are no UUIDs everywhere; those that are may be spelled differently.
        self.users = {identifier(user) or user for user in query.all("user_id")}
        self.statuses = query.words("status", statuses)
        self.start, self.end = query.moment("start_date"), query.moment("end_date")

    def accepts(self, record_id: str, project_id: str, user_id: str, status: str, created: float) -> bool:
        return (
            (not self.ids or record_id in self.ids)
            and record_id.startswith(self.starts_with)
            and (not self.projects or project_id in self.projects)
            and (not self.users or user_id in self.users)
            and (not self.statuses or status in self.statuses)
            and (self.start is None or created >= self.start)
            and (self.end is None or created <= self.end)
        )


def _within(value: int, least: int | None, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def batches(store: Store, query: Query) -> list[BatchRecord]:
    """The batches that the query means, oldest first."""
    common = _Common(query, BATCH_WORDS)
    devices, tags = set(query.all("device_type")), set(query.all("tag"))
    priorities = query.words("queue_priority", PRIORITIES)
    is_open, complete = query.boolean("open"), query.boolean("complete")
    least, most = query.integer("min_jobs"), query.integer("max_jobs")
    found: list[BatchRecord] = []
    for batch in store.batches():
        look, spec = store.look(batch), batch.spec
        now_open = batch.open and look.status != "TIMED_OUT"
        if (
            common.accepts(batch.id, spec.project_id, batch.user_id, look.status, store.wall(batch.created_at))
            and (not devices or spec.device.device_type in devices)
            and (not tags or not tags.isdisjoint(batch.tags))
            and (not priorities or _PRIORITY in priorities)
            and is_open in (None, now_open)
            and complete in (None, not now_open)
            and _within(len(batch.jobs), least, most)
            and all(store.house.scheduler.is_listed(record.job) for record in batch.jobs[:1])
        ):
            found.append(batch)
    return found


def jobs(store: Store, query: Query, of: BatchRecord | None = None) -> list[JobRecord]:
    """The jobs that the query means, oldest first; only those of one batch if given."""
    common = _Common(query, JOB_WORDS)
    batch_ids, origins = query.identifiers("batch_id"), query.words("origin", ORIGINS)
    with_errors = query.boolean("errors")
    least, most = query.integer("min_runs"), query.integer("max_runs")
    for batch in store.batches() if of is None else [of]:
        store.look(batch)
    found: list[JobRecord] = []
    for record in store.jobs() if of is None else of.jobs:
        spec, created = record.batch.spec, store.wall(record.job.created_at)
        if (
            common.accepts(record.id, spec.project_id, record.batch.user_id, record.status, created)
            and (not batch_ids or record.batch.id in batch_ids)
            and (not origins or _ORIGIN in origins)
            and with_errors in (None, record.errors is not None)
            and _within(record.spec.shots, least, most)
            and store.house.scheduler.is_listed(record.job)
        ):
            found.append(record)
    return found
