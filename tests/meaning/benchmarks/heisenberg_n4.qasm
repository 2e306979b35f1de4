// Heisenberg chain with rxx and rzz, ryy by basis change
OPENQASM 2.0;
include "qelib1.inc";
gate ryy2(t) a,b { rx(pi/2) a; rx(pi/2) b; rzz(t) a,b; rx(-pi/2) a; rx(-pi/2) b; }
qreg q[4]; creg c[4];
x q[0]; x q[2];
rxx(0.4) q[0],q[1]; ryy2(0.4) q[0],q[1]; rzz(0.4) q[0],q[1];
rxx(0.4) q[2],q[3]; ryy2(0.4) q[2],q[3]; rzz(0.4) q[2],q[3];
rxx(0.4) q[1],q[2]; ryy2(0.4) q[1],q[2]; rzz(0.4) q[1],q[2];
measure q -> c;
