"""Results of the machines behind Kipu, each maker's own form. Pure functions of the JSON that came.

Shapes are those that qhub-quantum's parsers read; bit orders too, since the API document says nothing of either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from anyqpu.core.programs import photonics
from anyqpu.core.results.forms import FormError, json_in, whole
from anyqpu.core.results.registers import WIDEST, check_registers, check_size, labels_of, split
from anyqpu.core.values import finite
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.providers.kipu.braket import Bits, bits_of


def qsim(body: Mapping[str, Any]) -> list[ResultItem]:
    """Kipu's qsim in its three modes; qubit 0 comes first there, and in our results last."""
    if "counts" in body:
        return [_counts(body["counts"], BitOrder.LSB_LEFT)]
    if "statevector" in body:
        amplitudes = [_complex(pair) for pair in body["statevector"]]
        width = (len(amplitudes) - 1).bit_length()
        if len(amplitudes) != 1 << width:
            raise FormError(f"{len(amplitudes)} amplitudes are not those of a whole number of qubits")
        turned = tuple(amplitudes[_reversed(index, width)] for index in range(len(amplitudes)))
        return [ResultItem(kind=ResultKind.STATEVECTOR, statevector=turned)]
    chosen = {_checked_bits(key)[::-1]: _complex(pair) for key, pair in body["amplitudes"].items()}
    return [ResultItem(kind=ResultKind.AMPLITUDES, amplitudes=chosen)]


def _complex(pair: Any) -> complex:
    """An amplitude, which is sent as a list of its real and its imaginary part."""
    match pair:
        case [int() | float() as real, int() | float() as imaginary]:
            return complex(_finite(real), _finite(imaginary))
        case _:
            raise FormError("an amplitude is not a pair of numbers")


def _finite(value: Any) -> float:
    number = finite(value)
    if number is None:
        raise FormError("a number is missing, infinite or not a number")
    return float(number)


def _checked_bits(key: str) -> str:
    if set(key) - {"0", "1"}:
        raise FormError(f"{key[:40]!r} is not a bit string")
    return key


def qudora(body: Mapping[str, Any]) -> list[ResultItem]:
    """Qudora's counts have bit 0 last: qhub-quantum takes them for Qiskit as they are."""
    return [_counts(body["counts"], BitOrder.MSB_LEFT)]


def braket(body: Mapping[str, Any]) -> list[ResultItem]:
    """A Braket gate-model result: a row for each shot, a column for each of `measuredQubits`, in that order.

    Counts are as wide as the program's classical bits where the program in the result says which column is which bit;
    bits that were not measured are 0. Otherwise they have a bit for each qubit, named so. A program set, which several
    programs in one job give, has one such result for each.
    """
    if "programResults" in body:
        return [_braket_program(program) for program in body["programResults"]]
    return [_braket_item(body)]


def _braket_program(program: Mapping[str, Any]) -> ResultItem:
    """The result of one program of a program set, which is run once (Braket's schema program_result, version 1)."""
    (executable,) = program["executableResults"]
    failure = executable.get("failureMetadata")
    if failure is not None:
        return ResultItem(kind=ResultKind.RAW, success=False, error=str(failure["failureReason"])[:1000])
    return _braket_item({**executable, "additionalMetadata": {"action": program.get("source")}})


def _braket_item(body: Mapping[str, Any]) -> ResultItem:
    measured = [whole(qubit, "a qubit") for qubit in cast("list[Any]", body.get("measuredQubits") or [])]
    rows = body.get("measurements")
    bits = _braket_bits(body)
    columns = bits.columns(measured) if bits else None
    if bits is not None and columns is not None:
        labels = labels_of(bits.registers)
        places = [len(labels) - 1 - column for column in columns]
    else:
        labels = [f"q[{qubit}]" for qubit in reversed(measured)]
        places = list(range(len(measured)))[::-1]
    if rows:
        seen = Counter("".join(map(str, row)) for row in rows)
        check_size(len(seen), len(labels))
        counts = Counts(
            {_placed(key, places, len(labels)): count for key, count in seen.items()}, bit_labels=labels or None
        )
        apart = split(counts, bits.registers) if bits and columns is not None else None
        return ResultItem(kind=ResultKind.COUNTS, counts=counts, registers=apart)
    probabilities = body["measurementProbabilities"]
    check_size(len(probabilities), len(labels))
    shares = {_placed(_checked_bits(key), places, len(labels)): _finite(share) for key, share in probabilities.items()}
    return ResultItem(kind=ResultKind.PROBABILITIES, probabilities=shares)


def _braket_bits(body: Mapping[str, Any]) -> Bits | None:
    """The classical bits of the program in a result; None where there is no program, or it does not say."""
    value: Any = body
    for name in ("additionalMetadata", "action", "source"):
        value = cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None
    return bits_of(value) if isinstance(value, str) else None


def _placed(row: str, places: list[int], width: int) -> str:
    """A row with each column where it belongs; without places, the first column last."""
    if not width:
        return row[::-1]
    characters = ["0"] * width
    for place, character in zip(places, row, strict=True):
        characters[place] = character
    return "".join(characters)


