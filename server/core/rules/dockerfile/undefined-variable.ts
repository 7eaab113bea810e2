// undefined-variable: a variable that is empty where it is used.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { commandUses } from '../../insight/command-variables.ts';
import { declaredAbove, globalNames } from '../../insight/declared-arguments.ts';
import { inheritsVariable } from '../../insight/environment.ts';
import { type VariableUse, variableUses } from '../../insight/variable-uses.ts';
import type {
  DockerfileModel,
  FromInstruction,
  Instruction,
  KeyValue,
  RunInstruction,
} from '../../model/dockerfile/model.ts';
import { withinFrame } from '../../model/looking.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';
import { replace } from '../../text/edit.ts';
import { nearestName } from '../../text/nearest.ts';
import { spanText } from '../../text/span.ts';

/** Behind these a variable may be empty: something is said for that case. */
const isCaredFor = ({ operator }: VariableUse): boolean => /[-+?]/.test(operator);

/** A name of other characters can be given, but not be asked for. */
const isReadable = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);

function renamed({ name, span }: VariableUse, { before }: Instruction): Fix[] {
  const inScope = Array.from(before.variables(), variable => variable.name);
  const meant = nearestName(name, [...inScope, 'PATH'].filter(isReadable));
  if (meant === undefined || meant === name) return [];
  return [fix(`Use ${meant}`, 'suggestion', [replace(span, meant)])];
}

function declared(model: DockerfileModel, instruction: Instruction, name: string, above?: KeyValue): Fix[] {
  const line = `${keywordLike(model, 'ARG')} ${above ? spanText(model.text, above.span) : name}`;
  const group = `ARG ${name} of stage ${instruction.stage?.index}`;
  return [
    fix(`Declare ${name} in the stage`, 'unsafe', [insertBefore(model, instruction, [line])], { group }),
  ];
}

/** `ENV PAHT=$PAHT:/opt/bin`: any other variable may be one that is made longer, should it be there. */
const isGarbledPath = (name: string): boolean => [...name].sort().join('') === 'AHPT';

/** What an ENV or ARG gives names to. */
const namesOf = (instruction: Instruction): readonly string[] =>
  instruction.keyword === 'ENV' || instruction.keyword === 'ARG'
    ? instruction.pairs.map(({ name }) => name)
    : [];

const outside =
  '{name} is declared before the first FROM, which only FROM lines see: here it is empty. Repeat `ARG {name}` in the stage.';
const ofOtherStage =
  '{name} is declared in another stage, and ends with it: here it is empty. Repeat the ARG in this stage.';
const ofPlatform =
  'BuildKit tells {name} to FROM lines only: here it is empty. Ask for it with `ARG {name}` in the stage.';

/** What is said of variables in commands. */
type CommandMessage = 'other-stage-in-command' | 'outside-in-command' | 'platform-in-command';

