"""pulser-scaleway: Pulser sequences on Scaleway's processor of neutral atoms."""

import time
import uuid

import pulser
from pulser.backend.remote import RemoteResultsError
from pulser_scaleway import ScalewayProvider
from steps import EMULATOR, finish, step

provider = ScalewayProvider(project_id=str(uuid.uuid4()), secret_key=str(uuid.uuid4()), url=f"{EMULATOR}/scaleway")
with step("the devices, read by Pulser"):
    devices = provider.fetch_available_devices()
    assert "rydberg_global" in devices["QPU-FRESNEL-100PQ"].channels
with step("QPU-FRESNEL-100PQ: a sequence of two atoms, 50 runs"):
    device = devices["QPU-FRESNEL-100PQ"]
    layout = next(iter(device.calibrated_register_layouts.values()))
    far = sorted(range(layout.number_of_traps), key=lambda trap: layout.traps_dict[trap][0])
    register = layout.define_register(far[0], far[-1], qubit_ids=["q0", "q1"])
    sequence = pulser.Sequence(register, device)
    sequence.declare_channel("ising", "rydberg_global")
    sequence.add(pulser.Pulse.ConstantPulse(1000, 3.14159265, 0.0, 0.0), "ising")
    sequence.measure("ground-rydberg")
    submitted = provider.submit(sequence, wait=True, job_params=[{"runs": 50}])
    end = time.monotonic() + 30
    while True:
        try:
            (result,) = submitted.results
            break
        except RemoteResultsError:
            assert time.monotonic() < end
            time.sleep(0.5)
    assert result.final_bitstrings == {"11": 50}, result.final_bitstrings
finish()
