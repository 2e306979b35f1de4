"""The released clients, their packages and versions, and their drivers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# For the environment that has anyqpu itself.
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Peer:
    """An environment and its driver. `python` is the oldest version that the packages support.

    The emulator is lenient for a driver that is not `strict`.
    """

    name: str
    packages: tuple[str, ...]
    driver: str
    arguments: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 11)
    environment: str | None = None
    """The name of the environment, where that is not the peer's: two peers with the same packages share one."""
    large: bool = False
    strict: bool = True


_ENGINES = (
    f"--editable={ROOT}[cli,emulator,rigetti,qiskit,pulser,perceval,trio]",
    *("qiskit==2.6.2", "pulser-simulation==1.9.1", "perceval-quandela==1.3.1"),
    *("cirq-core==1.7.0", "pennylane==0.45.1", "pytket==2.18.5", "blockbuster==1.5.29"),
    "amazon-braket-default-simulator==1.41.2",
)

PEERS = (
    Peer("scaleway", ("scaleway-async==2.12.0",), "drive_scaleway.py"),
    Peer("pasqal", ("pasqal-cloud==0.24.0", "pulser-core==1.9.1"), "drive_pasqal.py"),
    Peer("kipu", ("qhub-api==3.3.0",), "drive_kipu.py"),
    Peer("rigetti", ("qcs-api-client==0.27.8",), "drive_rigetti.py"),
    Peer("rigetti-0.26", ("qcs-api-client==0.26.5", "rpcq==3.11.0"), "drive_rigetti.py", ("--old",)),
    Peer("qcs-sdk", ("qcs-sdk-python==0.31.1",), "drive_qcs_sdk.py"),
    # It pins an older qcs-sdk-python, which differs on the wire.
    Peer("pyquil", ("pyquil==4.22.0",), "drive_pyquil.py", large=True),
    Peer("perceval", ("perceval-quandela==1.3.1", "qhub-api==3.3.0"), "drive_perceval.py", large=True),
    Peer("qhub-quantum", ("qhub-quantum==1.18.1",), "drive_qhub_quantum.py", large=True),
    Peer("qiskit-scaleway", ("qiskit-scaleway==0.3.13",), "drive_qiskit_scaleway.py", python=(3, 12), large=True),
    Peer("cirq-scaleway", ("cirq-scaleway==0.1.16",), "drive_cirq_scaleway.py", python=(3, 12), large=True),
    Peer("pulser-scaleway", ("pulser-scaleway==0.1.10",), "drive_pulser_scaleway.py", python=(3, 12), large=True),
    Peer(
        "libraries",
        (
            f"{ROOT}[convert]",
            *("qiskit==2.6.2", "cirq-core==1.7.0", "pulser-core==1.9.1"),
            *("perceval-quandela==1.3.1", "amazon-braket-sdk==1.127.5"),
        ),
        "drive_libraries.py",
        large=True,
        # It is about conversions, not about the native form of a device.
        strict=False,
    ),
    Peer("engines", _ENGINES, "drive_engines.py", large=True),
    Peer("native", _ENGINES, "drive_native.py", environment="engines", large=True),
)
