// Native gates of trapped ions
OPENQASM 3.0;
bit[2] b;
qubit[2] q;
gpi2(0.5) q[0];
gpi(0.2) q[1];
ms(0.1, 0.2, 1.1) q[0], q[1];
gpi2(1.5) q[1];
b[0] = measure q[0];
b[1] = measure q[1];
