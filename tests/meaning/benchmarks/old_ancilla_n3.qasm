// An ancilla that is not measured takes part
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; creg c[2];
h q[2]; cx q[2],q[0]; x q[1]; h q[2];
measure q[0] -> c[0]; measure q[1] -> c[1];
