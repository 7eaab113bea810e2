// `bulkhead explain`: the page of a rule.
import { rulePage } from '../core/report/page.ts';
import { terminalPage } from '../core/report/terminal-page.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';
import { loadCatalogue } from './product-rules.ts';
import { colorFlag, styleOf } from './reports.ts';
import { rulesNamed } from './rule-names.ts';

export const explainCommand = command(
  {
    name: 'explain',
    operands: 'RULE...',
    summary: 'Tell why a rule exists, what to write instead and how it is repaired',
    notes: 'A RULE is our id (root-user) or that of another tool (DL3002, trivy:DS-0002).',
    flags: colorFlag,
  },
  async ({ flags, operands }, terminal) => {
    if (operands.length === 0) {
      throw new Failure('explain needs a rule: bulkhead explain root-user. bulkhead rules lists them.');
    }
    const catalogue = await loadCatalogue();
    const infos = new Set(operands.flatMap(name => rulesNamed(catalogue, name)));
    const style = styleOf(flags.color, terminal);
    terminal.out([...infos].map(info => terminalPage(rulePage(info), style)).join('\n'));
    return 0;
  },
);
