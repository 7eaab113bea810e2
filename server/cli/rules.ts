// `bulkhead rules`: the list of rules.
import { ruleJson, ruleTable } from '../core/report/rule-list.ts';
import { command } from './command.ts';
import { flag } from './flags.ts';
import { loadCatalogue } from './product-rules.ts';
import { colorFlag, styleOf } from './reports.ts';

export const rulesCommand = command(
  {
    name: 'rules',
    operands: '',
    summary: 'List the rules',
    notes: '',
    flags: { format: flag.choice(['text', 'json'], 'The form of the list; default text'), ...colorFlag },
  },
  async ({ flags }, terminal) => {
    const { infos } = await loadCatalogue();
    terminal.out(
      flags.format === 'json' ? ruleJson(infos) : ruleTable(infos, styleOf(flags.color, terminal)),
    );
    return 0;
  },
);
