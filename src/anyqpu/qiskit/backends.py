"""Devices as `BackendV2`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import anyio

from anyqpu.connecting import connect
from anyqpu.core.many_jobs import remembered
from anyqpu.errors import AnyQPUError, ValidationError
from anyqpu.model.job import TRANSPILED
from anyqpu.model.native import NativeProgram
from anyqpu.qiskit.jobs import Job
from anyqpu.qiskit.portals import Portal
from anyqpu_programs.transpiling import circuits as writing
from anyqpu_programs.transpiling.targets import target_of

if TYPE_CHECKING:
    from anyqpu.core.client import Client
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job as CloudJob
    from anyqpu.model.native import NativeForm

_providers: Any = import_module("qiskit.providers")
_BackendV2: Any = _providers.BackendV2

SHOTS = 1024
# Seconds for cancelling jobs when a later one of the same run cannot be submitted.
CANCEL_SECONDS = 10.0


def opened(client: str | Client, device: str | Device, options: Mapping[str, Any]) -> Backend:
    """See `anyqpu.qiskit.backend`."""
    if isinstance(client, str):
        # Overloads name the classes of known providers; any name is accepted.
        client = cast("Client", cast("Any", connect)(client, **options))
    elif options:
        problem = f"{', '.join(options)} cannot be given for a client that was made already"
        raise ValidationError(problem, fields=tuple(options))
    portal = Portal(client)
    try:
        return Backend(portal, client, *portal.call(_described, client, device))
    except BaseException:
        portal.close()
        raise


async def _described(client: Client, device: str | Device) -> tuple[Device, NativeForm]:
    if isinstance(device, str):
        device = await client.device(device)
    return device, await client.native_form(device)


class Backend(_BackendV2):  # type: ignore[misc]  # pyright: ignore[reportUntypedBaseClass]
    """A device as a backend of Qiskit. Its calls block; they raise anyqpu's errors.

    Attributes:
        client: The client in use.
        device: The device.
        form: What programs for it consist of: qubit k of the target is `form.qubits[k]` on the device.
    """

    def __init__(self, portal: Portal, client: Client, device: Device, form: NativeForm) -> None:
        parent: Any = super()
        parent.__init__(name=device.name, description=device.description)
        self.client, self.device, self.form = client, device, form
        self._portal = portal
        # As IBM's own backends are by default: with conditions, and without fractional gates.
        self._target = target_of(form, conditions=form.conditions)
        most = device.shots_max
        if most is not None and self.options.shots > most:
            self.set_options(shots=most)

    @property
    def target(self) -> Any:
        """The `Target`: gates, couplings, and the errors and times of the calibration when the backend was opened."""
        return self._target

    @property
    def max_circuits(self) -> int | None:
        """None: `run` takes any number of circuits, in as many jobs as the device needs."""
        return None

    @classmethod
    def _default_options(cls) -> Any:
        return _providers.Options(shots=SHOTS, memory=False)

    def run(
        self,
        run_input: Any,
        *,
        shots: int | None = None,
        memory: bool | None = None,
        parameter_binds: Sequence[Mapping[Any, Any]] | None = None,
        seed_simulator: int | None = None,
        **options: Any,
    ) -> Job:
        """Submit circuits in the backend's gates, and return their job.

        Args:
            run_input: A circuit or a list of circuits, as `qiskit.transpile(circuit, backend)` returns them.
            shots: How often to run each; None: the option `shots`.
            memory: Whether the result has the outcome of each shot, where the cloud sends it.
            parameter_binds: Values of parameters. As for Aer, a dictionary of lists for each circuit; or dictionaries
                of numbers, each of which applies to all circuits.
            seed_simulator: Ignored.
            options: Further arguments of the client's `submit`, such as `tags` or `session`.

        Raises:
            ValidationError: A gate is not native, or acts on qubits that are not coupled; nothing was submitted.
        """
        listed: list[Any] = [run_input] if _is_circuit(run_input) else list(run_input)
        circuits = _bound(listed, parameter_binds)
        natives = [self._native(circuit) for circuit in circuits]
        count = self.options.shots if shots is None else shots
        most = self.device.max_circuits or len(natives)
        groups = [natives[start : start + most] for start in range(0, len(natives), most)]
        jobs = self._portal.call(self._submitted, groups, count, options)
        headers = [_header(circuit) for circuit in circuits]
        return Job(self, self._portal, jobs, headers, memory=bool(self.options.memory if memory is None else memory))

    def retrieve_job(self, job_id: str) -> Job:
        """Return a job by the `job_id()` of a `run`, which may have been in another process.

        Raises:
            ValidationError: It is not a job of this provider.
            NotFoundError: There is no such job.
        """

        async def resumed() -> list[CloudJob]:
            return [await self.client.resume(handle) for handle in job_id.split()]

        return Job(self, self._portal, self._portal.call(resumed), None, memory=bool(self.options.memory))

    def close(self) -> None:
        """Close the client and end the backend's thread. Jobs keep running."""
        self._portal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _native(self, circuit: Any) -> NativeProgram:
        return writing.native_program(circuit, self.form, layout=writing.layout_of(circuit, self.form))

    async def _submitted(
        self, groups: Sequence[Sequence[NativeProgram]], shots: int, options: Mapping[str, Any]
    ) -> list[CloudJob]:
        jobs: list[CloudJob] = []
        try:
            for natives in groups:
                programs = [native.program for native in natives]
                whole = programs if len(programs) > 1 else programs[0]
                job = await self.client.submit(whole, device=self.device, shots=shots, **options)
                jobs.append(remembered(job, {TRANSPILED: [native.facts for native in natives]}))
        except BaseException as error:
            with anyio.move_on_after(CANCEL_SECONDS, shield=True):
                await _cancelled(jobs, error)
            raise
        return jobs


async def _cancelled(jobs: Sequence[CloudJob], reason: BaseException) -> None:
    """Cancel jobs whose run cannot be completed; a note names those that cannot be cancelled."""
    for job in jobs:
        try:
            await job.cancel()
        except AnyQPUError:
            reason.add_note(f"an earlier job of the same run was submitted: {job.handle}")


def _is_circuit(value: object) -> bool:
    return isinstance(value, import_module("qiskit").QuantumCircuit)


def _bound(circuits: list[Any], binds: Sequence[Mapping[Any, Any]] | None) -> list[Any]:
    if not circuits or not all(map(_is_circuit, circuits)):
        raise ValidationError("run takes a circuit or a list of circuits", fields=("run_input",))
    if not binds:
        return circuits
    if any(isinstance(value, Sequence | import_module("numpy").ndarray) for bind in binds for value in bind.values()):
        if len(binds) != len(circuits):
            problem = f"{len(binds)} parameter_binds of lists for {len(circuits)} circuits"
            raise ValidationError(problem, fields=("parameter_binds",))
        pairs = [
            (circuit, dict(zip(bind, values, strict=True)))
            for circuit, bind in zip(circuits, binds, strict=True)
            for values in (zip(*bind.values(), strict=True) if bind else [()])
        ]
    else:
        pairs = [(circuit, dict(bind)) for bind in binds for circuit in circuits]
    return [circuit.assign_parameters(values) for circuit, values in pairs]


def _header(circuit: Any) -> dict[str, Any]:
    """What a result says of its circuit, beside registers."""
    return {"name": circuit.name, "n_qubits": circuit.num_qubits, "metadata": circuit.metadata or {}}
