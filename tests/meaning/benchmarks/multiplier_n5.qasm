// Product of two-bit numbers, lowest bits
// expected: {"11": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg a[2]; qreg b[1]; qreg p[2]; creg c[2];
x a; x b;
ccx a,b[0],p;
measure p -> c;
