// A byte order mark before the version
// expected: {"1": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[1]; creg c[1];
x q;
measure q -> c;
