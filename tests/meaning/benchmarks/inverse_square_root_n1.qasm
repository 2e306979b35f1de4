// An angle by every function
OPENQASM 2.0;
include "qelib1.inc";
qreg q[1]; creg c[1];
ry(sqrt(2)/2+sin(pi/6)-cos(pi/3)+tan(pi/4)*ln(2)/exp(1)^2) q[0];
measure q -> c;