def ahs(body: Mapping[str, Any]) -> list[ResultItem]:
    """An analog result of Braket: for each shot, the sites before and after, of which 0 after is a Rydberg atom.

    Shots that the device calls failures are left out; those in part successful are as measured.
    """
    shots = [shot for shot in body["measurements"] if shot["shotMetadata"]["shotStatus"] != "Failure"]
    seen = (_sites(shot["shotResult"]["preSequence"], shot["shotResult"]["postSequence"]) for shot in shots)
    return [ResultItem(kind=ResultKind.SAMPLES, samples=tuple(seen))]


def _sites(before: list[int], after: list[int]) -> str:
    return "".join(("g" if left else "r") if loaded else "e" for loaded, left in zip(before, after, strict=True))


def quandela(body: Mapping[str, Any]) -> list[ResultItem]:
    """What Perceval's computers gave: JSON as text, with photonic states in Perceval's own serialisation."""
    inner = body["results"]
    return photonics.decode(json_in(inner) if isinstance(inner, str) and inner.startswith("{") else inner)


_IQM_KEY = re.compile(r"(?P<name>.+)_(?P<length>\d{1,7})_(?P<register>\d{1,7})_(?P<bit>\d{1,7})")


def iqm(body: Mapping[str, Any]) -> list[ResultItem]:
    """IQM's counts: characters for each measurement key, in the order of `measurement_keys`.

    Qiskit's names for keys say which classical bit each one is. Of another single key, the characters are its qubits in
    the order of the instruction. Otherwise the order of the bits is not known.
    """
    return [
        _iqm_circuit(
            {key: whole(count) for key, count in circuit["counts"].items()}, list(circuit.get("measurement_keys") or ())
        )
        for circuit in body["measurement_counts"]
    ]


def _iqm_circuit(counts: Mapping[str, int], keys: list[Any]) -> ResultItem:
    names = [str(key) for key in keys]
    widths = {len(key) for key in counts} or {len(names)}
    if widths == {len(names)} and (bits := _qiskit_bits(names)):
        return _iqm_registers(counts, bits)
    if len(names) == 1 and len(widths) == 1:
        labels = labels_of({names[0]: max(widths)})[::-1]
        return _counts(counts, BitOrder.LSB_LEFT, labels)
    # The response does not say how many characters each of several keys has, unless there is one for each.
    bit_labels = names if widths == {len(names)} else None
    return ResultItem(
        kind=ResultKind.COUNTS, counts=Counts(dict(counts), order=BitOrder.UNKNOWN, bit_labels=bit_labels)
    )


class _QiskitBit(NamedTuple):
    """A classical bit as a key's name says it; `length` is that of its register."""

    register: int
    name: str
    length: int
    bit: int


def _qiskit_bits(keys: list[str]) -> list[_QiskitBit] | None:
    """The bits that keys stand for; None where they are not Qiskit's for IQM, or contradict each other."""
    bits: list[_QiskitBit] = []
    for key in keys:
        match = _IQM_KEY.fullmatch(key)
        if match is None:
            return None
        bit = _QiskitBit(int(match["register"]), match["name"], int(match["length"]), int(match["bit"]))
        if bit.bit >= bit.length:
            return None
        bits.append(bit)
    registers = {bit.register: bit for bit in bits}
    agree = all(bit[:3] == registers[bit.register][:3] for bit in bits) and len(set(bits)) == len(bits)
    return bits if agree and sum(bit.length for bit in registers.values()) <= WIDEST else None


def _iqm_registers(counts: Mapping[str, int], bits: list[_QiskitBit]) -> ResultItem:
    """Counts as wide as the registers, bit 0 of the first one rightmost; bits that were not measured are 0.

    Qiskit's package for IQM fills them in the same way.
    """
    lengths = {bit.register: (bit.name, bit.length) for bit in sorted(bits)}
    width, start = 0, dict[int, int]()
    for register, (_, length) in lengths.items():
        start[register] = width
        width += length
    places = [width - 1 - (start[bit.register] + bit.bit) for bit in bits]
    check_size(len(counts), width)
    check_registers({f"{register} {name}": length for register, (name, length) in lengths.items()})
    turned: Counter[str] = Counter()
    for key, count in counts.items():
        characters = ["0"] * width
        for place, character in zip(places, key, strict=True):
            characters[place] = character
        turned["".join(characters)] += count
    labels = [f"{name}[{bit}]" for name, length in lengths.values() for bit in range(length)][::-1]
    joined = Counts(turned, bit_labels=labels)
    names = dict(lengths.values())
    apart = split(joined, names) if len(names) == len(lengths) else None
    return ResultItem(kind=ResultKind.COUNTS, counts=joined, registers=apart)


def _counts(native: Mapping[str, int], order: BitOrder, labels: list[str] | None = None) -> ResultItem:
    numbers = {key: whole(count) for key, count in native.items()}
    counts = Counts(numbers, order=order, bit_labels=labels).to(BitOrder.MSB_LEFT)
    return ResultItem(kind=ResultKind.COUNTS, counts=counts)


def _reversed(index: int, width: int) -> int:
    """The number whose `width` bits are those of `index` in the other order."""
    return int(f"{index:0{width}b}"[::-1], 2) if width else 0
