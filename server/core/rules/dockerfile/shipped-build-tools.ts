// shipped-build-tools: compilers and the like in the image that runs.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { onPackageWork, type PackageWork, packageWorkOf } from '../../insight/package-work.ts';
import { builtFrom, commandsOf } from '../../insight/run-effects.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { siblingsOf } from '../../insight/siblings.ts';
import { buildPrograms, isBuildTool } from '../../knowledge/build-tools.ts';
import { installedPackages } from '../../knowledge/package-calls.ts';
import type { DockerfileModel, RunInstruction, Stage } from '../../model/dockerfile/model.ts';
import { appendCommand } from '../../repairs/append-command.ts';
import { rightsOf } from '../../repairs/commands.ts';

/** How each family takes packages out again, with what came along. */
const removal: Readonly<Record<string, string>> = {
  apt: 'apt-get purge -y --auto-remove',
  apk: 'apk del --no-network',
};

const nameOf = (operand: string): string => operand.replace(/[=<>~:@/].*$/, '');

/** Other commands of the RUN use the tools, and none behind it does. */
function areUsedHereAlone(model: DockerfileModel, run: RunInstruction, work: PackageWork): boolean {
  const usesTools = (name: string | null): boolean => name === null || buildPrograms.has(name);
  const { family } = work.manager;
  const packageCommands = packageWorkOf(run).flatMap(({ manager, command }) =>
    manager.family === family ? [command] : [],
  );
  const own = run.script.commands.filter(
    command => command.span.start > work.span.start && !packageCommands.includes(command),
  );
  const later = siblingsOf(model, run).filter(({ index }) => index > run.index);
  return own.some(({ name }) => usesTools(name)) && !commandsOf(later).some(({ name }) => usesTools(name));
}

/** Takes out whatever is marked as not wanted for itself, which is how official images clean up. */
const removesLeftovers = (run: RunInstruction, { span: { start }, manager }: PackageWork): boolean =>
  packageWorkOf(run).some(
    other =>
      other.span.start > start &&
      other.manager.family === manager.family &&
      other.action === 'remove' &&
      other.operands.length === 0,
  );

function removeAgain(
  model: DockerfileModel,
  run: RunInstruction,
  work: PackageWork,
  tools: readonly string[],
): Fix[] {
  const command = removal[work.manager.family];
  if (command === undefined || run.onbuild !== null || !areUsedHereAlone(model, run, work)) return [];
  const edit = appendCommand(model, run, `${rightsOf(work.command)}${command} ${tools.join(' ')}`);
  return edit === null ? [] : [fix('Remove them at the end of this RUN', 'unsafe', [edit])];
}

const text =
  'Nothing but a build needs {tools}: the image that runs is larger for it, and whoever breaks in finds a workshop. Build in a stage of its own, or remove them in the same RUN.';

export default dockerfileRule({
  id: 'shipped-build-tools',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'Build tools in the image that runs',
  messages: {
    tools: { text },
    single: { text, equivalents: ['tally:prefer-multi-stage-build'] },
  },
  docs: {
    why: 'Compilers, headers and build systems are hundreds of megabytes that no running service needs. Each is one more package with vulnerabilities to be judged, and a compiler is what somebody who got into the container would like to find.',
    remedy:
      'Build in a stage of its own and copy the result. Where that is not worth it, remove the tools in the RUN that installs them: `apk add --virtual .build …` and `apk del .build`, or `apt-get purge --auto-remove`. The repair does the latter where nothing later needs them.',
    limits: 'Told by the names of packages. What another package brings along is not seen.',
    references: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Libraries that the program needs may go along with the tools. Where a later RUN builds, or none does, nothing can be removed here.',
  },
  examples: {
    bad: [
      {
        code: 'FROM python:3.14-slim\nRUN apt-get update \\\n && apt-get install -y «gcc» libpq5 \\\n && pip install psycopg2 \\\n && rm -rf /var/lib/apt/lists/*\nUSER nobody\n',
        fixed:
          'FROM python:3.14-slim\nRUN apt-get update \\\n && apt-get install -y gcc libpq5 \\\n && pip install psycopg2 \\\n && rm -rf /var/lib/apt/lists/* \\\n && apt-get purge -y --auto-remove gcc\nUSER nobody\n',
      },
      {
        note: 'It is needed later.',
        code: 'FROM node:24 AS ui\nFROM alpine:3.22\nRUN apk add --no-cache «build-base» cmake\nRUN make\nUSER nobody\n',
        fixed:
          'FROM node:24 AS ui\nFROM alpine:3.22\nRUN apk add --no-cache build-base cmake\nRUN make\nUSER nobody\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22 AS build\nRUN apk add --no-cache build-base\nFROM alpine:3.22\nCOPY --from=build /out/ /\nUSER nobody\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .build gcc make && make && apk del .build\nUSER nobody\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const installed = new Map<Stage, ReadonlySet<string>>();
    const leftIn = (stage: Stage): ReadonlySet<string> => {
      const left = installed.get(stage) ?? installedPackages(commandsOf(builtFrom(stage)));
      installed.set(stage, left);
      return left;
    };
    return {
      programs: [
        onPackageWork(['install'], (work, run) => {
          const final = model.finalStage;
          const words = work.operands.filter(({ value }) => value !== null && isBuildTool(nameOf(value)));
          if (words.length === 0 || final === null || !leavesLayer(run)) return;
          const left = words.filter(({ value }) => leftIn(final).has(nameOf(value ?? '')));
          const tools = left.map(({ value }) => nameOf(value ?? ''));
          const [first] = left;
          if (first === undefined || removesLeftovers(run, work)) return;
          const fixes = removeAgain(model, run, work, tools);
          report(model.stages.length === 1 ? 'single' : 'tools', {
            at: first.span,
            data: { tools: tools.join(', ') },
            fixes,
          });
        }),
      ],
    };
  },
});
