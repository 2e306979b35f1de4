"""Times of Pasqal: ISO 8601 as documented, and seconds since 1970 as numbers or texts, which the service has sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import anyqpu
from anyqpu import drift
from tests.support.odd import client_with, respond_with

pytestmark = pytest.mark.anyio

PROJECT = "00000000-0000-0000-0000-000000000002"
BATCH_ID = "00000000-0000-0000-0000-000000000001"
ID = "00000000-0000-0000-0000-000000000003"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# `date -u -d @1767225600` prints Thu Jan 1 00:00:00 UTC 2026.
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS = 1_767_225_600
JOB = {"id": ID, "batch_id": BATCH_ID, "project_id": PROJECT, "status": "DONE", "runs": 5}
BATCH = {"id": BATCH_ID, "status": "DONE", "open": False, "device_type": "EMU_FREE", "jobs": []}
WORKLOAD = {"id": ID, "status": "DONE", "backend": "b", "workload_type": "w", "result_link": None}
FORMS: dict[str, tuple[Any, Any]] = {
    # The first is half a second later than the new year of 2026, the second a second and a half.
    "text": (f"{SECONDS}.5", f"{SECONDS + 1}.5"),
    "number": (SECONDS + 0.5, SECONDS + 1.5),
    "ISO 8601": ("2026-01-01T00:00:00.500000+00:00", "2026-01-01T00:00:01.500000+00:00"),
    "ISO 8601 in UTC": ("2026-01-01T00:00:00.5Z", "2026-01-01T00:00:01.5Z"),
    "ISO 8601 without a zone": ("2026-01-01T00:00:00.5", "2026-01-01 00:00:01.500000"),
    "mixed": (f"{SECONDS}.500000", "2026-01-01T02:00:01.5+02:00"),
}
FIRST, SECOND = NEW_YEAR + timedelta(seconds=0.5), NEW_YEAR + timedelta(seconds=1.5)


def one(value: Any) -> Any:
    return {"status": "success", "code": 200, "data": value}


async def job_with(**fields: Any) -> anyqpu.Job:
    bodies = {f"/jobs/{ID}": one({**JOB, **fields}), f"/batches/{BATCH_ID}": one(BATCH)}
    async with client_with("pasqal", respond_with(bodies)) as client:
        job: anyqpu.Job = await client.job(ID)
    return job


@pytest.mark.parametrize("form", FORMS)
async def test_a_job_has_its_times(anyio_backend: str, form: str) -> None:
    first, second = FORMS[form]
    job = await job_with(created_at=first, start_timestamp=first, end_timestamp=second)
    assert (job.created_at, job.started_at, job.ended_at) == (FIRST, FIRST, SECOND)
    assert job.execution_time == timedelta(seconds=1)


@pytest.mark.parametrize("form", FORMS)
async def test_a_workload_has_its_times(anyio_backend: str, form: str) -> None:
    first, second = FORMS[form]
    workload = {**WORKLOAD, "created_at": first, "start_timestamp": first, "end_timestamp": second}
    async with client_with("pasqal", respond_with({"": one(workload)})) as client:
        job = await client.get_workload(ID)
    assert (job.created_at, job.started_at, job.ended_at) == (FIRST, FIRST, SECOND)
    assert job.execution_time == timedelta(seconds=1)


@pytest.mark.parametrize("form", FORMS)
async def test_a_batch_and_a_session_have_their_times(anyio_backend: str, form: str) -> None:
    first, second = FORMS[form]
    batch = {**BATCH, "created_at": first, "start_datetime": first, "end_datetime": second}
    bodies = {f"/batches/{BATCH_ID}": one(batch), "/jobs": one([])}
    async with client_with("pasqal", respond_with(bodies)) as client:
        read, session = await client.get_batch(BATCH_ID), await client.get_session(BATCH_ID)
    assert (read.created_at, read.started_at, read.ended_at) == (FIRST, FIRST, SECOND)
    assert (session.created_at, session.started_at, session.closed_at) == (FIRST, FIRST, SECOND)
    assert session.usage == timedelta(seconds=1)


@pytest.mark.parametrize("form", FORMS)
async def test_a_project_has_the_time_of_its_last_activity(anyio_backend: str, form: str) -> None:
    projects = one([{"id": PROJECT, "name": "n", "last_activity_date": FORMS[form][0]}])
    async with client_with("pasqal", respond_with({"": projects})) as client:
        [project] = await client.projects().collect()
    assert project.last_activity_at == FIRST


@settings(max_examples=50, deadline=None)
@given(
    when=st.datetimes(datetime(2001, 9, 10), datetime(2099, 12, 31), timezones=st.just(UTC)),
    hours=st.integers(-23, 23),
    digits=st.integers(6, 12),
)
def test_a_time_is_the_same_in_each_form(when: datetime, hours: int, digits: int) -> None:
    """To the microsecond: a float has 53 bits, of which seconds until 2100 take 32."""
    seconds, microseconds = divmod((when - EPOCH) // timedelta(microseconds=1), 1_000_000)
    fraction = f"{microseconds:06}".ljust(digits, "0")
    forms: list[Any] = [f"{seconds}.{fraction}", float(f"{seconds}.{fraction}")]
    forms += [when.isoformat(), when.astimezone(timezone(timedelta(hours=hours))).isoformat()]
    forms += [when.replace(tzinfo=None).isoformat()]
    whole = when.replace(microsecond=0)

    async def main() -> None:
        for form in forms:
            assert (await job_with(created_at=form)).created_at == when, form
        for form in (seconds, str(seconds)):
            assert (await job_with(created_at=form)).created_at == whole, form

    anyio.run(main)


@settings(max_examples=50, deadline=None)
@given(
    number=st.floats(max_value=999_999_999, allow_infinity=False)
    | st.floats(min_value=4_102_444_800, allow_infinity=False)
    | st.integers(max_value=999_999_999)
    | st.integers(min_value=4_102_444_800),
    as_text=st.booleans(),
)
def test_a_number_before_2001_or_after_2100_is_not_a_time(number: float, as_text: bool) -> None:
    """It is a time in another unit, or something else; `raw` has it, and it is counted."""
    sent = repr(number) if as_text else number
    drift.forget()

    async def main() -> anyqpu.Job:
        return await job_with(created_at=sent)

    job = anyio.run(main)
    # Compact ISO 8601 such as 20260101 is a number, too.
    if as_text and job.created_at is not None:
        assert job.created_at == datetime.fromisoformat(repr(number)).replace(tzinfo=UTC)
        return
    assert job.created_at is None
    assert job.raw.created_at == sent
    assert "created_at" in {record.what for record in drift.seen()}


@pytest.mark.parametrize(
    "text",
    [
        # Recorded by Pasqal's own client as the start of a workload; as seconds since 1970 it is in the year 2655.
        "21636558026.698066",
        "1767225600,5",
        "1.7672256e9",
        "+1767225600",
        " 1767225600",
        "0x69559780",
        "1_767_225_600",
        "١٧٦٧٢٢٥٦٠٠",
    ],
)
async def test_other_texts_of_numbers_are_not_times(anyio_backend: str, text: str) -> None:
    job = await job_with(start_timestamp=text, end_timestamp="2026-01-01T00:00:00Z")
    assert (job.started_at, job.ended_at, job.execution_time) == (None, NEW_YEAR, None)
    assert job.raw.start_timestamp == text
