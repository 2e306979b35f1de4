// Two half adders at once, gates on registers
// expected: {"0110": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg a[2]; qreg b[2]; qreg cy_[2];
creg sum[2]; creg carry[2];
x a; x b[0];
ccx a,b,cy_;
cx a,b;
measure b -> sum;
measure cy_ -> carry;
