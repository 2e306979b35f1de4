// Phase estimation of u1(2*pi*3/8)
// expected: {"011": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg ev[3]; qreg e[1]; creg c[3];
x e[0];
h ev;
cu1(2*pi*3/8) ev[0],e[0];
cu1(2*pi*3/8*2) ev[1],e[0];
cu1(2*pi*3/8*4) ev[2],e[0];
swap ev[0],ev[2];
h ev[0];
cu1(-pi/2) ev[0],ev[1]; h ev[1];
cu1(-pi/4) ev[0],ev[2]; cu1(-pi/2) ev[1],ev[2]; h ev[2];
measure ev -> c;
