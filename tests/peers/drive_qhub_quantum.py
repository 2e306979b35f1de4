"""qhub-quantum: Qiskit circuits on Kipu's backends, and IBM's through its runtime service."""

import os

from steps import EMULATOR, finish, likely, step

os.environ["QHUB_QUANTUM_BASE_URL"] = f"{EMULATOR}/kipu/quantum"

from qhub.quantum.sdk import HubQiskitProvider, HubQiskitRuntimeService
from qiskit import QuantumCircuit, transpile
from qiskit_ibm_runtime import SamplerV2

ONE = QuantumCircuit(2, 2)
ONE.x(0)
ONE.measure([0, 1], [0, 1])
BELL = QuantumCircuit(2, 2)
BELL.h(0)
BELL.cx(0, 1)
BELL.measure([0, 1], [0, 1])

provider = HubQiskitProvider(access_token="a-token-of-mine")
with step("the list of backends"):
    assert {"kipu.sim.qsim", "iqm.qpu.garnet"} <= set(provider.backends())
for name in ("kipu.sim.qsim", "azure.ionq.simulator", "qudora.sim.xg1", "aws.sim.sv1", "iqm.qpu.garnet"):
    with step(f"{name}: X on qubit 0, and Bell"):
        backend = provider.get_backend(name)
        job = backend.run(transpile(ONE, backend), shots=100)
        likely(job.result().get_counts(), 100, "01")
        likely(backend.run(transpile(BELL, backend), shots=1000).result().get_counts(), 1000, "00", "11")
        assert backend.retrieve_job(job.id).result().get_counts() == {"01": 100}
for name in ("qudora.sim.xg1", "aws.sim.sv1", "iqm.qpu.garnet"):
    with step(f"{name}: two circuits in one job, in their order"):
        backend = provider.get_backend(name)
        counts = backend.run(transpile([ONE, BELL], backend), shots=1000).result().get_counts()
        likely(counts[0], 1000, "01")
        likely(counts[1], 1000, "00", "11")
with step("ibm.qpu.fez: its configuration makes a target that Qiskit compiles for; the sampler; a session"):
    backend = HubQiskitRuntimeService(access_token="a-token-of-mine").backend("ibm.qpu.fez")
    assert backend.num_qubits == 156
    one, bell = (transpile(circuit, backend, optimization_level=1) for circuit in (ONE, BELL))
    results = SamplerV2(mode=backend).run([one, (bell, None, 1000)], shots=100).result()
    likely(results[0].data.c.get_counts(), 100, "01")
    likely(results[1].data.c.get_counts(), 1000, "00", "11")
finish()
