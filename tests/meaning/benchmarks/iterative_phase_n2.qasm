// Iterative phase estimation of u1(2*pi*3/8)
// control
// expected: {"011": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg q[2]; creg c[3];
x q[1];
h q[0]; cu1(3*pi) q[0],q[1]; h q[0]; measure q[0] -> c[0]; reset q[0];
h q[0]; cu1(3*pi/2) q[0],q[1];
if(c==1) u1(-pi/2) q[0];
h q[0]; measure q[0] -> c[1]; reset q[0];
h q[0]; cu1(3*pi/4) q[0],q[1];
if(c==1) u1(-pi/4) q[0];
if(c==2) u1(-pi/2) q[0];
if(c==3) u1(-3*pi/4) q[0];
h q[0]; measure q[0] -> c[2];
