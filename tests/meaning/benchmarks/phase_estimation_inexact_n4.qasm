// Phase estimation of a third
OPENQASM 2.0;
include "qelib1.inc";
qreg ev[3]; qreg e[1]; creg c[3];
x e[0];
h ev;
cp(2*pi/3) ev[0],e[0];
cp(4*pi/3) ev[1],e[0];
cp(8*pi/3) ev[2],e[0];
swap ev[0],ev[2];
h ev[0];
cp(-pi/2) ev[0],ev[1]; h ev[1];
cp(-pi/4) ev[0],ev[2]; cp(-pi/2) ev[1],ev[2]; h ev[2];
measure ev -> c;
