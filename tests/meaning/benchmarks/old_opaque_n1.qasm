// An opaque gate that is never used
// expected: {"1": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
opaque pulse(amplitude,time) a,b;
opaque other a;
qreg q[1]; creg c[1];
x q[0];
measure q -> c;
