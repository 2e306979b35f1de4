// Adder in the Fourier basis: 1 + 2 modulo 4
// expected: {"11": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg a[2]; qreg b[2]; creg c[2];
x a[0]; x b[1];
h b[1]; cu1(pi/2) b[0],b[1]; h b[0];
cu1(pi) a[1],b[1]; cu1(pi/2) a[0],b[1]; cu1(pi) a[0],b[0];
h b[0]; cu1(-pi/2) b[0],b[1]; h b[1];
measure b -> c;
