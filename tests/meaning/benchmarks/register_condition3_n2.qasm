// A condition on a register of one bit
// control
// expected: {"11": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[1] c;
bit[1] d;
x q[0];
c[0] = measure q[0];
if (c == 1) { x q[1]; }
d[0] = measure q[1];
