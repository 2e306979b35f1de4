// Search for an assignment of two clauses, with ancillas
OPENQASM 2.0;
include "qelib1.inc";
qreg v[3]; qreg w[2]; creg c[3];
h v;
x v[0]; x v[1];
ccx v[0],v[1],w[0]; x w[0];
x v[0]; x v[1];
x v[2];
ccx v[1],v[2],w[1]; x w[1];
cz w[0],w[1];
x w[1]; ccx v[1],v[2],w[1];
x v[2];
x v[0]; x v[1];
x w[0]; ccx v[0],v[1],w[0];
x v[0]; x v[1];
h v; x v; h v[2]; ccx v[0],v[1],v[2]; h v[2]; x v; h v;
measure v -> c;
