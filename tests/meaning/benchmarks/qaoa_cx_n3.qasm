// QAOA with cx and u1, as older files write it
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3]; creg c[3];
u2(0,pi) q[0]; u2(0,pi) q[1]; u2(0,pi) q[2];
cx q[0],q[1]; u1(-1.3) q[1]; cx q[0],q[1];
cx q[1],q[2]; u1(-1.3) q[2]; cx q[1],q[2];
u3(0.9,-pi/2,pi/2) q[0]; u3(0.9,-pi/2,pi/2) q[1]; u3(0.9,-pi/2,pi/2) q[2];
measure q[0] -> c[0]; measure q[1] -> c[1]; measure q[2] -> c[2];
