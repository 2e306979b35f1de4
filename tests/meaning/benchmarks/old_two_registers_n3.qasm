// A Bell pair in two classical registers
// expected: {"100": 0.5, "111": 0.5}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; creg first[1]; creg second[2];
h q[0]; cx q[0],q[2]; x q[1];
measure q[2] -> second[0]; measure q[0] -> first[0]; measure q[1] -> second[1];
