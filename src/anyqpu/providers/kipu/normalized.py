"""Results and inputs in the form that Kipu has for all backends. Pure functions of the generated models.

Bit strings have classical bit 0 rightmost, as Qiskit's (source: docstrings of qhub-api 3.3.0, types/normalized_*.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from anyqpu_raw._core import ApiModel
from anyqpu_raw.kipu.models import NormalizedJobInput, NormalizedJobResult, NormalizedMemoryResult, NormalizedPub

from anyqpu.core.reading import OddResponseError, reads
from anyqpu.core.results import forms as result_forms
from anyqpu.core.results.forms import FormError, whole
from anyqpu.core.results.registers import WIDEST, bits, check_size
from anyqpu.core.values import count, finite, or_none, text
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.job import Job
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.providers.kipu.records import SubmittedProgram

_BITS = re.compile(r"[01]*")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FORMATS = {"openqasm.v2": ProgramFormat.OPENQASM2, "openqasm.v3": ProgramFormat.OPENQASM3}
# The only form of keys that there is; the field is there for others to come.
_BIT_STRINGS = {None, "bitstring"}
_RAW = ResultItem(kind=ResultKind.RAW)


async def result(job: Job, raw: NormalizedJobResult, *, body: Any = None, details: dict[str, Any]) -> Result:
    """Return the common result of a normalized one.

    Args:
        job: The job.
        raw: The normalized result.
        body: What `Result.raw` is; None: the normalized result.
        details: Facts of the exchange, from `exchange.details`.

    Raises:
        ResultDecodeError: It has another form than expected.
    """
    pubs: Any = or_none(raw.pubs)
    fields = {"pubs": [_fields(pub) for pub in cast("list[Any]", pubs)] if isinstance(pubs, list) else pubs}

    def read() -> Result:
        items = tuple(_item(pub) for pub in _ordered(fields["pubs"]))
        result_forms.check_totals(items, job.shots)
        own = fields if body is None else body
        return Result(job_id=job.id, provider="kipu", items=items, execution_time=job.execution_time, raw=own)

    subject = f"the normalized result of {job.device_id}"
    return await result_forms.decode("kipu", subject, read, body=fields, shots=job.shots, details=details)


def _fields(pub: Any) -> Any:
    """The fields of an entry, without a copy of its outcomes, of which there may be many."""
    if not isinstance(pub, ApiModel):
        return pub
    fields = dict(pub)
    return {**fields, "type": str(fields["type"])}


def _ordered(pubs: list[Any]) -> list[dict[str, Any]]:
    """The entries in the order of the programs, which their indexes say."""
    entries = [cast("dict[str, Any]", pub) for pub in pubs]
    places = [entry.get("index") for entry in entries]
    if all(count(place) is not None for place in places) and len(set(places)) == len(places):
        return sorted(entries, key=lambda entry: entry["index"])
    return entries


def _item(pub: Mapping[str, Any]) -> ResultItem:
    # The type decides, not the class, which the generated code chooses by the fields that are there.
    match pub["type"]:
        case "counts":
            return _counts(pub)
        case "probabilities":
            return _probabilities(pub)
        case "expectation_values":
            return _expectation(pub)
        case "error":
            fields = cast("dict[str, Any]", pub["error"])
            return ResultItem(kind=ResultKind.RAW, success=False, error=text(fields.get("message")))
        case _:
            # `unmapped`, whose reason stays in the raw result, and types to come.
            return _RAW


def _counts(pub: Mapping[str, Any]) -> ResultItem:
    numbers = {str(key): whole(number) for key, number in pub["counts"].items()}
    if not all(map(_BITS.fullmatch, numbers)):
        return _RAW
    is_bits = pub.get("key_format") in _BIT_STRINGS
    _check_keys(numbers, pub.get("qubits"))
    counts = Counts(numbers, order=BitOrder.MSB_LEFT if is_bits else BitOrder.UNKNOWN)
    return ResultItem(kind=ResultKind.COUNTS, counts=counts)


def _probabilities(pub: Mapping[str, Any]) -> ResultItem:
    shares = {str(key): finite(share) for key, share in pub["probabilities"].items()}
    if pub.get("key_format") not in _BIT_STRINGS or not all(map(_BITS.fullmatch, shares)):
        return _RAW
    _check_keys(shares, pub.get("qubits"))
    numbers = {key: float(share) for key, share in shares.items() if share is not None and share >= 0}
    if len(numbers) < len(shares):
        raise FormError("a probability is not a number from 0 to 1")
    return ResultItem(kind=ResultKind.PROBABILITIES, probabilities=numbers)


def _check_keys(keys: Mapping[str, object], qubits: Any) -> None:
    widths, wanted = {len(key) for key in keys}, count(qubits)
    if len(widths) > 1 or (widths and wanted is not None and widths != {wanted}):
        raise FormError("the outcomes have different numbers of bits")
    check_size(len(keys), max(widths, default=0))


def _expectation(pub: Mapping[str, Any]) -> ResultItem:
    values, deviations = list(pub["values"]), list(pub.get("stds") or ())
    if len(values) != 1:
        # The common result has one value for each program.
        return _RAW
    return ResultItem(
        kind=ResultKind.EXPECTATION,
        expectation=finite(values[0]),
        deviation=finite(deviations[0]) if len(deviations) == 1 else None,
    )


async def memory(job: Job, raw: NormalizedMemoryResult, *, details: dict[str, Any]) -> tuple[str, ...]:
    """Return the outcome of each shot as a bit string, bit 0 rightmost.

    Raises:
        ResultDecodeError: It has another form than expected.
    """
    sent: Any = or_none(raw.memory) or []
    # What is not a list is one outcome that cannot be read.
    shots: list[Any] = list(cast("list[Any]", sent)) if isinstance(sent, list) else [None]
    qubits = count(or_none(raw.qubits))

    def read() -> tuple[str, ...]:
        result_forms.check_shots(len(shots), job.shots)
        if qubits is None or qubits > WIDEST:
            raise FormError("it does not say how many bits an outcome has")
        written: dict[str, str] = {}
        for shot in set(shots):
            if not isinstance(shot, str) or not _HEX.fullmatch(shot) or len(shot) > WIDEST:
                raise FormError("an outcome is not a hexadecimal number")
            number = int(shot, 16)
            if number >> qubits:
                raise FormError(f"the outcome {shot[:40]} has more than {qubits} bits")
            written[shot] = bits(number, qubits)
        check_size(len(written), qubits)
        return tuple(written[shot] for shot in shots)

    subject = f"the shots of {job.device_id}"
    return await result_forms.decode("kipu", subject, read, body=shots, shots=len(shots), details=details)


@reads("kipu")
def programs(raw: NormalizedJobInput) -> tuple[SubmittedProgram, ...]:
    """The programs of a job."""
    format = _FORMATS.get(text(raw.format_) or "")
    if format is None:
        raise OddResponseError("the programs are in an unknown language")
    return tuple(_program(pub, format) for pub in or_none(raw.pubs) or ())


def _program(pub: NormalizedPub, format: ProgramFormat) -> SubmittedProgram:
    source = text(pub.qasm)
    if source is None:
        raise OddResponseError("a program is missing or not a text")
    return SubmittedProgram(
        program=Program(source, format), name=or_none(pub.name), shots=count(or_none(pub.shots)), raw=pub
    )
