// Walk on a ring of eight places, three steps
OPENQASM 2.0;
include "qelib1.inc";
qreg pos[3]; qreg coin[1]; creg c[3];
gate forward a,b,d,e { c3x e,a,b,d; ccx e,a,b; cx e,a; }
gate back a,b,d,e { x e; x a; x b; c3x e,a,b,d; x b; ccx e,a,b; x a; cx e,a; x e; }
h coin[0]; s coin[0];
h coin[0]; forward pos[0],pos[1],pos[2],coin[0]; back pos[0],pos[1],pos[2],coin[0];
h coin[0]; forward pos[0],pos[1],pos[2],coin[0]; back pos[0],pos[1],pos[2],coin[0];
h coin[0]; forward pos[0],pos[1],pos[2],coin[0]; back pos[0],pos[1],pos[2],coin[0];
measure pos -> c;
