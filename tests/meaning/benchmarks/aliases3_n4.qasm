// Aliases, slices, concatenation, negative indices
// expected: {"1011": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] low;
qubit[2] high;
let all_ = low ++ high;
let odd = all_[1:2:3];
bit[4] c;
x odd;
cx all_[-1], all_[0];
c[0:1] = measure low;
c[2:3] = measure high;
