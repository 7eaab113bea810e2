// parallel-bootsnap: a cache of Rails compiled in a way that breaks builds for other platforms.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { addWords, replaceWord } from '../../repairs/commands.ts';

/** The word that says how many processes there are: `-j4`, or the one behind `-j`. */
function jobsWord({ args }: ShellCommand): ShellWord | undefined {
  const at = args.findIndex(({ value }) => /^(?:-j|--jobs)/.test(value ?? ''));
  return /\d$/.test(args[at]?.value ?? '') ? args[at] : args[at + 1];
}

const hasJobs = ({ args }: ShellCommand): boolean =>
  args.some(({ value }) => /^(?:-j|--jobs)/.test(value ?? ''));

/** Just one, or none besides the first; or a number that nobody here knows. */
const isSerial = (jobs: ShellWord): boolean => jobs.value === null || /^(?:\D*)[01]$/.test(jobs.value);

export default dockerfileRule({
  id: 'parallel-bootsnap',
  category: 'reliability',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Bootsnap compiles in parallel',
  messages: {
    parallel: {
      text: '`bootsnap precompile` starts a process for each processor, which crashes where another platform is emulated. Add `-j 1`.',
      equivalents: ['tally:ruby/bootsnap-precompile-without-j1'],
    },
  },
  docs: {
    why: 'Builds for several platforms emulate those that the machine does not have, and the emulator does not bear how Bootsnap starts its processes: the build crashes, now and then.',
    remedy: 'Add `-j 1`: the command takes a moment longer. The repair does.',
    references: ['https://github.com/Shopify/bootsnap/issues/495'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The same files are compiled, one after the other.' },
  examples: {
    bad: [
      {
        code: 'FROM ruby:3.4-slim\nRUN bundle install && bundle exec bootsnap «precompile» app/ lib/\nRUN ["bootsnap", «"precompile"», "--gemfile"]\n',
        fixed:
          'FROM ruby:3.4-slim\nRUN bundle install && bundle exec bootsnap precompile -j 1 app/ lib/\nRUN ["bootsnap", "precompile", "-j", "1", "--gemfile"]\n',
      },
    ],
    good: [
      { code: 'FROM ruby:3.4-slim\nRUN bundle exec bootsnap precompile -j 1 --gemfile\n' },
      {
        note: 'Nothing is emulated here.',
        code: 'FROM ruby:3.4-slim\nRUN if [ "$BUILDPLATFORM" = "$TARGETPLATFORM" ]; then bootsnap precompile lib/; fi\nRUN <<EOF\nif [ "$BUILDPLATFORM" = "$TARGETPLATFORM" ]; then bootsnap precompile lib/; fi\nEOF\n',
      },
    ],
  },
  check: ({ report }) => {
    const visit = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN') return;
      const jobs = hasJobs(command) ? jobsWord(command) : undefined;
      if (jobs !== undefined && isSerial(jobs)) return;
      const verb = command.args.find(({ value }) => value === 'precompile');
      const isBootsnap =
        command.name === 'bootsnap' || command.args.some(({ value }) => value === 'bootsnap');
      const { body, script } = instruction;
      const { text } = script.source ?? body;
      if (verb === undefined || !isBootsnap || text.includes('BUILDPLATFORM')) return;
      const edit =
        jobs === undefined
          ? addWords(instruction, command, verb, '-j 1')
          : replaceWord(instruction, command, jobs, (jobs.value ?? '').replace(/\d+$/, '1'));
      report('parallel', { at: verb.span, fixes: [fix('Compile with one process', 'safe', [edit])] });
    };
    return { command: { bootsnap: visit, bundle: visit } };
  },
});
