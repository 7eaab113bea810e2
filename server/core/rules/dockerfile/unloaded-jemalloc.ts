// unloaded-jemalloc: a library for memory that is installed for Ruby, and that nothing loads.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { onPackageWork } from '../../insight/package-work.ts';
import { startedPrograms } from '../../insight/process.ts';
import { isForDevelopment } from '../../insight/purpose.ts';
import { builtFrom } from '../../insight/run-effects.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { Instruction, Stage } from '../../model/dockerfile/model.ts';
import { insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';

const rubyPrograms = /^(?:ruby|rails|bundle|puma|unicorn|passenger|sidekiq|thrust|falcon|rackup|thin)$/;

/** A stage that runs Ruby, by its base, its variables or what it starts. */
const runsRuby = (stage: Stage): boolean =>
  (stage.root.kind === 'image' && /ruby|rails/.test(stage.root.reference.name)) ||
  ['RAILS_ENV', 'RACK_ENV', 'BUNDLE_PATH', 'GEM_HOME', 'RUBY_VERSION'].some(name =>
    stage.final.variable(name),
  ) ||
  startedPrograms(inspectStage(stage)).some(name => rubyPrograms.test(name));

/** Something besides the install speaks of it: a variable, a link, a start script, a Ruby that is built with it. */
const mentions = (
  instruction: Instruction,
  command: { readonly start: number; readonly end: number },
  text: string,
) =>
  [...text.slice(instruction.span.start, instruction.span.end).matchAll(/jemalloc|MALLOC_CONF/gi)].some(
    ({ index }) => {
      const at = instruction.span.start + index;
      return at < command.start || at >= command.end;
    },
  );

const isJemalloc = (name: string): boolean =>
  /^(?:libjemalloc\d|(?:lib)?jemalloc(?:-dev|-devel)?)(?:[=<>~:-].*)?$/.test(name);

export default dockerfileRule({
  id: 'unloaded-jemalloc',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'jemalloc is installed and not loaded',
  messages: {
    unloaded: {
      text: '`{package}` is installed, and nothing loads it: Ruby keeps the allocator it has, and its memory grows as before. Set `LD_PRELOAD`.',
      equivalents: ['tally:ruby/jemalloc-installed-but-not-preloaded'],
    },
  },
  docs: {
    why: 'A server in Ruby keeps its memory smaller with jemalloc. Being installed does nothing, though: it has to be loaded before anything else.',
    remedy:
      'Set `LD_PRELOAD=libjemalloc.so.2`; the loader finds the library by its name. The repair does for packages of Debian and Ubuntu.',
    limits: 'Whatever else in the file speaks of jemalloc is taken for what loads it.',
    references: ['https://jemalloc.net/', 'https://man7.org/linux/man-pages/man8/ld.so.8.html'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Every process of the container takes another allocator. What other packages call their library is not known.',
  },
  examples: {
    bad: [
      {
        code: 'FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y --no-install-recommends «libjemalloc2» && rm -rf /var/lib/apt/lists/*\nCMD ["bin/rails", "server"]\n',
        fixed:
          'FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y --no-install-recommends libjemalloc2 && rm -rf /var/lib/apt/lists/*\nENV LD_PRELOAD=libjemalloc.so.2\nCMD ["bin/rails", "server"]\n',
      },
      {
        code: 'FROM ruby:3.4-alpine\nRUN apk add --no-cache «jemalloc»\n',
        fixed: 'FROM ruby:3.4-alpine\nRUN apk add --no-cache jemalloc\n',
      },
    ],
    good: [
      {
        code: 'FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y libjemalloc2\nENV LD_PRELOAD=libjemalloc.so.2\n',
      },
      {
        note: 'The entrypoint that Rails generates loads it.',
        code: 'FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y libjemalloc2\nENTRYPOINT ["/rails/bin/docker-entrypoint"]\n',
      },
      {
        note: 'Not for Ruby.',
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y libjemalloc2\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    programs: [
      onPackageWork(['install'], (work, run) => {
        const word = work.operands.find(({ value }) => isJemalloc(value ?? ''));
        if (!word) return;
        const { stage } = run;
        const final = model.finalStage;
        if (!stage || !final?.chain.includes(stage) || !runsRuby(final) || isForDevelopment(final)) return;
        // That of Rails loads it.
        if (startedPrograms(inspectStage(final)).includes('docker-entrypoint')) return;
        if (builtFrom(final).some(other => mentions(other, work.command.span, model.text))) return;
        const line = `${keywordLike(model, 'ENV')} LD_PRELOAD=libjemalloc.so.2`;
        const isKnown = /^libjemalloc(?:2|-dev)/.test(word.value ?? '');
        const edit = isKnown ? insertIntoRuntimePart(model, final, [line]) : null;
        report('unloaded', {
          at: word.span,
          data: { package: word.value ?? '' },
          fixes: edit ? [fix('Load jemalloc', 'unsafe', [edit])] : [],
        });
      }),
    ],
  }),
});
