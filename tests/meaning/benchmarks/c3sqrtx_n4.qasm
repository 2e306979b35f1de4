// c3sqrtx twice is c3x
OPENQASM 2.0;
include "qelib1.inc";
qreg q[4]; creg c[4];
ry(1.9) q[0]; ry(2.3) q[1]; ry(1.4) q[2];
c3sqrtx q[0],q[1],q[2],q[3];
c3sqrtx q[0],q[1],q[2],q[3];
measure q -> c;
