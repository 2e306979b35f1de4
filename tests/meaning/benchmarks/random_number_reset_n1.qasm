// Three random bits from one qubit
// control
OPENQASM 2.0;
include "qelib1.inc";
qreg q[1]; creg c[3];
h q[0]; measure q[0] -> c[0]; reset q[0];
h q[0]; measure q[0] -> c[1]; reset q[0];
ry(1) q[0]; measure q[0] -> c[2];
