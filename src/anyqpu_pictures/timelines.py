"""Timelines of jobs. They need the extra `plot`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from matplotlib import dates
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from anyqpu.model.job import Job
from anyqpu.model.status import JobStatus
from anyqpu_pictures.canvas import (
    FILL,
    INK,
    PALE,
    SMALL,
    WARN,
    AnyAxes,
    figure_of,
    inked,
    letters,
    paper,
    quiet,
    rows_that_fit,
    say,
)

# matplotlib.dates has no types.
_dates: Any = dates
_WIDTH, _LINE, _MARGIN = 8.0, 0.26, 1.5
_NAME = 28
QUEUED, RUNNING, UNSAID = "queued", "running", "start unknown"
_STYLES: dict[str, dict[str, Any]] = {
    QUEUED: {"facecolor": PALE, "edgecolor": FILL},
    RUNNING: {"facecolor": FILL, "edgecolor": FILL},
    # Between submit and end, with an unknown start.
    UNSAID: {"facecolor": "white", "edgecolor": INK, "hatch": "////", "linestyle": "--"},
}
_MARKS = {
    JobStatus.COMPLETED: ("o", "white"),
    JobStatus.FAILED: ("X", WARN),
    JobStatus.TIMED_OUT: ("s", WARN),
    JobStatus.CANCELLED: ("d", "white"),
}


_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a job's timeline.

    Attributes:
        open: Whether it is in progress.
    """

    phase: str
    start: datetime
    end: datetime
    open: bool = False


def spans_of(job: Job, now: datetime) -> list[Span]:
    """Return the known times of waiting and running; empty where the provider gives too little."""
    over = job.status.is_terminal
    end = job.ended_at if over else now
    spans: list[Span] = []
    if job.created_at is not None and job.started_at is not None:
        spans.append(Span(QUEUED, job.created_at, job.started_at))
    elif job.created_at is not None and end is not None:
        waits = job.status in {JobStatus.QUEUED, JobStatus.PAUSED}
        spans.append(Span(QUEUED if waits else UNSAID, job.created_at, end, not over))
    if job.started_at is not None and end is not None:
        spans.append(Span(RUNNING, job.started_at, end, not over))
    # With clocks of different machines an end may be before its start.
    return [Span(span.phase, span.start, max(span.start, span.end), span.open) for span in spans]


def timeline(jobs: Iterable[Job], *, now: datetime | None, rows: int, ax: AnyAxes) -> Figure:
    """See `anyqpu_pictures.timeline`."""
    now = now or datetime.now(UTC)
    in_order = sorted(jobs, key=lambda job: _first(job) or _NEVER)
    figure: Figure
    own = ax is None
    if ax is None:
        height = _MARGIN + _LINE * max(3, min(len(in_order), rows))
        figure, (ax,) = paper(_WIDTH, height)
    else:
        figure, rows = figure_of(ax), min(rows, rows_that_fit(ax))
    if not in_order:
        say(ax, "(no jobs)")
        return inked(figure) if own else figure
    drawn = sorted(in_order[-rows:], key=lambda job: _first(job) or now)
    _draw(ax, drawn, now)
    if len(drawn) < len(in_order):
        ax.set_xlabel(f"time (UTC); the latest {len(drawn)} of {len(in_order)} jobs", fontsize=SMALL)
    return inked(figure) if own else figure


def _draw(ax: AnyAxes, jobs: Sequence[Job], now: datetime) -> None:
    used: set[str] = set()
    ended: set[JobStatus] = set()
    timelines = [spans_of(job, now) for job in jobs]
    times = [time for spans in timelines for span in spans for time in (span.start, span.end)]
    first, last = min(times, default=now - timedelta(minutes=1)), max(times, default=now)
    span = max(last - first, timedelta(seconds=1))
    left, right = _dates.date2num(first - span * 0.02), _dates.date2num(last + span * 0.06)
    for place, (job, spans) in enumerate(zip(jobs, timelines, strict=True)):
        for part in spans:
            used.add(part.phase)
            start, end = _dates.date2num(part.start), _dates.date2num(part.end)
            ax.barh(place, end - start, left=start, height=0.62, linewidth=0.9, **_STYLES[part.phase])
            if part.open:
                ax.plot([end], [place], marker=">", color=INK, markersize=6, linestyle="none")
        if not spans:
            ax.text(left, place, "  times unknown", va="center", fontsize=SMALL, style="italic", color=INK)
        if (end := job.ended_at) and job.status in _MARKS:
            ended.add(job.status)
            marker, fill = _MARKS[job.status]
            ax.plot([_dates.date2num(end)], [place], linestyle="none", **_mark(marker, fill))
    ax.set_xlim(left, right)
    ax.set_ylim(len(jobs) - 0.4, -0.6)
    ax.set_yticks(range(len(jobs)), [_name(job) for job in jobs], fontsize=SMALL)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=SMALL)
    locator = _dates.AutoDateLocator(tz=UTC, minticks=3, maxticks=7)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(_dates.ConciseDateFormatter(locator, tz=UTC))
    ax.xaxis.get_offset_text().set_fontsize(SMALL)
    ax.set_xlabel("time (UTC)", fontsize=SMALL)
    ax.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    ax.set_axisbelow(True)
    quiet(ax, keep=("bottom",))
    _legend(ax, used, ended, any(span.open for spans in timelines for span in spans))


def _first(job: Job) -> datetime | None:
    return job.created_at or job.started_at or job.ended_at


def _name(job: Job) -> str:
    return letters(job.name or job.id, _NAME)


def _mark(marker: str, fill: str) -> dict[str, Any]:
    return {"marker": marker, "mfc": fill, "mec": INK, "mew": 0.8, "markersize": 8}


def _legend(ax: AnyAxes, used: set[str], ended: set[JobStatus], in_progress: bool) -> None:
    handles: list[Any] = [Patch(label=phase, **style) for phase, style in _STYLES.items() if phase in used]
    for status, (marker, fill) in _MARKS.items():
        if status in ended:
            word = status.replace("_", " ")
            handles.append(Line2D([], [], linestyle="none", label=word, **_mark(marker, fill)))
    if in_progress:
        handles.append(Line2D([], [], marker=">", color=INK, linestyle="none", label="in progress"))
    if handles:
        ax.legend(
            handles=handles,
            loc="lower center",
            bbox_to_anchor=(0.5, 1.0),
            ncols=4,
            fontsize=SMALL,
            frameon=False,
        )
