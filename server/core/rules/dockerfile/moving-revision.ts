// moving-revision: the sources of the day, not those of a revision.
import { dockerfileRule } from '../../engine/rule.ts';
import { sourceKind } from '../../insight/copy-sources.ts';
import { commandsOf } from '../../insight/run-effects.ts';
import { siblingsOf } from '../../insight/siblings.ts';
import { isMovingName } from '../../knowledge/moving-names.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import { rememberFor } from '../../model/remembered.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { span } from '../../text/span.ts';

/** Global options of git that take the next word. */
const valued = new Set(['-C', '-c', '--git-dir', '--work-tree', '--exec-path', '--namespace']);

/** The words from the subcommand on. */
function subcommandOf({ args }: ShellCommand): readonly ShellWord[] {
  let at = 0;
  while (args[at]?.value?.startsWith('-')) at += valued.has(args[at]?.value ?? '') ? 2 : 1;
  return args.slice(at);
}

interface Clone {
  readonly address: ShellWord;
  /** What it asks for: null for the default branch. */
  readonly revision: ShellWord | null;
}

function cloneOf(command: ShellCommand): Clone | null {
  const [verb, ...rest] = subcommandOf(command);
  if (verb?.value !== 'clone') return null;
  const address = rest.find(({ raw }) => /^["']?(?:(?:https?|git|ssh):\/\/|git@)/.test(raw));
  if (address === undefined) return null;
  const at = rest.findIndex(({ raw }) => /^(?:-b|--branch|--revision)(?:=|$)/.test(raw));
  const option = rest[at];
  const revision = option?.raw.includes('=') ? option : (rest[at + 1] ?? null);
  return { address, revision: option === undefined ? null : revision };
}

const nameIn = ({ value }: ShellWord): string => (value ?? '').replace(/^--\w+=/, '');

/** Goes to a revision that the words name; what a variable names is taken for one. */
function choosesRevision(command: ShellCommand): boolean {
  if (command.name !== 'git') return false;
  const [verb, ...rest] = subcommandOf(command);
  if (!/^(?:checkout|reset|switch|fetch|archive)$/.test(verb?.value ?? '')) return false;
  return rest.some(
    ({ value, raw }) =>
      !raw.startsWith('-') && !(value !== null && (isMovingName(value) || value === 'origin')),
  );
}

/** Where the last such command of a stage stands; -1 where it has none. */
const lastChoice = rememberFor(
  (instructions: readonly Instruction[]): number =>
    commandsOf(instructions).findLast(choosesRevision)?.span.start ?? -1,
);

export default dockerfileRule({
  id: 'moving-revision',
  category: 'reproducibility',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A repository without a revision',
  messages: {
    clone: {
      text: 'The day of the build decides which revision this is, and the cache keeps it until then. Name a tag (`--branch v1.2 --depth 1`), or check out a commit behind it.',
    },
    branch: {
      text: '{name} moves: the day of the build decides which revision this is, and the cache keeps it until then. Name a tag or a commit.',
    },
    add: {
      text: 'Without a revision this follows the default branch of the repository. Name a tag or a commit behind `#`.',
    },
  },
  docs: {
    why: 'A branch is what somebody pushed last. Two builds of the same Dockerfile get two programs, a takeover of the repository is built in at once, and as the text of the RUN never changes, the cache hands out an old revision for as long as it likes.',
    remedy:
      'Name a commit, which cannot move, or at least a tag. `ADD https://example.com/app.git#<commit> /src` fetches one revision without git in the image.',
    limits:
      'A checkout anywhere behind the clone in the same stage counts, and so does what a variable names.',
    references: ['https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository'],
  },
  fix: {
    availability: 'never',
    why: 'Which revision is the right one is known to whoever has looked at it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN git clone --depth 1 «https://example.com/app.git» /src\nRUN git clone -b «main» https://example.com/lib.git /lib && make -C /lib\n',
      },
      {
        code: 'FROM debian:13\nADD «https://example.com/app.git» /src\nADD git@example.com:lib.git#«main» /lib\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nRUN git clone -b v1.2 https://example.com/a.git && git -c advice.detachedHead=false clone --branch "$V" https://example.com/b.git\n',
      },
      {
        code: 'FROM debian:13\nRUN git clone https://example.com/a.git /a \\\n    && git -C /a checkout 0f3a2f4c\nADD https://example.com/b.git#v2 /b\n',
      },
      { code: 'FROM debian:13\nRUN git clone /src /copy && git config --global init.defaultBranch main\n' },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      ADD(add) {
        if (add.flags.some(({ name }) => name === 'checksum')) return;
        for (const source of add.sources) {
          if (sourceKind(add, source) !== 'repository') continue;
          const [, revision = ''] = source.value.split('#');
          const name = revision.split(':')[0] ?? '';
          if (name === '') report('add', { at: source.span });
          if (!isMovingName(name)) continue;
          const start = source.span.start + source.raw.indexOf(`#${name}`) + 1;
          report('branch', { at: span(start, start + name.length), data: { name } });
        }
      },
    },
    command: {
      git(command, instruction) {
        const clone = instruction.keyword === 'RUN' ? cloneOf(command) : null;
        if (clone === null || instruction.keyword !== 'RUN') return;
        const { revision, address } = clone;
        const isMoving = revision === null || isMovingName(nameIn(revision));
        if (!isMoving || lastChoice(siblingsOf(model, instruction)) > command.span.start) return;
        if (revision === null) report('clone', { at: address.span });
        else report('branch', { at: revision.span, data: { name: nameIn(revision) } });
      },
    },
  }),
});