export default dockerfileRule({
  id: 'undefined-variable',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A variable without a value',
  messages: {
    undefined: {
      text: 'Nothing sets {name}: it is empty here. Declare it with ARG or ENV above, or correct the name.',
      equivalents: ['buildkit:UndefinedVar'],
    },
    'undefined-signal': {
      text: 'Nothing sets {name}: the signal is empty, and the build fails. Declare it with ARG or ENV above, or correct the name.',
      equivalents: ['buildkit:UndefinedVar', 'dockerfile-utils:INVALID_SIGNAL'],
    },
    misspelt: {
      text: 'Nothing sets {name}, but {near} is set: it is empty here. Correct the name.',
      equivalents: ['buildkit:UndefinedVar'],
    },
    'in-from': {
      text: 'No ARG above the first FROM declares {name}: it is empty here. FROM sees no other variables. Declare it there, or correct the name.',
      equivalents: ['buildkit:UndefinedArgInFrom'],
    },
    outside: { text: outside, equivalents: ['sonar:S6579', 'buildkit:UndefinedVar'] },
    'outside-in-command': { text: outside, equivalents: ['sonar:S6579'] },
    'other-stage': { text: ofOtherStage, equivalents: ['sonar:S6579', 'buildkit:UndefinedVar'] },
    'other-stage-in-command': { text: ofOtherStage, equivalents: ['sonar:S6579'] },
    platform: { text: ofPlatform, equivalents: ['buildkit:UndefinedVar'] },
    'platform-in-command': { text: ofPlatform },
  },
  docs: {
    why: 'A variable that nobody has set is replaced by nothing, without an error: `COPY $SRC/app /app` copies from the root of the context, `apt-get install tool=$VERSION` takes whatever there is. An `ARG` above the first `FROM` belongs to the `FROM` lines alone; each stage starts without it.',
    remedy:
      'Declare the variable in the stage that uses it. `ARG NAME` without a value takes the value it has above the first `FROM`. The repair writes that line in front of the first use, where it invalidates the least of the build cache.',
    limits:
      'What a base image sets is known for operating systems and languages; for other images a variable is reported only where its name is nearly that of one that is set. Of commands, only variables are reported that exist outside the stage: all others may be the shell’s own.',
    references: [
      'https://docs.docker.com/reference/build-checks/undefined-var/',
      'https://docs.docker.com/reference/build-checks/undefined-arg-in-from/',
      'https://docs.docker.com/build/building/variables/#scoping',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What was empty so far has a value afterwards. A name is corrected where one in scope is nearly the same.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13 AS build\nARG OUT=/out\nRUN make -C $OUT\nFROM debian:13\nWORKDIR $«OUT»\nRUN echo $V\nFROM debian:13\nRUN ls $«OUT»\n',
        fixed:
          'FROM debian:13 AS build\nARG OUT=/out\nRUN make -C $OUT\nFROM debian:13\nARG OUT=/out\nWORKDIR $OUT\nRUN echo $V\nFROM debian:13\nARG OUT=/out\nRUN ls $OUT\n',
      },
      {
        code: 'FROM alpine:3.24\nARG DIR_ASSETS=assets\nCOPY $«DIR_ASSET» ./\nWORKDIR /srv/$«SITE»\n',
        fixed: 'FROM alpine:3.24\nARG DIR_ASSETS=assets\nCOPY $DIR_ASSETS ./\nWORKDIR /srv/$SITE\n',
      },
      {
        note: 'Each stage has to ask for it.',
        code: 'ARG VERSION=1.2\nFROM alpine:3.24\n# The tool\nRUN echo "${«VERSION»}" && \\\n    apk add tool=$«VERSION»\nLABEL version=$«VERSION»\nFROM alpine:3.24\nENV V=$«VERSION»\n',
        fixed:
          'ARG VERSION=1.2\nFROM alpine:3.24\nARG VERSION\n# The tool\nRUN echo "${VERSION}" && \\\n    apk add tool=$VERSION\nLABEL version=$VERSION\nFROM alpine:3.24\nARG VERSION\nENV V=$VERSION\n',
      },
      {
        code: 'FROM golang:1.25\nRUN GOARCH=$«TARGETARCH» go build\nCOPY tool-$«TARGETOS» /bin/\n',
        fixed:
          'FROM golang:1.25\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build\nARG TARGETOS\nCOPY tool-$TARGETOS /bin/\n',
      },
      {
        code: 'FROM alpine:3.24\nSTOPSIGNAL $«STOP»\n',
        fixed: 'FROM alpine:3.24\nSTOPSIGNAL $STOP\n',
      },
      {
        code: 'ARG MY_ARCH=amd64\nFROM --platform=linux/${«MYARCH»} alpine:3.24\nFROM alpine:$«TAG»\n',
        fixed: 'ARG MY_ARCH=amd64\nFROM --platform=linux/${MY_ARCH} alpine:3.24\nFROM alpine:$TAG\n',
      },
    ],
    good: [
      {
        note: 'Stages hand on what they declare to those that are made from them.',
        code: 'FROM debian:13 AS a\nARG V=1\nFROM a\nRUN echo $V\n',
      },
      {
        note: 'What the base image sets, a default, a quoted dollar, and variables of the shell.',
        code: 'ARG I=1\nFROM golang:1.25\nENV PATH=$PATH:$GOPATH/bin\nENV A=${B:-c} D=\'$E\' F=\\$G\nRUN for I in 1 2; do echo $I; done\nRUN <<EOF\nfor I in 1 2; do echo $I; done\nEOF\nRUN I=3; echo "$I"\n',
      },
      { note: 'An unknown image may set it.', code: 'FROM registry.example.com/base:1\nWORKDIR $APP_HOME\n' },
      { code: 'ARG V=1\nFROM alpine:$V\nARG V\nRUN echo $V $UNKNOWN\nARG W X=1 Y=$X\nLABEL w=$W\n' },
    ],
  },
  check: ({ model, report }) => {
    const inFrom = (from: FromInstruction): void => {
      for (const use of variableUses(model, from)) {
        if (isCaredFor(use) || from.before.variable(use.name) !== undefined) continue;
        report('in-from', { at: use.span, data: { name: use.name }, fixes: renamed(use, from) });
      }
    };
    const inStage = (instruction: Instruction): void => {
      const uses = variableUses(model, instruction);
      const { stage, before, onbuild } = instruction;
      if (uses.length === 0 || stage === null || onbuild !== null) return;
      const siblings = namesOf(instruction);
      for (const use of uses) {
        const { name, span: at } = use;
        if (isCaredFor(use) || before.variable(name) !== undefined) continue;
        if (siblings.includes(name) && !isGarbledPath(name)) continue;
        const inherits = inheritsVariable(stage, name);
        if (inherits === true) continue;
        if (stage.from.before.variable(name) !== undefined) {
          const fixes = declared(model, instruction, name);
          report(globalNames(model).has(name) ? 'outside' : 'platform', { at, data: { name }, fixes });
          continue;
        }
        const above = inherits === false ? declaredAbove(model, stage, name) : undefined;
        const fixes = above ? declared(model, instruction, name, above) : renamed(use, instruction);
        const near = fixes[0]?.edits[0]?.text;
        if (above) report('other-stage', { at, data: { name }, fixes });
        else if (near !== undefined) report('misspelt', { at, data: { name, near }, fixes });
        else if (!inherits) {
          report(instruction.keyword === 'STOPSIGNAL' ? 'undefined-signal' : 'undefined', {
            at,
            data: { name },
          });
        }
      }
    };
    const inCommands = (run: RunInstruction): void => {
      const { stage, before, onbuild } = run;
      if (stage === null || onbuild !== null) return;
      inStage(run);
      const isGlobal = (used: string): boolean => stage.from.before.variable(used) !== undefined;
      const isAbove = (used: string): boolean =>
        declaredAbove(model, stage, used) !== undefined && inheritsVariable(stage, used) === false;
      const outside = (used: string): CommandMessage | null =>
        withinFrame(() => {
          if (!isGlobal(used)) return isAbove(used) ? 'other-stage-in-command' : null;
          return globalNames(model).has(used) ? 'outside-in-command' : 'platform-in-command';
        });
      for (const { name, span: at } of commandUses(run, used => outside(used) !== null)) {
        const message = outside(name);
        if (message === null || before.variable(name) !== undefined) continue;
        if (inheritsVariable(stage, name) === true) continue;
        const fixes = () =>
          declared(model, run, name, isGlobal(name) ? undefined : declaredAbove(model, stage, name));
        report(message, { at, data: { name }, fixes });
      }
    };
    return {
      instruction: {
        FROM: inFrom,
        RUN: inCommands,
        ADD: inStage,
        ARG: inStage,
        COPY: inStage,
        ENV: inStage,
        EXPOSE: inStage,
        LABEL: inStage,
        STOPSIGNAL: inStage,
        USER: inStage,
        VOLUME: inStage,
        WORKDIR: inStage,
      },
    };
  },
});
