// c4x on superposed controls
OPENQASM 2.0;
include "qelib1.inc";
qreg q[5]; creg c[5];
ry(2.2) q[0]; ry(2.3) q[1]; ry(2.4) q[2]; ry(2.5) q[3];
c4x q[0],q[1],q[2],q[3],q[4];
measure q -> c;
