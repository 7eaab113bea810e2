// consecutive-layers: RUN after RUN, COPY after COPY, each a layer of its own.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import type { CopyInstruction, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import { joinCopies, joinRuns } from '../../repairs/joining.ts';

const flagsOf = ({ flags }: Instruction): readonly string[] => flags.map(({ raw }) => raw);

/** What has to be equal for two instructions to be one. */
function kindOf(instruction: Instruction): string | null {
  const { keyword } = instruction;
  if (keyword === 'RUN') return [keyword, ...flagsOf(instruction)].join(' ');
  if ((keyword !== 'COPY' && keyword !== 'ADD') || instruction.destination === null) return null;
  return [keyword, ...flagsOf(instruction), instruction.destination.value].join(' ');
}

/** Instructions of one kind, one directly after the other. */
function groupsOf(instructions: readonly Instruction[]): readonly (readonly Instruction[])[] {
  const groups: Instruction[][] = [];
  let kind: string | null = null;
  for (const instruction of instructions) {
    const own = kindOf(instruction);
    if (own !== null && own === kind) groups.at(-1)?.push(instruction);
    else groups.push([instruction]);
    kind = own;
  }
  return groups;
}

const isRun = (instruction: Instruction): instruction is RunInstruction => instruction.keyword === 'RUN';
const isCopy = (instruction: Instruction): instruction is CopyInstruction =>
  instruction.keyword === 'COPY' || instruction.keyword === 'ADD';

const isSingle = ({ script, heredocs }: RunInstruction): boolean =>
  heredocs.length === 0 &&
  script.commands.filter(({ wrappers, substituted }) => wrappers.length === 0 && !substituted).length <= 1;

export default dockerfileRule({
  id: 'consecutive-layers',
  category: 'size',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Layers that could be one',
  messages: {
    commands: {
      text: '{count} RUNs of one command each make {count} layers, and what one of them leaves no other can remove. Join them with `&&`, unless a slow one is to keep its cache.',
      equivalents: ['hadolint:DL3059', 'sonar:S7031', 'kics:multiple_run_add_copy_instructions_listed'],
    },
    runs: {
      text: '{count} RUNs in a row make {count} layers, and what one of them leaves no other can remove. Join those that change together.',
      equivalents: ['sonar:S7031', 'kics:multiple_run_add_copy_instructions_listed'],
    },
    copies: {
      text: '{count} times {keyword} to the same place makes {count} layers. Name all sources in one, unless one of them seldom changes.',
      equivalents: ['kics:multiple_run_add_copy_instructions_listed'],
    },
  },
  docs: {
    why: 'Each RUN, COPY and ADD is a layer. Many of them cost little in themselves, but a file that one RUN makes and the next one deletes stays in the image, and a package index of last week stays in the cache while the RUN that installs from it is run again.',
    remedy:
      'Join commands that belong together. Keep a slow step apart where its cache is worth more than a layer, and in stages that do not ship.',
    limits: 'Instructions with different flags, such as other mounts, cannot be one, and are left alone.',
    references: ['https://docs.docker.com/build/building/best-practices/#run'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Layer or cache is a choice. Lists with `;` or `||`, and commands with an effect on those behind them such as `cd`, are joined by a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN mkdir /srv/app\n# For the service.\n«RUN» touch /srv/app/ready\nRUN make\n',
        fixed:
          'FROM debian:13\nRUN mkdir /srv/app \\\n# For the service.\n    && touch /srv/app/ready \\\n    && make\n',
      },
      {
        code: 'FROM debian:13\n«RUN» --mount=type=cache,target=/c a && b\nRUN --mount=type=cache,target=/c c \\\n    && d\n',
        fixed: 'FROM debian:13\nRUN --mount=type=cache,target=/c a && b \\\n    && c \\\n    && d\n',
      },
      {
        note: 'The second runs whatever the first one says.',
        code: 'FROM debian:13\n«RUN» a || true\nRUN b; c\n',
        fixed: 'FROM debian:13\nRUN a || true\nRUN b; c\n',
      },
      {
        code: 'FROM debian:13\n«ADD» a.conf /etc/app/\nADD b.conf /etc/app/\n',
        fixed: 'FROM debian:13\nADD a.conf b.conf /etc/app/\n',
      },
      {
        note: 'A checksum is that of one source.',
        code: 'FROM debian:13\n«ADD» --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a/\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/a /a/\n',
        fixed:
          'FROM debian:13\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a/\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/a /a/\n',
      },
      {
        code: 'FROM debian:13\n«COPY» a.conf /etc/app/\nCOPY b.conf c.conf /etc/app/\nCOPY d.conf /etc/app/\n',
        fixed: 'FROM debian:13\nCOPY a.conf b.conf c.conf d.conf /etc/app/\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nRUN a\nWORKDIR /b\nRUN b\nCOPY a /\nCOPY b /b/\nCOPY c /c/\n' },
      {
        note: 'Layers of a build stage are not shipped.',
        code: 'FROM debian:13 AS build\nCOPY a /src/\nCOPY b /src/\nFROM scratch\nCOPY --from=build /out /\n',
      },
      { code: 'FROM debian:13\nRUN --mount=type=secret,id=a a\nRUN --mount=type=secret,id=b b\n' },
    ],
  },
  check: ({ model, report }) => ({
    file({ instructions }) {
      for (const group of groupsOf(instructions)) {
        const [first, second] = group;
        if (first === undefined || second === undefined) continue;
        const runs = group.filter(isRun);
        const copies = group.filter(isCopy);
        if (runs.length > 0) {
          const edits = joinRuns(model, runs);
          const fixes = edits === null ? [] : [fix('Join them into one RUN', 'suggestion', edits)];
          const data = { count: runs.length };
          if (runs.every(isSingle)) report('commands', { at: second.keywordSpan, data, fixes });
          else report('runs', { at: first.keywordSpan, data, fixes });
        } else if (copies.length > 0 && leavesLayer(first)) {
          const edits = joinCopies(model, copies);
          const { keyword } = first;
          const fixes = edits === null ? [] : [fix(`Join them into one ${keyword}`, 'suggestion', edits)];
          report('copies', { at: first.keywordSpan, data: { count: copies.length, keyword }, fixes });
        }
      }
    },
  }),
});
