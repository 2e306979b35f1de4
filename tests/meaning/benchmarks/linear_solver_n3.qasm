// HHL for a 2 by 2 matrix, no control flow
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; creg c[3];
h q[0]; x q[2]; cx q[0],q[1]; h q[0];
u3(-0.58,0,0) q[2]; cx q[1],q[2]; u3(0.58,0,0) q[2];
h q[0]; cx q[0],q[1]; h q[0];
measure q -> c;
