"""Displays of the model's objects: text for terminals, HTML for notebooks, and matplotlib figures (extra `plot`).

The functions for figures use no window, no backend and no global state of matplotlib. They return a
`matplotlib.figure.Figure`, which a notebook shows and `savefig` writes; with `ax=` they draw in given axes and return
their figure. Without matplotlib they raise `ConfigError` with the name of the extra.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from anyqpu.errors import ConfigError
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.counts import Counts
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["histogram", "html", "plot_counts", "plot_result", "plot_topology", "sketch", "timeline"]

ROWS = 32
"""The most bars of a figure, in addition to one for all other keys."""


def histogram(counts: Mapping[str, int], *, width: int = 40, rows: int = 16) -> str:
    """Return a histogram as text: a bar per key, largest first, `width` characters for all shots.

    Keys after the first `rows` are summed as `others`.
    """
    from anyqpu_pictures import bars

    return bars.histogram(counts, width=width, rows=rows)


def sketch(topology: Topology | Device, *, width: int = 100) -> str:
    """Return a topology, or that of a device, as text of at most `width` columns.

    The text is a map of the qubits if their positions are known or follow from a known lattice: Rigetti's octagons, a
    ring, rows and columns, IBM's heavy hexagons. Otherwise it lists each qubit with its neighbours.
    """
    from anyqpu_pictures import sketches

    couplings = topology.topology if isinstance(topology, Device) else topology
    return sketches.sketch(couplings or Topology(nodes=(), edges=()), width=width)


def html(value: object) -> str:
    """Return a device, job, batch, session, reservation, calibration, result or counts as HTML for a notebook.

    The HTML has no script and loads nothing. Text from a provider is escaped, and its links are removed.

    Raises:
        TypeError: The value is of another type.
    """
    from anyqpu_pictures import notebook

    return notebook.html(value)


def html_card(kind: str, name: str, status: str | None, facts: Mapping[str, object]) -> str:
    """Return an HTML block: the kind of an object, its name and status, and facts by their names."""
    from anyqpu_pictures import cards

    return cards.card(cards.title(kind, name, status), facts.items())


def plot_counts(
    counts: Counts, *, sort: Literal["count", "key"] = "count", rows: int = ROWS, ax: Axes | None = None
) -> Figure:
    """Return a bar chart of counts, as `Counts.plot` does.

    Args:
        sort: By count, or by key.
        rows: The number of bars, for the largest counts; the other keys share one more.
        ax: The axes to draw in; their height limits the number of bars.

    Raises:
        ConfigError: matplotlib is not installed.
    """
    return _figures("bar_charts").plot_counts(counts, sort=sort, rows=rows, ax=ax)  # type: ignore[no-any-return]


def plot_result(
    result: Result, *, sort: Literal["count", "key"] = "count", rows: int = ROWS, ax: Axes | None = None
) -> Figure:
    """Return a figure of a result with a panel for each circuit, as `Result.plot` does.

    Counts, probabilities, samples and photons are bars. Amplitudes are bars of their squares, with the phases. All
    expectation values are in one panel, with their deviations where known.

    Args:
        sort: By value, or by key.
        rows: The number of bars of a panel; the other keys share one more.
        ax: The axes to draw in, for a result with one panel.

    Raises:
        ConfigError: matplotlib is not installed.
        ValidationError: `ax` was given for several panels.
    """
    return _figures("results").plot_result(result, sort=sort, rows=rows, ax=ax)  # type: ignore[no-any-return]


def plot_topology(
    subject: Calibration | Device | Topology,
    *,
    nodes: str | None = None,
    edges: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Return a map of qubits and couplings, coloured by measured values, as `Calibration.plot` does.

    Qubits and couplings without a value are dashed, and marked unknown in the legend.

    Args:
        nodes: The value that colours the qubits: an operation such as `MEASURE`, a property such as `T1`, or both as
            `MEASURE fRO`. None: the readout, if measured.
        edges: The same for the couplings. None: the two-qubit operation that was measured on most of them.
        ax: The axes to draw in.

    Raises:
        ConfigError: matplotlib is not installed.
        ValidationError: The device's qubits are unknown, or no value of that name was measured.
    """
    return _figures("topologies").plot_topology(subject, nodes=nodes, edges=edges, ax=ax)  # type: ignore[no-any-return]


def timeline(jobs: Iterable[Job], *, now: datetime | None = None, rows: int = 40, ax: Axes | None = None) -> Figure:
    """Return a timeline of jobs: when each waited, ran and ended, in UTC. Unknown times are marked.

    Args:
        now: The end of the bars of jobs that are in progress; None is the present.
        rows: The number of jobs, the latest ones.
        ax: The axes to draw in.

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
