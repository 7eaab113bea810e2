// zero-health-setting: which zeros Docker takes for nothing said.
import rule from '../../server/core/rules/dockerfile/zero-health-setting.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const check = (flags: string): string => lines('FROM a', `HEALTHCHECK ${flags}CMD b`);

// biome-ignore format: one row a case
const rows: readonly Row[] = [
  ['all of them', check('«--interval=0s» «--timeout=0m» «--start-interval=0h» «--retries=0» '), 'duration duration duration retries', check('')],
  ['signs and several units', check('«--interval=-0s» «--timeout=0h0.0s» '), 'duration duration', check('')],
  ['without a unit', check('«--interval=0» '), 'duration', check('')],
  ['not zero', check('--interval=0.5s --timeout=10s --retries=10 '), ''],
  ['no value, a variable, no number', check('--interval= --timeout=$T --retries=none '), ''],
  ['a check that is switched off', lines('FROM a', 'HEALTHCHECK NONE'), ''],
  ['behind ONBUILD', lines('FROM a', 'ONBUILD HEALTHCHECK «--retries=0» CMD b'), 'retries', lines('FROM a', 'ONBUILD HEALTHCHECK CMD b')],
];

ruleTable(rule, rows);
