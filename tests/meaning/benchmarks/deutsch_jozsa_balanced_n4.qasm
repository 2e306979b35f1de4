// Deutsch-Jozsa with a balanced oracle
// expected: {"111": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg x0[3]; qreg y0[1]; creg c[3];
x y0; h x0; h y0;
x x0[0]; x x0[2];
cx x0[0],y0[0]; cx x0[1],y0[0]; cx x0[2],y0[0];
x x0[0]; x x0[2];
h x0;
measure x0 -> c;
