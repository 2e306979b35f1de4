// Cat state with an angle by ln and exp
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; creg c[3];
ry(pi*ln(exp(1))/2) q[0];
cx q[0],q[1];
cx q[0],q[2];
measure q -> c;
