// Qubits are reset before anything else
// expected: {"00": 0.5, "11": 0.5}
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
reset q;
h q[0];
cx q[0], q[1];
c = measure q;
