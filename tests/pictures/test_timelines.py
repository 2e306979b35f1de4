"""Jobs in time: bars begin and end when the jobs did, and what is unknown is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import anyio
import pytest
from matplotlib.dates import num2date
from matplotlib.figure import Figure

import anyqpu
from anyqpu.model.status import JobStatus
from anyqpu.pictures import timeline
from anyqpu_pictures.timelines import QUEUED, RUNNING, UNSAID, Span, spans_of
from tests.pictures.examples import EVIL, NOON, job
from tests.pictures.reading import overlapping, words_of

LATER = NOON + timedelta(minutes=60)


def minutes_of(ax: Any) -> list[tuple[float, float, float]]:
    """Row, begin and end of each bar, in minutes from noon."""

    def minutes(number: float) -> float:
        return round((num2date(number, tz=UTC) - NOON).total_seconds() / 60, 2)

    return [
        (round(bar.get_y() + bar.get_height() / 2), minutes(bar.get_x()), minutes(bar.get_x() + bar.get_width()))
        for bar in ax.patches
    ]


def test_a_job_that_ran_has_two_bars() -> None:
    (ax,) = timeline([job(JobStatus.COMPLETED, 0, 12, 15, name="bell")], now=LATER).axes
    assert minutes_of(ax) == [(0, 0, 12), (0, 12, 15)]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["bell"]
    assert ax.get_xlabel() == "time (UTC)"


def test_jobs_stand_in_the_order_of_their_beginning() -> None:
    jobs = [job(JobStatus.COMPLETED, minute, minute + 1, minute + 2, name=str(minute)) for minute in (8, 2, 5)]
    (ax,) = timeline(jobs, now=LATER).axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2", "5", "8"]
    assert [begin for _, begin, _ in minutes_of(ax)][::2] == [2, 5, 8]


@pytest.mark.parametrize(
    ("status", "minutes", "spans"),
    [
        (JobStatus.COMPLETED, (0, 12, 15), [(QUEUED, 0, 12, False), (RUNNING, 12, 15, False)]),
        (JobStatus.RUNNING, (0, 12), [(QUEUED, 0, 12, False), (RUNNING, 12, 60, True)]),
        (JobStatus.QUEUED, (3,), [(QUEUED, 3, 60, True)]),
        (JobStatus.PAUSED, (3,), [(QUEUED, 3, 60, True)]),
        (JobStatus.RUNNING, (3,), [(UNSAID, 3, 60, True)]),
        (JobStatus.CANCELLED, (0, None, 9), [(UNSAID, 0, 9, False)]),
        (JobStatus.FAILED, (None, 4, 9), [(RUNNING, 4, 9, False)]),
        (JobStatus.COMPLETED, (0, 4, None), [(QUEUED, 0, 4, False)]),
        (JobStatus.COMPLETED, (0,), []),
        (JobStatus.COMPLETED, (None, None, 9), []),
        (JobStatus.COMPLETED, (), []),
        # Two clocks that do not agree.
        (JobStatus.COMPLETED, (5, 4, 9), [(QUEUED, 5, 5, False), (RUNNING, 4, 9, False)]),
    ],
)
def test_what_is_known_of_a_life(status: JobStatus, minutes: tuple[Any, ...], spans: list[Any]) -> None:
    def at(minute: float) -> datetime:
        return NOON + timedelta(minutes=minute)

    expected = [Span(label, at(start), at(end), open) for label, start, end, open in spans]
    assert spans_of(job(status, *minutes), LATER) == expected


def test_unknown_times_are_said() -> None:
    figure = timeline([job(JobStatus.COMPLETED, name="a"), job(JobStatus.COMPLETED, 0, None, 9, name="b")], now=LATER)
    words = words_of(figure)
    assert words.count("  times unknown") == 1
    assert "start unknown" in words
    (bar,) = figure.axes[0].patches
    assert bar.get_hatch()


def test_a_legend_names_what_there_is_and_nothing_else() -> None:
    jobs = [job(JobStatus.COMPLETED, 0, 2, 4), job(JobStatus.RUNNING, 1, 3)]
    (ax,) = timeline(jobs, now=LATER).axes
    legend = ax.get_legend()
    assert legend is not None
    assert {text.get_text() for text in legend.get_texts()} == {"queued", "running", "completed", "in progress"}


def test_times_are_in_utc_wherever_they_came_from() -> None:
    zone = timezone(timedelta(hours=5))
    there = job(JobStatus.COMPLETED, 0, 12, 15)
    moved = replace(there, created_at=NOON.astimezone(zone))
    assert minutes_of(timeline([moved], now=LATER).axes[0]) == minutes_of(timeline([there], now=LATER).axes[0])
    figure = timeline([there], now=LATER)
    figure.draw_without_rendering()
    assert "12:00" in {label.get_text() for label in figure.axes[0].get_xticklabels()}


def test_of_many_the_latest_are_drawn() -> None:
    jobs = [job(JobStatus.COMPLETED, minute, minute + 1, minute + 2, name=str(minute)) for minute in range(100)]
    figure = timeline(jobs, now=LATER)
    (ax,) = figure.axes
    assert [label.get_text() for label in ax.get_yticklabels()] == [str(minute) for minute in range(60, 100)]
    assert ax.get_xlabel() == "time (UTC); the latest 40 of 100 jobs"
    assert overlapping(figure, ax.get_yticklabels()) == []
    assert overlapping(figure, ax.get_xticklabels()) == []


def test_none_and_one_moment() -> None:
    assert "(no jobs)" in words_of(timeline([], now=LATER))
    # A job that began and ended at once has a width of no time; the axis has one all the same.
    left, right = timeline([job(JobStatus.COMPLETED, 0, 0, 0)], now=LATER).axes[0].get_xlim()
    assert right > left


def test_names_are_letters_and_long_ones_are_shortened() -> None:
    jobs = [job(JobStatus.QUEUED, 0, name=EVIL), job(JobStatus.QUEUED, 1, name="量子 ok " + "x" * 90)]
    figure = timeline(jobs, now=LATER)
    evil, long = (label.get_text() for label in figure.axes[0].get_yticklabels())
    assert "example.org" not in evil
    assert "\x1b" not in evil
    assert long.startswith("?? ok")
    assert len(long) == 28
    figure.draw_without_rendering()


def test_axes_of_others_get_as_many_rows_as_fit() -> None:
    figure = Figure(figsize=(5, 1.5))
    ax = figure.subplots()
    assert timeline([job(JobStatus.QUEUED, minute) for minute in range(50)], now=LATER, ax=ax) is figure
    assert 2 <= len(ax.patches) < 15
    assert overlapping(figure, ax.get_yticklabels()) == []


@pytest.mark.anyio
async def test_jobs_of_a_list_are_drawn() -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        program = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; measure q -> c;'
        for name in ("one", "two"):
            await (await kipu.submit(program, device="kipu.sim.qsim", shots=5, name=name)).wait()
        jobs = await kipu.jobs().collect()
    figure = await anyio.to_thread.run_sync(timeline, jobs)
    (ax,) = figure.axes
    assert sorted(label.get_text() for label in ax.get_yticklabels()) == ["one", "two"]
    assert len(ax.patches) == 4
