// Swap test of two states
OPENQASM 2.0;
include "qelib1.inc";
qreg a[1]; qreg one[1]; qreg two[1]; creg c[1];
ry(0.7) one; ry(1.9) two; rz(0.4) two;
h a;
cswap a,one,two;
h a;
measure a -> c;
