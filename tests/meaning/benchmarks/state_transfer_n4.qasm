// State transfer by swaps and iswap-like gates of our own
OPENQASM 2.0;
include "qelib1.inc";
gate hop a,b { s a; s b; h a; cx a,b; cx b,a; h b; }
qreg q[4]; creg c[4];
ry(0.9) q[0]; rz(0.3) q[0];
hop q[0],q[1]; hop q[1],q[2]; swap q[2],q[3];
h q[3];
measure q -> c;
