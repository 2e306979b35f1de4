"""Reading what a Kipu backend gives back: which decoder reads it, and what a failed job says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from anyqpu_raw.kipu.models import Job as RawJob

from anyqpu.errors import ResultDecodeError
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.providers.kipu import decoders, ibm, ionq

Decoder = Callable[[Mapping[str, Any]], list[ResultItem]]

# By the beginning of the backend's id, which names the maker. The first that fits.
DECODERS: Mapping[str, Decoder] = {
    "kipu.sim.qsim": decoders.qsim,
    "qudora.": decoders.qudora,
    "aws.quera.": decoders.ahs,
    "quandela.": decoders.quandela,
    "aws.": decoders.braket,
    "iqm.": decoders.iqm,
}


def decode(job: Job, body: Any, *, bits: int | None = None) -> Result:
    """The common result; a form that is not known is kept under `raw`, with kind RAW.

    `bits` says how many qubits of IonQ's, which are all measured, are the program's bits; None: all.
    """
    read = _decoder_for(job, bits)
    # A program of several circuits gives a list, with one result each.
    bodies = cast("list[Any]", body) if isinstance(body, list) else [body]
    try:
        items = tuple(item for each in bodies for item in read(each))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError) as error:
        raise ResultDecodeError(
            f"the result of {job.device_id} has another form than expected: {error}", provider="kipu", body=body
        ) from error
    return Result(job_id=job.id, provider="kipu", items=items, execution_time=job.execution_time, raw=body)


def _decoder_for(job: Job, bits: int | None) -> Decoder:
    device = job.device_id or ""
    if ionq.is_ionq(device):
        return lambda body: ionq.items_of(body, _qubits(job), bits)
    if device.startswith("ibm."):
        return lambda body: ibm.items_of(body, job.shots)
    for beginning, decoder in DECODERS.items():
        if device.startswith(beginning):
            return decoder
    return lambda body: [ResultItem(kind=ResultKind.RAW)]


def _qubits(job: Job) -> object:
    """How many qubits an IonQ job has: the cloud adds it to the parameters, as text."""
    params: Any = job.raw.input_params if isinstance(job.raw, RawJob) else None
    return cast("dict[str, Any]", params).get("qubits") if isinstance(params, dict) else None


def failure_messages(body: Any) -> tuple[str, ...]:
    """The messages of a failed job's result, `{"error": {"message", "code", "details"}}` (docstring of qhub-api)."""
    fields: Any = cast("dict[str, Any]", body).get("error") if isinstance(body, dict) else None
    if isinstance(fields, dict):
        message = cast("dict[str, Any]", fields).get("message")
        return (str(message),) if message else ()
    return (fields,) if isinstance(fields, str) else ()
