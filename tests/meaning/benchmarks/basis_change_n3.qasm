// Change of basis by many u3
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; creg c[3];
u3(0.1,0.2,0.3) q[0]; u3(1.4,-0.2,2.3) q[1]; u3(2.7,1.2,-0.8) q[2];
cx q[0],q[1]; u3(0.4,0.5,0.6) q[1]; cx q[1],q[2]; u3(-0.7,0.8,-0.9) q[2]; cx q[2],q[0];
u3(1,2,3) q;
measure q -> c;
