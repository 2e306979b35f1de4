// An ansatz whose angle is an input
// expected: {"00": 0.75, "11": 0.25}
// parameters: {"theta": 1.0471975511965976}
OPENQASM 3.0;
include "stdgates.inc";
input float[64] theta;
qubit[2] q;
bit[2] c;
ry(theta) q[0];
cx q[0], q[1];
c = measure q;
