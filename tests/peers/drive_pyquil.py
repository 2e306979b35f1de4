"""pyQuil over gRPC, where no compiler is needed."""

import math

from qcs_files import BELL, GATES, SWEEP, configure, expired_token, replace_token, token
from steps import finish, refused, step

configure()

import numpy as np  # noqa: E402
from pyquil import Program, get_qc, list_quantum_computers  # noqa: E402
from pyquil.quantum_processor import QCSQuantumProcessor  # noqa: E402

ANKAA = "Ankaa-3"


def is_bell(rows: np.ndarray, shots: int) -> bool:
    """Whether both qubits agree in each shot, and half of the shots are 1, within five standard deviations."""
    deviation = abs(int(rows[:, 0].sum()) - shots / 2)
    return rows.shape == (shots, 2) and bool((rows[:, 0] == rows[:, 1]).all()) and deviation < 2.5 * math.sqrt(shots)


with step("quantum computers: all processors"):
    assert set(list_quantum_computers(qvms=False)) == {"Aspen-9", "Aspen-M-3", ANKAA}
with step("get_qc: the processor and its topology"):
    qc = get_qc(ANKAA)
    assert len(qc.qubits()) == 82
    topology = qc.qubit_topology()
    assert set(topology[0]) == {1, 7}
    assert set(topology[8]) == {1, 7, 9, 15}
with step("what a compiler needs: the ISA of each processor in its form, with fidelities"):
    for name in ("Aspen-9", "Aspen-M-3", ANKAA):
        processor = QCSQuantumProcessor(name, get_qc(name).quantum_processor._isa)
        compiler_isa = processor.to_compiler_isa()
        gates = compiler_isa.qubits["0"].gates
        assert {gate.operator for gate in gates} >= {"RX", "RZ", "MEASURE"}
        assert all(0.5 < gate.fidelity <= 1 for gate in gates if gate.operator == "RX" and gate.duration)
    assert {gate.operator for gate in compiler_isa.edges["0-1"].gates} == {"ISWAP", "CZ"}
with step("compile without quilc, and run: a Bell pair of ISWAP"):
    program = Program(BELL).wrap_in_numshots_loop(1000)
    executable = qc.compile(program, to_native_gates=False, optimize=False)
    result = qc.run(executable)
    assert is_bell(result.get_register_map()["ro"], 1000)
    assert result.data.result_data.to_register_map() is not None
with step("PRAGMA, RESET and HALT beside gates"):
    text = f'PRAGMA INITIAL_REWIRING "NAIVE"\nDECLARE ro BIT[2]\nRESET\n{GATES}MEASURE 0 ro[0]\nMEASURE 1 ro[1]\nHALT\n'
    executable = qc.compiler.native_quil_to_executable(Program(text).wrap_in_numshots_loop(500))
    assert is_bell(qc.run(executable).get_register_map()["ro"], 500)
with step("memory maps: one at a time, and a batch in one request"):
    swept = qc.compiler.native_quil_to_executable(Program(SWEEP).wrap_in_numshots_loop(400))
    assert qc.run(swept, {"theta": [math.pi]}).get_register_map()["ro"].sum() == 400
    angles = [0.0, math.pi / 2, math.pi]
    results = qc.run_with_memory_map_batch(swept, [{"theta": [angle]} for angle in angles])
    none, half, full = (int(result.get_register_map()["ro"].sum()) for result in results)
    assert (none, full) == (0, 400)
    assert abs(half - 200) < 50
with step("execute a batch, cancel one, and read another's result"):
    handles = qc.qam.execute_with_memory_map_batch(swept, [{"theta": [math.pi]}] * 8)
    qc.qam.cancel(handles[-1])
    assert qc.qam.get_result(handles[0]).get_register_map()["ro"].sum() == 400
    with refused("USER_CANCELLATION"):
        qc.qam.get_result(handles[-1])
with step("what does not translate, and memory of a wrong length, are errors with the reason"):
    with refused("line 1", "H on 0"):
        qc.compile(Program("H 0").wrap_in_numshots_loop(10), to_native_gates=False, optimize=False)
    with refused("theta"):
        qc.run(swept, {"theta": [1.0, 2.0]})
with step("the calibration program in Quil-T"):
    calibrations = qc.compiler.get_calibration_program()
    assert len(calibrations.frames) == 2 * 82
    assert calibrations.calibrations
with step("an expired token is renewed before a call over gRPC, and written to the file"):
    replace_token(expired_token())
    executable = get_qc(ANKAA).compile(program, to_native_gates=False, optimize=False)
    assert is_bell(get_qc(ANKAA).run(executable).get_register_map()["ro"], 1000)
    assert token() != expired_token()
finish(at_once=True)
