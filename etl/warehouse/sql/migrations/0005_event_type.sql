-- also recorded as: 7ae9086fd1dbea16aeaa793af7b7bbb053b658274700aeb64c8b968b5ae07556
-- Codes and scores. PLOVER: manual and intensity figures (openeventdata, CC BY-SA 4.0; type names only).
-- CAMEO 1.1b3 with Goldstein's scale. Null where the scheme gives no figure.
CREATE TABLE core.event_type (
    code_system VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    mode VARCHAR,
    name VARCHAR NOT NULL,
    goldstein DOUBLE,
    plover_score DOUBLE,
    quad_code INTEGER NOT NULL
);

INSERT INTO core.event_type (code_system, code, mode, name, goldstein, plover_score, quad_code) VALUES
    ('PLOVER', 'CONSULT', NULL, 'Meet, consult or talk', NULL, 2.5, 1),
    ('PLOVER', 'CONSULT', 'visit', 'Visit, or host a visit', NULL, 4.0, 1),
    ('PLOVER', 'CONSULT', 'third-party', 'Meet where a third party hosts', NULL, 1.0, 1),
    ('PLOVER', 'CONSULT', 'multilateral', 'Meet in an alliance, IGO or summit', NULL, 4.0, 1),
    ('PLOVER', 'CONSULT', 'phone', 'Consult by phone or another remote medium', NULL, 1.5, 1),
    ('PLOVER', 'AGREE', NULL, 'Agree or intend to meet', NULL, 2.5, 1),
    ('PLOVER', 'REQUEST', NULL, 'Request', NULL, 0.0, 3),
    ('PLOVER', 'REQUEST', 'meet', 'Request a meeting', NULL, NULL, 3),
    ('PLOVER', 'REJECT', NULL, 'Reject', NULL, -2.0, 3),
    ('PLOVER', 'REJECT', 'meet', 'Reject a meeting', NULL, NULL, 3),
    ('PLOVER', 'SANCTION', NULL, 'Reduce or break off relations', NULL, NULL, 4),
    ('PLOVER', 'SANCTION', 'withdraw', 'Withdraw from or call off talks', NULL, NULL, 4),
    ('CAMEO', '036', NULL, 'Express intent to meet or negotiate', 4.0, NULL, 1),
    ('CAMEO', '040', NULL, 'Consult, not specified below', 1.0, NULL, 1),
    ('CAMEO', '041', NULL, 'Discuss by telephone', 1.0, NULL, 1),
    ('CAMEO', '042', NULL, 'Make a visit', 1.9, NULL, 1),
    ('CAMEO', '043', NULL, 'Host a visit', 2.8, NULL, 1),
    ('CAMEO', '044', NULL, 'Meet at a third location', 2.5, NULL, 1),
    ('CAMEO', '045', NULL, 'Mediate', 5.0, NULL, 1),
    ('CAMEO', '046', NULL, 'Engage in negotiation', 7.0, NULL, 1),
    ('CAMEO', '106', NULL, 'Demand meeting, negotiation', -5.0, NULL, 3),
    ('CAMEO', '125', NULL, 'Reject proposal to meet, discuss or negotiate', -5.0, NULL, 3),
    ('CAMEO', '164', NULL, 'Halt negotiations', -6.5, NULL, 4);
