// AND of four inputs through ancillas
// expected: {"1": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg x0[4]; qreg w[2]; qreg r[1]; creg c[1];
x x0;
ccx x0[0],x0[1],w[0];
ccx x0[2],w[0],w[1];
ccx x0[3],w[1],r[0];
ccx x0[2],w[0],w[1];
ccx x0[0],x0[1],w[0];
measure r -> c;
