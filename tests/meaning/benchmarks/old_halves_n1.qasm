// Quotients of integers are real, and ^ is a power
// expected: {"1": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[1]; creg c[1];
rx(1/2*pi) q[0];
rx(4*pi/2^3) q[0];
measure q -> c;
