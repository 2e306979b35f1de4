"""cirq-scaleway: Cirq circuits on Scaleway's platforms."""

import uuid

import cirq
from cirq_scaleway import ScalewayQuantumService
from steps import EMULATOR, finish, step

a, b = cirq.LineQubit.range(2)
BELL = cirq.Circuit(cirq.H(a), cirq.CX(a, b), cirq.measure(a, b, key="m"))
ONE = cirq.Circuit(cirq.X(a), cirq.measure(a, b, key="m"))

service = ScalewayQuantumService(project_id=str(uuid.uuid4()), secret_key=str(uuid.uuid4()), url=f"{EMULATOR}/scaleway")
with step("the list of devices"):
    names = [device.name for device in service.devices()]
    assert {"EMU-AER-16C-128M", "EMU-QSIM-16C-128M"} <= set(names), names
# Not QPU-GARNET-20PQ: the client sends gates that it does not run.
for name in ("EMU-AER-16C-128M", "EMU-QSIM-16C-128M"):
    with step(f"{name}: a session, Bell; X on one qubit"):
        with service.device(name=name).create_session(name="peer", max_duration="20m") as session:
            histogram = session.run(BELL, repetitions=1000).histogram(key="m")
            assert set(histogram) == {0, 3}, histogram
            assert sum(histogram.values()) == 1000
            # The client keeps the bits of Qiskit's results in Qiskit's order, where Cirq's order is the other.
            wanted = 2 if name == "EMU-QSIM-16C-128M" else 1
            assert session.run(ONE, repetitions=100).histogram(key="m") == {wanted: 100}
finish()
