// Swap test of two-qubit states: one control, two registers
OPENQASM 2.0;
include "qelib1.inc";
qreg a[1]; qreg one[2]; qreg two[2]; creg c[1];
ry(0.7) one[0]; cx one[0],one[1]; ry(1.2) two;
h a[0];
cswap a[0],one,two;
h a[0];
measure a -> c;
