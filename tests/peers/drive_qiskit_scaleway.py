"""qiskit-scaleway: Qiskit circuits on Scaleway's platforms, in sessions."""

import uuid

from qiskit import QuantumCircuit, transpile
from qiskit_scaleway import ScalewayProvider
from qiskit_scaleway.primitives import Sampler
from steps import EMULATOR, finish, likely, step

ONE = QuantumCircuit(2, 2)
ONE.x(0)
ONE.measure([0, 1], [0, 1])
BELL = QuantumCircuit(2, 2)
BELL.h(0)
BELL.cx(0, 1)
BELL.measure([0, 1], [0, 1])

provider = ScalewayProvider(project_id=str(uuid.uuid4()), secret_key=str(uuid.uuid4()), url=f"{EMULATOR}/scaleway")
with step("the list of backends"):
    names = {backend.name for backend in provider.backends()}
    assert {"EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ"} <= names, names
for name in ("EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ"):
    with step(f"{name}: a session, X on qubit 0, Bell, two circuits at a time"):
        backend = provider.get_backend(name)
        session = backend.start_session(name="peer", deduplication_id=f"peer-{name}", max_duration="20m")
        again = backend.start_session(name="peer", deduplication_id=f"peer-{name}", max_duration="20m")
        assert session == again
        # The client makes the targets of simulators itself, without a measurement.
        one, bell = (transpile(circuit, backend) if name.startswith("QPU") else circuit for circuit in (ONE, BELL))
        likely(backend.run(one, shots=100, session_id=session).result().get_counts(), 100, "01")
        likely(backend.run(bell, shots=1000, session_id=session).result().get_counts(), 1000, "00", "11")
        # For qsim, the client sends one circuit at a time.
        if "QSIM" not in name:
            first, second = backend.run([one, bell], shots=100, session_id=session, memory=True).result()
            likely(first.get_counts(), 100, "01")
            likely(second.get_counts(), 100, "00", "11")
        backend.stop_session(session)
        backend.delete_session(session)
with step("EMU-AER-16C-128M: memory, and the sampler of Qiskit's primitives"):
    backend = provider.get_backend("EMU-AER-16C-128M")
    session = backend.start_session(name="peer", deduplication_id="peer-primitives", max_duration="20m")
    assert backend.run(ONE, shots=100, session_id=session, memory=True).result().get_memory() == ["01"] * 100
    counts = Sampler(backend=backend, session_id=session).run([ONE], shots=100).result()[0].data.c.get_counts()
    assert counts == {"01": 100}, counts
    backend.stop_session(session)
finish()
