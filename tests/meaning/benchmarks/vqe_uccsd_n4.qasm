// One term of a coupled-cluster ansatz
OPENQASM 2.0;
include "qelib1.inc";
qreg q[4]; creg c[4];
x q[0]; x q[1];
h q[0]; h q[1]; h q[2]; rx(pi/2) q[3];
cx q[0],q[1]; cx q[1],q[2]; cx q[2],q[3];
rz(-0.5*0.7853) q[3];
cx q[2],q[3]; cx q[1],q[2]; cx q[0],q[1];
h q[0]; h q[1]; h q[2]; rx(-pi/2) q[3];
measure q -> c;
