// W state with controlled rotations
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3];
creg c[3];
gate block(theta) a,b { cry(theta) a,b; cx b,a; }
x q[0];
block(1.9106332362490186) q[0],q[1];
block(pi/2) q[1],q[2];
measure q -> c;
