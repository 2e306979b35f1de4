"""What Kipu says of single qubits: which are coupled, and what was measured of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import combinations
from typing import Any, cast

from anyqpu_raw.kipu.models import Backend, Configuration

from anyqpu.core import native
from anyqpu.core.reading import reads
from anyqpu.core.sound import LARGEST
from anyqpu.core.values import count, finite, or_none
from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology
from anyqpu.model.device import Device
from anyqpu.model.native import NativeForm
from anyqpu.providers.kipu import ibm_config, verbatim

# A device with more qubits that are all coupled has half a million couplings, which nothing can use.
MOST_COUPLED = 1_000
_IQM_QUBIT = re.compile(r"QB([1-9]\d{0,8})")
# Gates of IBM's processors by any angle, which do not go with conditions: `use_fractional_gates` of qiskit-ibm-runtime.
_FRACTIONAL = ("rx", "rzz")
# What a number of a qubit is about; its name is Kipu's and has the unit in it.
_OPERATIONS = {"t1_us": "T1", "t2_us": "T2", "readout_error": "measure"}


@reads("kipu")
def topology_of(raw: Backend) -> Topology | None:
    """The couplings of a backend; None where it names none, or has other names than numbers for its qubits.

    None too for more than 1,000 qubits that are all coupled: the list would take hundreds of megabytes.
    """
    configuration = or_none(raw.configuration)
    connectivity = or_none(configuration.connectivity) if configuration else None
    number = count(configuration.qubit_count) if configuration else None
    if connectivity is None:
        return None
    graph = or_none(connectivity.graph)
    if graph:
        return _lattice(graph)
    if or_none(connectivity.fully_connected) and number and number <= MOST_COUPLED:
        return Topology(nodes=tuple(range(number)), edges=tuple(combinations(range(number), 2)), family="full")
    return None


def couplings_of(configuration: Configuration) -> tuple[tuple[int, int], ...] | None:
    """The coupled pairs that a backend names; None where it names none, or says that all qubits are coupled."""
    connectivity = or_none(configuration.connectivity)
    graph = or_none(connectivity.graph) if connectivity else None
    lattice = _lattice(graph) if graph else None
    return lattice.edges if lattice else None


def native_gates_of(configuration: Configuration) -> tuple[str, ...] | None:
    """The gates that a backend calls native; None where it calls none so."""
    gates = (gate for gate in or_none(configuration.gates) or () if or_none(gate.native_gate))
    return tuple(name for gate in gates if (name := or_none(gate.name))) or None


def form_of(device: Device, calibration: Calibration | None, facts: ibm_config.Facts) -> NativeForm:
    """The native form of a backend; where it calls no gates native, such as a simulator, all that it names.

    `facts` are those of IBM's own document, if it is a backend of IBM's.

    Raises `UnsupportedOperationError` where its gates or couplings are not known.
    """
    configuration = or_none(device.raw.configuration) if isinstance(device.raw, Backend) else None
    listed = or_none(configuration.gates) or () if configuration else ()
    names = device.native_gates or tuple(name for gate in listed if (name := or_none(gate.name)))
    connectivity = or_none(configuration.connectivity) if configuration else None
    all_coupled = bool(connectivity and or_none(connectivity.fully_connected))
    boxed = verbatim.form_of(device, names, calibration, all_coupled=all_coupled)
    if boxed is not None:
        return boxed
    return native.form_of(
        device,
        gates=names,
        all_coupled=all_coupled,
        calibration=calibration,
        durations=facts.durations,
        conditions=facts.conditions,
        fractional=_FRACTIONAL if device.cloud == "IBM" else (),
        resets="reset" in ((or_none(configuration.operations) or ()) if configuration else ()),
    )


def _lattice(graph: Any) -> Topology | None:
    """The couplings of a graph; None where it has other names than numbers, or IQM's, for its qubits."""
    try:
        named = ((_node(a), _node(b)) for a, others in graph.items() for b in others)
        pairs = {(min(pair), max(pair)) for pair in named}
        return Topology(nodes=tuple(sorted(map(_node, graph))), edges=tuple(sorted(pairs)))
    except (AttributeError, TypeError, ValueError):
        return None


def _node(value: Any) -> int:
    """The number of a qubit, which IQM calls `QB1` where it is 0; raises `ValueError` for any other name."""
    if isinstance(value, str) and (match := _IQM_QUBIT.fullmatch(value)):
        return int(match[1]) - 1
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST:
        return value
    raise ValueError("not the number of a qubit")


def sites_of(data: Mapping[str, Any], measured_at: datetime | None) -> tuple[SiteCharacteristic, ...]:
    """The numbers of a calibration of the kind `gate_based`; none of what does not work, and none of other kinds."""
    if data.get("type") != "gate_based":
        return ()
    sites: list[SiteCharacteristic] = []
    for nodes, entry in (*_entries(data, "qubits", "qubit"), *_entries(data, "qubit_pairs", "qubits")):
        numbers = [(_OPERATIONS.get(name, name), name, value) for name, value in entry.items() if name != "qubit"]
        gates = entry.get("gates")
        for gate, figures in (cast("dict[str, Any]", gates) if isinstance(gates, dict) else {}).items():
            fields = cast("dict[str, Any]", figures) if isinstance(figures, dict) else {}
            if fields.get("operational") is not False:
                numbers += [(gate, name, value) for name, value in fields.items()]
        sites += [
            SiteCharacteristic(
                operation=operation, nodes=nodes, name=name, value=float(number), measured_at=measured_at
            )
            for operation, name, value in numbers
            if (number := finite(value)) is not None
        ]
    return tuple(sites)


def calibrated_topology(data: Mapping[str, Any]) -> Topology | None:
    """The qubits and pairs that a calibration has figures of."""
    nodes = sorted(node for (node,), _ in _entries(data, "qubits", "qubit"))
    edges = sorted((min(pair), max(pair)) for pair, _ in _entries(data, "qubit_pairs", "qubits") if len(pair) == 2)
    return Topology(nodes=tuple(nodes), edges=tuple((a, b) for a, b in edges)) if nodes else None


def _entries(data: Mapping[str, Any], name: str, key: str) -> Iterator[tuple[tuple[int, ...], dict[str, Any]]]:
    entries = data.get(name)
    for entry in cast("list[Any]", entries) if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            fields = cast("dict[str, Any]", entry)
            named = fields.get(key)
            nodes: list[Any] = cast("list[Any]", named) if isinstance(named, list) else [named]
            if nodes and all(isinstance(node, int) and count(node) is not None for node in nodes):
                yield tuple(nodes), fields
