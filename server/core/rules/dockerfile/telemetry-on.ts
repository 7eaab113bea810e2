// telemetry-on: tools that tell their makers of every build.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { environmentValue } from '../../insight/command-environment.ts';
import { reportingPrograms, telemetryOf } from '../../knowledge/telemetry.ts';
import type { Instruction, Stage } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';

const runners = ['npx', 'pnpx', 'yarn', 'pnpm', 'npm'];

/** The program that a runner starts: `npx next build`, `pnpm exec turbo run`. */
const startedBy = ({ args }: ShellCommand): ShellWord | undefined =>
  args.find(({ value }) => value !== null && !value.startsWith('-') && !/^(?:exec|run|dlx|x)$/.test(value));

export default dockerfileRule({
  id: 'telemetry-on',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A tool reports the build to its makers',
  messages: {
    on: {
      text: '{tool} reports how it is used to its makers, from every build. Set `{variable}={value}` where that is not wanted.',
      equivalents: ['tally:prefer-telemetry-opt-out'],
    },
  },
  docs: {
    why: 'Many tools send data about their use home: versions, commands, times, names of machines made unreadable. In a build nobody is asked, and requests to the outside make it slower, or fail behind a firewall.',
    remedy:
      'Set the variable that the makers have documented for it. The repair does, before the first RUN that uses the tool.',
    limits: 'Only programs that are called by name are seen, not those that scripts of `package.json` start.',
    references: [
      'https://nextjs.org/telemetry',
      'https://learn.microsoft.com/en-us/dotnet/core/tools/telemetry',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The variable holds in the container, too. What ONBUILD defers takes no line before it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24-slim AS build\nRUN npx «next» build\nFROM scratch\nCOPY --from=build /app/out /\n',
        fixed:
          'FROM node:24-slim AS build\nENV NEXT_TELEMETRY_DISABLED=1\nRUN npx next build\nFROM scratch\nCOPY --from=build /app/out /\n',
      },
      {
        code: 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nONBUILD RUN «dotnet» restore\n',
        fixed: 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nONBUILD RUN dotnet restore\n',
      },
    ],
    good: [
      {
        code: 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet restore\n',
      },
    ],
  },
  linked: true,
  check: ({ model, report }) => {
    const said = new Map<Stage | null, Set<string>>();
    const say = (
      command: ShellCommand,
      instruction: Instruction,
      word: ShellWord | null | undefined,
    ): void => {
      const telemetry = telemetryOf(word?.value?.split('/').at(-1) ?? '');
      if (instruction.keyword !== 'RUN' || !word || telemetry === undefined) return;
      const { tool, variable, value } = telemetry;
      const known = said.get(instruction.stage) ?? new Set();
      if (known.has(variable) || environmentValue(instruction, command, variable) !== undefined) return;
      said.set(instruction.stage, known.add(variable));
      const line = `${keywordLike(model, 'ENV')} ${variable}=${value}`;
      const edits = [insertBefore(model, instruction, [line])];
      const fixes = instruction.onbuild ? [] : [fix(`Set ${variable}`, 'unsafe', edits)];
      report('on', { at: word.span, data: { tool, variable, value }, fixes });
    };
    return {
      programs: [
        {
          names: reportingPrograms,
          visit: (command, instruction) => say(command, instruction, command.nameWord),
        },
        { names: runners, visit: (command, instruction) => say(command, instruction, startedBy(command)) },
      ],
    };
  },
});
