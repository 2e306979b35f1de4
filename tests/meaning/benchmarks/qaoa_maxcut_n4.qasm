// QAOA for the cut of a ring, two layers
OPENQASM 2.0;
include "qelib1.inc";
qreg q[4]; creg c[4];
h q;
rzz(0.8) q[0],q[1]; rzz(0.8) q[1],q[2]; rzz(0.8) q[2],q[3]; rzz(0.8) q[3],q[0];
rx(1.1) q;
rzz(0.4) q[0],q[1]; rzz(0.4) q[1],q[2]; rzz(0.4) q[2],q[3]; rzz(0.4) q[3],q[0];
rx(0.6) q;
measure q -> c;
