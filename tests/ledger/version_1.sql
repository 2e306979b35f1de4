-- A ledger as the first version of the tables had it: a run with a budget, and an entry in each state.
CREATE TABLE ledger (version BIGINT NOT NULL);
INSERT INTO ledger (version) VALUES (1);
CREATE TABLE account (
    name TEXT PRIMARY KEY, provider TEXT NOT NULL, base_url TEXT NOT NULL, identity TEXT NOT NULL, owner TEXT,
    fence BIGINT NOT NULL, until DOUBLE PRECISION NOT NULL
);
CREATE TABLE program (sha TEXT PRIMARY KEY, format TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE run (name TEXT PRIMARY KEY, currency TEXT, most BIGINT, held BIGINT NOT NULL);
CREATE TABLE entry (
    key TEXT PRIMARY KEY, run TEXT NOT NULL, id TEXT NOT NULL, place BIGINT NOT NULL, account TEXT NOT NULL,
    device TEXT NOT NULL, program TEXT NOT NULL, options TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL,
    tried_at DOUBLE PRECISION, not_before DOUBLE PRECISION, cancel_asked BIGINT NOT NULL, handle TEXT, outcome TEXT,
    body TEXT, price BIGINT, currency TEXT, changed_at DOUBLE PRECISION NOT NULL, UNIQUE (run, id)
);
CREATE INDEX entry_state ON entry (account, state, place) WHERE state <> 'over';
-- The machine was started again since: its clock begins anew.
INSERT INTO account VALUES ('kipu', 'kipu', 'https://api.example', '{"project": "p-1"}', '10 - old:1:a', 7, 1e9);
INSERT INTO program VALUES ('5f2c', 'openqasm2', 'OPENQASM 2.0;');
INSERT INTO run VALUES ('sweep', 'EUR', 2500000000, 2000000000);
INSERT INTO entry VALUES
    ('k-0', 'sweep', '0', 0, 'kipu', 'qsim', '5f2c', '{"shots":10}', 'over', 1, 1.5e9, NULL, 0,
     'anyqpu:kipu:job:1', 'completed', '{"v":1,"job_id":"1","provider":"kipu","items":[]}', 500000000, 'EUR', 1.5e9),
    ('k-1', 'sweep', '1', 1, 'kipu', 'qsim', '5f2c', '{"shots":10}', 'sent', 1, 1.5e9, NULL, 1,
     'anyqpu:kipu:job:2', NULL, NULL, 500000000, 'EUR', 1.5e9),
    ('k-2', 'sweep', '2', 2, 'kipu', 'qsim', '5f2c', '{"shots":10}', 'sending', 2, 1.5e9, NULL, 0,
     NULL, NULL, NULL, 500000000, 'EUR', 1.5e9),
    ('k-3', 'sweep', '3', 3, 'kipu', 'qsim', '5f2c', '{"shots":10}', 'planned', 0, NULL, NULL, 0,
     NULL, NULL, NULL, 500000000, 'EUR', 1.5e9);
