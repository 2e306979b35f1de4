// Bernstein-Vazirani with the secret 10110; the ancilla is not measured
// expected: {"10110": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[5];
qreg anc[1];
creg c[5];
x anc[0];
h anc;
h q;
barrier q,anc;
cx q[1],anc[0];
cx q[2],anc[0];
cx q[4],anc[0];
barrier q;
h q;
measure q -> c;
