"""Devices as backends of Qiskit (extra `qiskit`).

    from anyqpu.qiskit import backend

    with backend("kipu", "ibm.qpu.fez") as fez:
        job = fez.run(qiskit.transpile(circuit, fez), shots=1000)
        print(job.result().get_counts())

Qiskit's interface is synchronous: its calls block until the cloud has responded. In async code, use
`await client.submit(circuit, device=..., transpile=True)` instead. Importing this package does not import Qiskit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anyqpu_programs.transpiling.apart import check_installed

if TYPE_CHECKING:
    from anyqpu.core.client import Client
    from anyqpu.model.device import Device
    from anyqpu.qiskit.backends import Backend
    from anyqpu.qiskit.samplers import Sampler

__all__ = ["backend", "sampler"]


def backend(client: str | Client, device: str | Device, **options: Any) -> Backend:
    """Return a device as a `BackendV2`, with a `target` of its gates, couplings and calibration.

    Close it, or use it in a `with` block: it has a client and a thread of its own.

    Args:
        client: The provider's name, or a client that is not in use elsewhere; the backend closes it.
        device: The device, or its identifier.
        options: Those of `anyqpu.connect`, where `client` is a name.

    Raises:
        ConfigError: Qiskit is not installed.
        ClientStateError: An event loop is running in this thread.
        NotFoundError: There is no such device.
        UnsupportedOperationError: Its gates or couplings are not known.
    """
    check_installed()
    from anyqpu.qiskit.backends import opened

    return opened(client, device, options)


def sampler(
    client: str | Client | Backend, device: str | Device | None = None, *, shots: int = 1024, **options: Any
) -> Sampler:
    """Return a device as a `BaseSamplerV2`. Its circuits are in the device's gates, as `qiskit.transpile` returns them.

    Args:
        client: A backend, or what `backend` takes; the sampler closes a backend that it opened.
        device: The device, where `client` is not a backend.
        shots: The default number of shots.
        options: As for `backend`.
    """
    check_installed()
    from anyqpu.qiskit.samplers import opened

    return opened(client, device, shots, options)
