"""Pictures of what a cloud says: text for terminals, HTML for notebooks, and figures of matplotlib (extra `plot`).

The figures are made with matplotlib's objects alone: no window, no backend, no state that others share. Each is a
`matplotlib.figure.Figure` that a notebook shows and `savefig` writes; with `ax=`, the picture goes into axes of yours,
and their figure comes back. Without matplotlib they raise `ConfigError`, which names the extra.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from anyqpu.errors import ConfigError
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.counts import Counts
from anyqpu.model.job import Job
from anyqpu.model.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["histogram", "html", "plot_counts", "plot_result", "plot_topology", "sketch", "timeline"]

ROWS = 32
"""Bars that a figure has at most, besides that of the others."""


def histogram(counts: Mapping[str, int], *, width: int = 40, rows: int = 16) -> str:
    """Counts as text: a bar per key, largest first, `width` characters for a count of all shots.

    Keys after the first `rows` are summed up as `others`.
    """
    from anyqpu_pictures import bars

    return bars.histogram(counts, width=width, rows=rows)


def sketch(topology: Topology, *, width: int = 100) -> str:
    """A topology as text of at most `width` columns.

    Qubits stand where the device has them, if their places are known or follow from a lattice that is recognised:
    Rigetti's octagons, a ring, rows and columns, IBM's heavy hexagons. Else each qubit has its neighbours behind it.
    """
    from anyqpu_pictures import sketches

    return sketches.sketch(topology, width=width)


def html(value: object) -> str:
    """A device, job, batch, session, reservation, calibration, result or counts as HTML, as notebooks show it.

    It needs nothing from elsewhere, and has no script. What a cloud wrote is escaped, and links in it are left out.

    Raises:
        TypeError: There is no picture of such a value.
    """
    from anyqpu_pictures import notebook

    return notebook.html(value)


def plot_counts(
    counts: Counts, *, sort: Literal["count", "key"] = "count", rows: int = ROWS, ax: Axes | None = None
) -> Figure:
    """Counts as bars; `Counts.plot` is the same.

    Args:
        sort: By size, or by key.
        rows: How many keys have a bar: those with the largest counts; the others share one.
        ax: Axes to draw in, which have room for as many bars as their height allows.

    Raises:
        ConfigError: matplotlib is not installed.
    """
    return _figures("bar_charts").plot_counts(counts, sort=sort, rows=rows, ax=ax)  # type: ignore[no-any-return]


def plot_result(
    result: Result, *, sort: Literal["count", "key"] = "count", rows: int = ROWS, ax: Axes | None = None
) -> Figure:
    """A result, a panel for each circuit; `Result.plot` is the same.

    Counts, probabilities, samples and photons are bars. Amplitudes are bars of their squares, with the phase beside
    each. Expectation values share one panel, with their deviations where these are known.

    Args:
        sort: By size, or by key.
        rows: How many bars a panel has; what is left shares one.
        ax: Axes to draw in, for a result with one panel.

    Raises:
        ConfigError: matplotlib is not installed.
        ValidationError: One pair of axes was given for several panels.
    """
    return _figures("results").plot_result(result, sort=sort, rows=rows, ax=ax)  # type: ignore[no-any-return]


def plot_topology(
    subject: Calibration | Topology, *, nodes: str | None = None, edges: str | None = None, ax: Axes | None = None
) -> Figure:
    """Qubits and couplings, coloured by what was measured; `Calibration.plot` is the same.

    What was not measured is drawn dashed, and said to be unknown.

    Args:
        nodes: What colours the qubits: an operation such as `MEASURE`, a characteristic such as `T1`, or both as
            `MEASURE fRO`. None: the readout, if it was measured.
        edges: The same for the couplings. None: the two-qubit operation that was measured on most of them.
        ax: Axes to draw in.

    Raises:
        ConfigError: matplotlib is not installed.
        ValidationError: The device's qubits are not known, or nothing of that name was measured.
    """
    return _figures("topologies").plot_topology(subject, nodes=nodes, edges=edges, ax=ax)  # type: ignore[no-any-return]


def timeline(jobs: Iterable[Job], *, now: datetime | None = None, rows: int = 40, ax: Axes | None = None) -> Figure:
    """Jobs side by side in time: when each waited, ran and ended, in UTC. What a cloud does not say is marked unknown.

    Args:
        now: Up to when jobs that are not over are drawn; None is the present.
        rows: How many jobs are drawn: the latest.
        ax: Axes to draw in.

    Raises:
        ConfigError: matplotlib is not installed.
    """
    return _figures("timelines").timeline(jobs, now=now, rows=rows, ax=ax)  # type: ignore[no-any-return]


def _figures(module: str) -> Any:
    try:
        return import_module(f"anyqpu_pictures.{module}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"matplotlib", "numpy", "PIL"}:
            raise
        raise ConfigError(f"figures need the package {error.name!r}", hint="pip install 'anyqpu[plot]'") from error
