"""Batches and jobs as JSON: views for the different operations."""

from __future__ import annotations

from typing import Any

from .records import BatchRecord, JobRecord
from .store import BATCH_OVER, BatchState, Store

_PRIORITY = "MEDIUM"


def batch_summary(store: Store, batch: BatchRecord) -> dict[str, Any]:
    """As lists show it: without the sequence, which may be long."""
    state = store.poll(batch)
    return _batch(store, batch, state)


def batch(store: Store, record: BatchRecord) -> dict[str, Any]:
    """With the sequence, without jobs."""
    return {**batch_summary(store, record), "sequence_builder": record.spec.sequence_builder}


def batch_with_jobs(store: Store, record: BatchRecord) -> dict[str, Any]:
    """With its jobs, without their results."""
    return {**batch(store, record), "jobs": [job(store, item) for item in record.jobs]}


def batch_with_job_ids(store: Store, record: BatchRecord) -> dict[str, Any]:
    """The second version's view."""
    ids = [item.id for item in record.jobs]
    return {**batch(store, record), "job_ids": ids, "child_ids": list(record.child_ids)}


def batch_with_results(store: Store, record: BatchRecord) -> dict[str, Any]:
    """The first version's view after a change."""
    return {**batch(store, record), "jobs": [job_with_result(store, item) for item in record.jobs]}


def legacy_batch(store: Store, record: BatchRecord) -> dict[str, Any]:
    """The first version's view."""
    view = {**batch_with_results(store, record), "child_ids": list(record.child_ids)}
    del view["queue_priority"]
    return view


def _batch(store: Store, batch: BatchRecord, state: BatchState) -> dict[str, Any]:
    spec = batch.spec
    # A batch that timed out is closed, though no client closed it.
    is_open = batch.open and state.status not in BATCH_OVER
    changes = [batch.changed_at, state.started_at or 0.0, state.ended_at or 0.0]
    return {
        "id": batch.id,
        "parent_id": batch.parent_id,
        "status": state.status,
        "complete": not is_open,
        "open": is_open,
        "priority": spec.priority,
        "device_type": spec.device.device_type,
        "user_id": batch.user_id,
        "project_id": spec.project_id,
        "created_at": store.stamp(batch.created_at),
        "updated_at": store.stamp(max(changes)),
        "jobs_count": len(batch.jobs),
        "jobs_count_per_status": state.counts,
        "tags": list(batch.tags),
        "configuration": spec.configuration,
        "backend_configuration": spec.backend_configuration,
        "webhook": spec.webhook,
        "start_datetime": store.stamp(state.started_at),
        "end_datetime": store.stamp(state.ended_at) if state.status in BATCH_OVER else None,
        "queue_priority": _PRIORITY,
    }


def job(store: Store, record: JobRecord) -> dict[str, Any]:
    """Without a result, in the job's state at the last poll of its batch."""
    item = record.job
    changes = [item.created_at, item.started_at or 0.0, item.ended_at or 0.0]
    return {
        "id": record.id,
        "parent_id": record.parent_id,
        "status": record.status,
        "runs": record.spec.runs,
        "batch_id": record.batch.id,
        "project_id": record.batch.spec.project_id,
        "created_at": store.stamp(item.created_at),
        "updated_at": store.stamp(max(changes)),
        "start_timestamp": store.stamp(item.started_at),
        "end_timestamp": store.stamp(item.ended_at),
        "variables": record.spec.variables,
        "errors": record.errors,
        "progress": 100 if record.status == "DONE" else 0,
        "sequence": record.spec.sequence,
        "creation_order": record.order,
    }


def job_value(record: JobRecord, name: str) -> Any:
    """Return the value of a property of `job` for sorting. Times are the clock's, which sort alike."""
    item = record.job
    match name:
        case "id" | "status":
            return getattr(record, name)
        case "updated_at":
            return max(item.created_at, item.started_at or 0.0, item.ended_at or 0.0)
        case "start_timestamp":
            return item.started_at
        case "end_timestamp":
            return item.ended_at
        case "runs":
            return record.spec.runs
        case "batch_id":
            return record.batch.id
        case "project_id":
            return record.batch.spec.project_id
        case "creation_order":
            return record.order
        case _:
            return None


def job_with_result(store: Store, record: JobRecord) -> dict[str, Any]:
    """With the counts and the whole result, once they are there."""
    result = record.result
    counter = None if result is None else result["counter"]
    return {**job(store, record), "result": counter, "full_result": result}


def job_with_logs(store: Store, record: JobRecord) -> dict[str, Any]:
    """The second version's view of one job. Nothing is logged here."""
    view = {**job(store, record), "logs_link": None}
    del view["creation_order"]
    return view


def legacy_job(store: Store, record: JobRecord) -> dict[str, Any]:
    """The first version's view of one job."""
    view = {**job_with_result(store, record), "logs_link": None}
    del view["creation_order"], view["parent_id"]
    return view
