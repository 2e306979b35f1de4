// Simon with the secret 110
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; qreg f[3]; creg c[3];
h q;
cx q,f;
cx q[1],f[1];
cx q[1],f[2];
h q;
measure q -> c;
