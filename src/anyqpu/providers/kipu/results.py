"""Reading what a Kipu backend gives back, each in its own form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from anyqpu.errors import ResultDecodeError
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem, ResultKind


def decode(job: Job, body: Any) -> Result:
    """The common result; a form that is not known is kept under `raw`, with kind RAW."""
    read = DECODERS.get(job.device_id or "")
    # A program of several circuits gives a list, with one result each.
    bodies = cast("list[Any]", body) if isinstance(body, list) else [body]
    try:
        items = tuple(read(each) for each in bodies) if read else (ResultItem(kind=ResultKind.RAW),)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ResultDecodeError(
            f"the result of {job.device_id} has another form than expected: {error}", provider="kipu", body=body
        ) from error
    return Result(job_id=job.id, provider="kipu", items=items, execution_time=job.execution_time, raw=body)


def failure_messages(body: Any) -> tuple[str, ...]:
    """The messages of a failed job's result, `{"error": {"message", "code", "details"}}` (docstring of qhub-api)."""
    fields: Any = cast("dict[str, Any]", body).get("error") if isinstance(body, dict) else None
    if isinstance(fields, dict):
        message = cast("dict[str, Any]", fields).get("message")
        return (str(message),) if message else ()
    return (fields,) if isinstance(fields, str) else ()


def _qsim(body: Mapping[str, Any]) -> ResultItem:
    """Kipu's qsim in its three modes; qubit 0 comes first there, and in our results last (qhub-quantum turns it)."""
    if "counts" in body:
        return _counts(body["counts"], BitOrder.LSB_LEFT)
    if "statevector" in body:
        amplitudes = [complex(*pair) for pair in body["statevector"]]
        width = (len(amplitudes) - 1).bit_length()
        turned = tuple(amplitudes[_reversed(index, width)] for index in range(len(amplitudes)))
        return ResultItem(kind=ResultKind.STATEVECTOR, statevector=turned)
    chosen = {key[::-1]: complex(*pair) for key, pair in body["amplitudes"].items()}
    return ResultItem(kind=ResultKind.AMPLITUDES, amplitudes=chosen)


def _qudora(body: Mapping[str, Any]) -> ResultItem:
    """Qudora's counts have bit 0 last (qhub-quantum takes them as they are for Qiskit)."""
    return _counts(body["counts"], BitOrder.MSB_LEFT)


def _counts(native: Mapping[str, int], order: BitOrder) -> ResultItem:
    return ResultItem(kind=ResultKind.COUNTS, counts=Counts(native, order=order).to(BitOrder.MSB_LEFT))


def _reversed(index: int, width: int) -> int:
    """The number whose `width` bits are those of `index` in the other order."""
    return int(f"{index:0{width}b}"[::-1], 2) if width else 0


DECODERS: Mapping[str, Callable[[Mapping[str, Any]], ResultItem]] = {
    "kipu.sim.qsim": _qsim,
    "qudora.sim.xg1": _qudora,
}
