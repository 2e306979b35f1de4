// Bernstein-Vazirani with the secret 1111
// expected: {"1111": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[4];
qreg anc[1];
creg c[4];
x anc[0];
h anc;
h q;
barrier q,anc;
cx q[0],anc[0];
cx q[1],anc[0];
cx q[2],anc[0];
cx q[3],anc[0];
barrier q;
h q;
measure q -> c;
