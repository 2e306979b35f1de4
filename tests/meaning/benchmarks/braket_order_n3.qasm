// Bits in another order than qubits
OPENQASM 3.0;
bit[2] b;
qubit[3] q;
v q[0];
cphaseshift(0.7) q[0], q[1];
x q[2];
vi q[0];
cnot q[2], q[1];
b[0] = measure q[1];
b[1] = measure q[0];
