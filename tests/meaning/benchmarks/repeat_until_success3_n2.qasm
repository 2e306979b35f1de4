// Repeat until a measurement gives 0
// control
// expected: {"10": 1.0}
OPENQASM 3.0;
include "stdgates.inc";
qubit q;
qubit anc;
bit flag = "1";
bit out;
x q;
while (flag) {
  reset anc;
  h anc;
  flag = measure anc;
}
out = measure q;
