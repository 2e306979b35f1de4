// Integers divide to integers, reals to reals
// expected: {"11": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
const int a = 7;
const int b = 2;
qubit[2] q;
bit[2] c;
rx((a/b)*pi) q[0];
rx((a/2.0 - 3)*pi*2) q[1];
c = measure q;
