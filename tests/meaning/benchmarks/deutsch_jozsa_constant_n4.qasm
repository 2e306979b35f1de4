// Deutsch-Jozsa with a constant oracle
// expected: {"000": 1.0}
OPENQASM 2.0;
include "qelib1.inc";
qreg in_[3]; qreg y0[1]; creg c[3];
x y0; h in_; h y0; x y0;
h in_;
measure in_ -> c;
