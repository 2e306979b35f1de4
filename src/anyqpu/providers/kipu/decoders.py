"""Results of the machines behind Kipu, each maker's own form. Pure functions of the JSON that came.

Shapes are those that qhub-quantum's parsers read; bit orders too, since the API document says nothing of either.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.providers import photonics


def qsim(body: Mapping[str, Any]) -> list[ResultItem]:
    """Kipu's qsim in its three modes; qubit 0 comes first there, and in our results last."""
    if "counts" in body:
        return [_counts(body["counts"], BitOrder.LSB_LEFT)]
    if "statevector" in body:
        amplitudes = [complex(*pair) for pair in body["statevector"]]
        width = (len(amplitudes) - 1).bit_length()
        turned = tuple(amplitudes[_reversed(index, width)] for index in range(len(amplitudes)))
        return [ResultItem(kind=ResultKind.STATEVECTOR, statevector=turned)]
    chosen = {key[::-1]: complex(*pair) for key, pair in body["amplitudes"].items()}
    return [ResultItem(kind=ResultKind.AMPLITUDES, amplitudes=chosen)]


def qudora(body: Mapping[str, Any]) -> list[ResultItem]:
    """Qudora's counts have bit 0 last: qhub-quantum takes them for Qiskit as they are."""
    return [_counts(body["counts"], BitOrder.MSB_LEFT)]


def ionq(body: Mapping[str, Any], qubits: int | None) -> list[ResultItem]:
    """IonQ's histogram: shares by the number whose bit k is qubit k. `qubits` is how many there are."""
    histogram = {int(state): float(share) for state, share in body["histogram"].items()}
    width = qubits or max([state.bit_length() for state in histogram] + [1])
    shares = {f"{state:0{width}b}": share for state, share in sorted(histogram.items())}
    return [ResultItem(kind=ResultKind.PROBABILITIES, probabilities=shares)]


def braket(body: Mapping[str, Any]) -> list[ResultItem]:
    """A Braket gate-model result: a row for each shot, a column for each of `measuredQubits`, in that order."""
    measured = [int(qubit) for qubit in cast("list[Any]", body.get("measuredQubits") or [])]
    rows = body.get("measurements")
    if rows:
        keys = Counter("".join(str(bit) for bit in row) for row in rows)
        labels = [f"q[{qubit}]" for qubit in measured] or None
        return [_counts(keys, BitOrder.LSB_LEFT, labels)]
    shares = {key[::-1]: float(share) for key, share in body["measurementProbabilities"].items()}
    return [ResultItem(kind=ResultKind.PROBABILITIES, probabilities=shares)]


def ahs(body: Mapping[str, Any]) -> list[ResultItem]:
    """An analog result of Braket: for each shot, the sites before and after, of which 0 after is a Rydberg atom.

    Shots that the device calls failures are left out; those in part successful are as measured.
    """
    shots = [each for each in body["measurements"] if each["shotMetadata"]["shotStatus"] != "Failure"]
    seen = (_sites(each["shotResult"]["preSequence"], each["shotResult"]["postSequence"]) for each in shots)
    return [ResultItem(kind=ResultKind.SAMPLES, samples=tuple(seen))]


def _sites(before: list[int], after: list[int]) -> str:
    return "".join(("g" if left else "r") if loaded else "e" for loaded, left in zip(before, after, strict=True))


def quandela(body: Mapping[str, Any]) -> list[ResultItem]:
    """What Perceval's computers gave: JSON as text, with photonic states in Perceval's own serialisation."""
    inner = body["results"]
    return photonics.decode(json.loads(inner) if isinstance(inner, str) and inner.startswith("{") else inner)


_IQM_KEY = re.compile(r"(?P<name>.+)_(?P<length>\d+)_(?P<register>\d+)_(?P<bit>\d+)")


def iqm(body: Mapping[str, Any]) -> list[ResultItem]:
    """IQM's counts: a character for each measurement key, whose name says which classical bit it is.

    Where the keys have other names than Qiskit's for IQM gives them, the order of the bits is not known.
    """
    return [_iqm_circuit(each["counts"], list(each["measurement_keys"])) for each in body["measurement_counts"]]


def _iqm_circuit(counts: Mapping[str, int], keys: list[str]) -> ResultItem:
    named = [_IQM_KEY.fullmatch(key) for key in keys]
    if not all(named):
        return ResultItem(kind=ResultKind.COUNTS, counts=Counts(dict(counts), order=BitOrder.UNKNOWN, bit_labels=keys))
    bits = [(int(found["register"]), int(found["bit"]), found["name"]) for found in named if found]
    # Bit 0 of the first register rightmost, as Qiskit writes it.
    places = sorted(range(len(bits)), key=lambda place: bits[place][:2], reverse=True)
    labels = [f"{bits[place][2]}[{bits[place][1]}]" for place in places]
    turned: Counter[str] = Counter()
    for key, count in counts.items():
        turned["".join(key[place] for place in places)] += count
    return ResultItem(kind=ResultKind.COUNTS, counts=Counts(turned, bit_labels=labels))


def _counts(native: Mapping[str, int], order: BitOrder, labels: list[str] | None = None) -> ResultItem:
    counts = Counts(dict(native), order=order, bit_labels=labels).to(BitOrder.MSB_LEFT)
    return ResultItem(kind=ResultKind.COUNTS, counts=counts)


def _reversed(index: int, width: int) -> int:
    """The number whose `width` bits are those of `index` in the other order."""
    return int(f"{index:0{width}b}"[::-1], 2) if width else 0
