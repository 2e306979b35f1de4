"""Reading what a Kipu backend gives back: which decoder reads it, and what a failed job says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from anyqpu_raw.kipu.models import Job as RawJob

from anyqpu.core.results import forms as result_forms
from anyqpu.core.values import text
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.providers.kipu import decoders, ibm, ionq

LONGEST_MESSAGE = 1000
LONGEST_CODE = 100

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


async def decoded(job: Job, body: Any, *, bits: int | None, details: dict[str, Any]) -> Result:
    """Return what `decode` does, in a worker thread where that may take long.

    `details` are those of the response, from `exchange.details`.

    Raises:
        ResultDecodeError: The body has another form than expected, or is too large for the job.
    """
    return await result_forms.decode(
        "kipu", _name(job), lambda: _read(job, body, bits), body=body, shots=job.shots, details=details
    )


def decode(job: Job, body: Any, *, bits: int | None = None) -> Result:
    """Return the common result; a form that is not known is kept under `raw`, with kind RAW.

    `bits` says how many qubits of IonQ's, which are all measured, are the program's bits; None: all.

    Raises:
        ResultDecodeError: The body has another form than expected, or is too large for the job.
    """
    return result_forms.decode_now("kipu", _name(job), lambda: _read(job, body, bits), body=body)


def _name(job: Job) -> str:
    return f"the result of {job.device_id}"


def _read(job: Job, body: Any, bits: int | None) -> Result:
    read = _decoder_for(job, body, bits)
    # A program of several circuits gives a list, with one result each.
    bodies = cast("list[Any]", body) if isinstance(body, list) else [body]
    items = tuple(item for part in bodies for item in read(part))
    result_forms.check_totals(items, job.shots)
    return Result(job_id=job.id, provider="kipu", items=items, execution_time=job.execution_time, raw=body)


def _decoder_for(job: Job, body: Any, bits: int | None) -> Decoder:
    device = job.device_id or ""
    if ionq.is_ionq(device):
        return lambda part: ionq.items_of(part, _qubits(job), bits)
    if device.startswith("ibm."):
        budget = result_forms.Budget(job.shots, result_forms.size_of(body))
        return lambda part: ibm.items_of(part, job.shots, budget)
    for beginning, decoder in DECODERS.items():
        if device.startswith(beginning):
            return decoder
    return lambda _: [ResultItem(kind=ResultKind.RAW)]


def _qubits(job: Job) -> object:
    """How many qubits an IonQ job has: the cloud adds it to the parameters, as text."""
    params: Any = job.raw.input_params if isinstance(job.raw, RawJob) else None
    return cast("dict[str, Any]", params).get("qubits") if isinstance(params, dict) else None


def failure_of(body: Any) -> tuple[tuple[str, ...], str | None]:
    """The messages and the code of a failed job's result, `{"error": {"message", "code", "details"}}`.

    The code is that of the maker of the machine (source: docstring of qhub-api).
    """
    fields: Any = cast("dict[str, Any]", body).get("error") if isinstance(body, dict) else None
    envelope: dict[str, Any] = cast("dict[str, Any]", fields) if isinstance(fields, dict) else {"message": fields}
    message, code = text(envelope.get("message")), envelope.get("code")
    word = str(code) if isinstance(code, int) and not isinstance(code, bool) else text(code)
    return (message[:LONGEST_MESSAGE],) if message else (), word[:LONGEST_CODE] if word else None


def is_known(job: Job) -> bool:
    """Whether there is a decoder for the results of a job's backend."""
    device = job.device_id or ""
    return ionq.is_ionq(device) or device.startswith(("ibm.", *DECODERS))
