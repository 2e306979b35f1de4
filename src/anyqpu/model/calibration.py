"""Calibrations: measured properties of a device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from anyqpu.model.pictured import HtmlRepr, ShortRepr, pictures
from anyqpu.model.serialize import Serializable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCharacteristic(Serializable):
    """One measured property of a qubit, or of a coupled pair.

    Attributes:
        operation: The operation, such as `CZ` or `MEASURE`, or the name of a benchmark.
        nodes: The qubits, by their numbers on the device.
        name: The measured property, such as `fidelity`.
        error: The uncertainty, in the unit of `value`.
        parameters: The operation's parameters that the value applies to; empty where it applies to all.
        measured_at: The time of the measurement, in UTC.
    """

    operation: str
    nodes: tuple[int, ...]
    name: str
    value: float
    error: float | None = None
    parameters: tuple[float, ...] = ()
    measured_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Topology(ShortRepr, HtmlRepr, Serializable):
    """The qubits of a device, and the pairs that can be coupled.

    Attributes:
        nodes: The qubits, by their numbers on the device.
        edges: Pairs of qubits, the smaller number first.
        family: The provider's name of the layout.
        positions: Coordinates of each of `nodes`, x to the right and y upwards, in micrometres; None: unknown.
    """

    nodes: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]
    family: str | None = None
    positions: tuple[tuple[float, float], ...] | None = None
    _repr_names: ClassVar[tuple[str, ...]] = ("nodes", "edges", "family", "positions")

    def plot(self, *, ax: Axes | None = None) -> Figure:
        """Return a matplotlib figure (extra `plot`), as `anyqpu_pictures.plot_topology` does."""
        figure: Figure = pictures().plot_topology(self, ax=ax)
        return figure


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Calibration(ShortRepr, HtmlRepr, Serializable):
    """A calibration of a device.

    Attributes:
        sites: The measured values, where anyqpu reads the provider's form.
        topology: The device's qubits and couplings, where the response contains them.
        effective_at: The time of the measurement, in UTC; None if unknown.
        source: `device`, or `job` for the calibration that a job ran with.
        data: The measured values in the provider's form.
        raw: The provider's response, as a generated model.
    """

    provider: str
    device_id: str | None
    effective_at: datetime | None
    source: str
    data: Mapping[str, Any]
    sites: tuple[SiteCharacteristic, ...] = ()
    topology: Topology | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _repr_names: ClassVar[tuple[str, ...]] = ("device_id", "provider", "effective_at", "source", "sites", "topology")

    def plot(self, *, nodes: str | None = None, edges: str | None = None, ax: Axes | None = None) -> Figure:
        """Return a matplotlib figure (extra `plot`), as `anyqpu_pictures.plot_topology` does."""
        figure: Figure = pictures().plot_topology(self, nodes=nodes, edges=edges, ax=ax)
        return figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Serializable):
    """An entry of a list that contains jobs and sessions.

    Attributes:
        kind: `job` or `session`, or the provider's value in lower case.
        status: A `JobStatus` or a `SessionStatus`, depending on `kind`.
        execution_time: The time on the device, of a session that of its jobs together.
    """

    provider: str
    id: str
    kind: str
    device_id: str | None
    status: str
    raw_status: str
    created_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    name: str | None = None
    tags: tuple[str, ...] = ()
    execution_time: timedelta | None = None
    raw: Any = field(default=None, repr=False, compare=False)
