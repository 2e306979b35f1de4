// Expressions of bits
// control
// expected: {"101": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
bit parity;
x q[0];
c = measure q;
parity = c[0] ^ c[1];
