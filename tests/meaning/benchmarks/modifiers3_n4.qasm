// Modifiers on gates of our own
OPENQASM 3.0;
include "stdgates.inc";
gate turn(angle_) a { ry(angle_) a; s a; }
qubit[3] k;
qubit last;
bit[4] c;
h k;
ctrl(3) @ x k[0], k[1], k[2], last;
negctrl @ ctrl @ turn(0.8) k[0], k[1], last;
inv @ pow(2) @ turn(0.3) last;
c[0] = measure last; c[1] = measure k[0]; c[2] = measure k[1]; c[3] = measure k[2];
