"""Sequences, and how often and with which values each runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from anyqpu_raw.pasqal.models import CreateJobRequest

from anyqpu.core.arguments import encodes, shown
from anyqpu.core.checks import check_shots_fit, checked_shots
from anyqpu.core.programs import pulser_variables
from anyqpu.errors import ValidationError
from anyqpu.model.device import Device
from anyqpu.model.program import ProgramSource, load_program
from anyqpu_programs import fit

PROVIDER = "pasqal"


@dataclass(frozen=True, slots=True)
class PasqalJob:
    """One job of a batch.

    Attributes:
        shots: How often to run it ("runs"); may be left out where `backend_configuration` of the batch says it.
        variables: Values of the variables of the batch's sequence, by name; `qubits` maps the atoms of a mappable
            register to traps.
        sequence: A sequence of its own, in place of the batch's; its variables have their values in it.
    """

    shots: int | None = None
    variables: Mapping[str, Any] | None = None
    sequence: ProgramSource | None = None


def checked_jobs(jobs: object) -> list[PasqalJob]:
    """Return the jobs of a batch; raise `ValidationError` for anything else."""
    if isinstance(jobs, str | bytes | Mapping) or not isinstance(jobs, Iterable):
        problem = f"jobs is a list of PasqalJob, not {shown(cast('object', jobs))}"
        raise ValidationError(problem, provider=PROVIDER, fields=("jobs",))
    several = list(cast("Iterable[object]", jobs))
    for place, job in enumerate(several):
        if not isinstance(job, PasqalJob):
            problem = f"job {place} is a PasqalJob, not {type(job).__name__}"
            raise ValidationError(problem, provider=PROVIDER, fields=(f"jobs.{place}",))
    return cast("list[PasqalJob]", several)


def checked_configuration(configuration: object) -> str:
    """Return the configuration of an emulator; raise `ValidationError` for anything but a text."""
    if not isinstance(configuration, str) or not encodes(configuration):
        problem = f"backend_configuration is a text, not {shown(configuration)}"
        hint = "It is what to_abstract_repr() of Pulser's EmulationConfig returns"
        raise ValidationError(problem, provider=PROVIDER, fields=("backend_configuration",), hint=hint)
    return configuration


async def job_requests(
    program: ProgramSource | None, jobs: Sequence[PasqalJob], device: Device, *, configured: bool
) -> tuple[str | None, list[CreateJobRequest]]:
    """Return the sequence of the batch, and its jobs as they are sent.

    Args:
        program: The sequence of the jobs that have none.
        jobs: The jobs.
        device: Where they run.
        configured: Whether the batch has a configuration of an emulator, which may give the number of shots.

    Raises:
        ValidationError: Something is not acceptable; `fields` says of which job.
    """
    shared = None if program is None else await sequence_text(program, device)
    requests: list[CreateJobRequest] = []
    for place, job in enumerate(jobs):
        try:
            requests.append(await _request(shared, job, device, configured))
        except ValidationError as error:
            fields = tuple(f"jobs.{place}.{name}" for name in error.fields)
            raise ValidationError(
                f"job {place}: {error.message}", provider=PROVIDER, fields=fields, hint=error.hint
            ) from error
    return shared, requests


async def sequence_text(program: ProgramSource, device: Device) -> str:
    """Return the text of a sequence; raise `ValidationError` for a program that the device does not take."""
    loaded = await fit(await load_program(program), device.formats, called=device.id, provider=PROVIDER)
    return loaded.text


def fitting_shots(shots: int | None, device: Device, *, configured: bool) -> int | None:
    """Return the number of shots; raise `ValidationError` for one that the device does not take, or none."""
    if shots is None and configured:
        return None
    number = checked_shots(shots, PROVIDER)
    check_shots_fit(number, device, device.id)
    return number


def checked_variables(variables: Mapping[str, Any] | None, sequence: str) -> dict[str, Any] | None:
    """Return values by name, or None; raise `ValidationError` for those that do not fit."""
    if variables is not None and not isinstance(variables, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        problem = f"variables is an object of values by name, not {shown(variables)}"
        raise ValidationError(problem, provider=PROVIDER, fields=("variables",))
    return pulser_variables.checked(variables or {}, sequence, provider=PROVIDER) or None


async def _request(shared: str | None, job: PasqalJob, device: Device, configured: bool) -> CreateJobRequest:
    request = CreateJobRequest(runs=fitting_shots(job.shots, device, configured=configured))
    if job.sequence is not None:
        if job.variables:
            raise ValidationError(
                "a job has a sequence of its own, or variables for that of its batch",
                provider=PROVIDER,
                fields=("sequence", "variables"),
                hint="Build the sequence with its values: sequence.build(...)",
            )
        request.sequence = await sequence_text(job.sequence, device)
    elif shared is None:
        problem = "neither the job nor its batch has a sequence"
        raise ValidationError(problem, provider=PROVIDER, fields=("sequence",))
    elif (values := checked_variables(job.variables, shared)) is not None:
        request.variables = values
    return request
