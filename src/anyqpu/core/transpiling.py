"""`submit(transpile=...)`: the programs of a submission in the native form of its device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import anyio.to_thread

from anyqpu._lazy import LazyModule
from anyqpu.core.checks import naming
from anyqpu.core.many_jobs import remembered
from anyqpu.core.programs import inputs
from anyqpu.errors import ValidationError
from anyqpu.model.job import TRANSPILED
from anyqpu.model.native import NativeProgram, TranspileOptions

if TYPE_CHECKING:
    from datetime import datetime

    from anyqpu.core.adapter import Adapter, Prepared, Submission
    from anyqpu.model import program as loading
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job
    from anyqpu.model.program import ProgramSource
    from anyqpu_programs import transpiling
    from anyqpu_programs.transpiling import apart
else:
    loading = LazyModule("anyqpu.model.program")
    transpiling = LazyModule("anyqpu_programs.transpiling")
    apart = LazyModule("anyqpu_programs.transpiling.apart")


def checked_options(transpile: object) -> TranspileOptions:
    """Return how to transpile; raises `ValidationError` for what is neither True, a level, nor options."""
    if isinstance(transpile, TranspileOptions):
        return transpile
    return TranspileOptions() if transpile is True else TranspileOptions(level=cast("int", transpile))


async def native_programs(
    source: ProgramSource | Sequence[ProgramSource],
    device: str | Device,
    adapter: Adapter[Any],
    transpile: object,
    parameters: Mapping[str, object] | None,
) -> list[NativeProgram]:
    """Return programs in the native form of a device."""
    provider, options = adapter.context.provider, checked_options(transpile)
    sources = await _sources(source, parameters, provider)
    # It looks into folders.
    await anyio.to_thread.run_sync(apart.check_installed)
    form = await adapter.native_form(await adapter.target(device))
    return await transpiling.transpiled(sources, form, options, provider=provider)


async def prepared(adapter: Adapter[Any], submission: Submission) -> Prepared:
    """Return what sends a submission with native programs; its job has what decoding the result needs of them."""
    if submission.program is None:
        raise ValidationError("there is no program to transpile", fields=("program", "transpile"))
    natives = await native_programs(
        submission.program, submission.device, adapter, submission.transpile, submission.parameters
    )
    programs = [native.program for native in natives]
    whole = programs if isinstance(submission.program, list | tuple) else programs[0]
    ready = await adapter.prepare(replace(submission, program=whole, parameters=None, transpile=False))
    facts = {TRANSPILED: [native.facts for native in natives]}
    find = ready.find

    async def send() -> Job:
        return remembered(await ready.send(), facts)

    async def find_job(key: str, since: datetime) -> Job | None:
        job = None if find is None else await find(key, since)
        return None if job is None else remembered(job, facts)

    return replace(ready, send=send, find=None if find is None else find_job)


async def _sources(
    source: ProgramSource | Sequence[ProgramSource], parameters: Mapping[str, object] | None, provider: str
) -> list[apart.Source]:
    listed = list(cast("Sequence[ProgramSource]", source)) if isinstance(source, list | tuple) else [source]
    if not listed:
        raise ValidationError("the list of programs is empty", provider=provider, fields=("program",))
    sources: list[apart.Source] = []
    for place, item in enumerate(listed):
        with inputs.naming(place, len(listed)), naming(provider):
            sources.append(await _source(item, parameters, provider))
    return sources


async def _source(item: ProgramSource, parameters: Mapping[str, object] | None, provider: str) -> apart.Source:
    if apart.is_circuit(item):
        # Its own form has more than OpenQASM: names of registers, and gates without a text.
        values = {name: _number(name, value) for name, value in inputs.checked_parameters(parameters, provider).items()}
        return apart.Source(await anyio.to_thread.run_sync(apart.dumped, item), values)
    program = await loading.load_program(item)
    if program.format is loading.ProgramFormat.QPY:
        values = {name: _number(name, value) for name, value in inputs.checked_parameters(parameters, provider).items()}
        return apart.Source(program, values)
    [ready] = await inputs.bound([program], parameters, provider=provider)
    return apart.Source(ready, {})


def _number(name: str, value: object) -> float:
    try:
        return float(cast("float", value))
    except (TypeError, ValueError):
        raise ValidationError(f"the value of {name} is not a number", fields=("parameters",)) from None
