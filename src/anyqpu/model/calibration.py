"""How well a device works, as its cloud last measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from anyqpu.model.pictured import HtmlRepr, pictures
from anyqpu.model.serialize import Serializable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCharacteristic:
    """One measured number of a qubit, or of a pair that can be coupled.

    Attributes:
        operation: What it is about, such as `CZ` or `MEASURE`; a benchmark's name where it is no operation.
        nodes: The qubits, by their numbers on the device.
        name: What was measured, such as `fidelity`.
        error: Its uncertainty, in the same unit as `value`.
        parameters: The values of the operation's parameters that it holds for; empty where it holds for all.
        measured_at: In UTC.
    """

    operation: str
    nodes: tuple[int, ...]
    name: str
    value: float
    error: float | None = None
    parameters: tuple[float, ...] = ()
    measured_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology(Serializable):
    """Which qubits a device has, and which pairs of them can be coupled.

    Attributes:
        nodes: The qubits, by their numbers on the device.
        edges: Pairs of them, the smaller number first.
        family: The shape that they follow, in the cloud's own word.
        positions: Where each of `nodes` is, x to the right and y upwards, in micrometres; None: it is not said.
    """

    nodes: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]
    family: str | None = None
    positions: tuple[tuple[float, float], ...] | None = None

    def plot(self, *, ax: Axes | None = None) -> Figure:
        """A figure of matplotlib (extra `plot`), as `anyqpu_pictures.plot_topology` draws it."""
        figure: Figure = pictures().plot_topology(self, ax=ax)
        return figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration(HtmlRepr, Serializable):
    """A calibration of a device.

    Attributes:
        sites: What was measured, number by number, where the cloud's form is known.
        topology: The device's qubits and couplings, where they come with the calibration.
        effective_at: When it was measured, in UTC; None if the cloud does not say.
        source: `device`, or `job` for the calibration that a job ran with.
        data: What was measured, in the cloud's own form.
        raw: The cloud's own answer, as a generated model.
    """

    provider: str
    device_id: str | None
    effective_at: datetime | None
    source: str
    data: Mapping[str, Any]
    sites: tuple[SiteCharacteristic, ...] = ()
    topology: Topology | None = None
    raw: Any = field(default=None, repr=False, compare=False)

    def plot(self, *, nodes: str | None = None, edges: str | None = None, ax: Axes | None = None) -> Figure:
        """A figure of matplotlib (extra `plot`), as `anyqpu_pictures.plot_topology` draws it."""
        figure: Figure = pictures().plot_topology(self, nodes=nodes, edges=edges, ax=ax)
        return figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Serializable):
    """An entry of a list that has jobs and sessions in it.

    Attributes:
        kind: `job` or `session`, or the cloud's own word in lower case.
        status: A `JobStatus` or a `SessionStatus`, according to `kind`.
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
    raw: Any = field(default=None, repr=False, compare=False)
