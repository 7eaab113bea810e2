// `bulkhead parse`: what the engine reads in a Dockerfile, for contributors and for comparison with BuildKit.
import { buildkitView } from '../core/model/dockerfile/buildkit-view.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import { command } from './command.ts';
import { flag } from './flags.ts';
import { readInputs } from './inputs.ts';
import { tell } from './terminal.ts';

export const parseCommand = command(
  {
    name: 'parse',
    operands: '[PATH...]',
    summary: 'Print the instructions of Dockerfiles as they are read',
    notes: 'Compose files are passed over.',
    flags: {
      format: flag.choice(['json'], 'The form of the output; default json'),
      'stdin-filename': flag.value('PATH', 'What standard input (-) is taken for; default Dockerfile'),
    },
  },
  async ({ flags, operands }, terminal) => {
    const { inputs, problems } = await readInputs(operands, flags['stdin-filename'], terminal);
    for (const problem of problems) tell(terminal, problem);
    const files = inputs
      .filter(({ language }) => language === 'dockerfile')
      .map(({ path, text }) => ({ path, ...buildkitView(parseDockerfile(text)) }));
    terminal.out(`${JSON.stringify({ version: 1, files })}\n`);
    return problems.length > 0 ? 2 : 0;
  },
);
