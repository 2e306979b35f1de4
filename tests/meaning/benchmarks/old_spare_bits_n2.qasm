// More bits than measurements
// expected: {"00100": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[2]; creg c[4]; creg spare[1];
x q[1];
measure q[1] -> c[2]; measure q[0] -> c[0];
