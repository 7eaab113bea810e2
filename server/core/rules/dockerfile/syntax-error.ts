// syntax-error: text that BuildKit refuses to read, or to build whatever the files and images around it are.
import type { Equivalent, Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix, type Message } from '../../engine/rule.ts';
import type { DockerfileProblem, Instruction } from '../../model/dockerfile/model.ts';
import { type ProblemCode, problemTexts } from '../../model/dockerfile/problem-texts.ts';
import { laterProblemsIn, problemsAround, problemsIn } from '../../model/dockerfile/problems.ts';
import { spanText } from '../../text/span.ts';

const inParser = ['buildkit:parse-error', 'sonar:S2260'] as const satisfies readonly Equivalent[];
const inBuild = ['buildkit:build-error'] as const satisfies readonly Equivalent[];

/** What other tools have a rule of its own for. */
const known = {
  'no-instructions': [...inParser, 'dockerfile-utils:NO_SOURCE_IMAGE', 'tally:require-stages'],
  'no-from': [...inParser, ...inBuild, 'dockerfile-utils:NO_SOURCE_IMAGE', 'tally:require-stages'],
  'before-from': [...inParser, 'dockerfile-utils:NO_SOURCE_IMAGE', 'hadolint:DL3061'],
  'duplicate-directive': [...inParser, 'dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE'],
  'invalid-escape': [...inParser, 'dockerfile-utils:INVALID_ESCAPE_DIRECTIVE'],
  'missing-equals': [...inParser, 'dockerfile-utils:SYNTAX_MISSING_EQUALS'],
  'missing-value': [...inParser, 'dockerfile-utils:ARGUMENT_REQUIRES_TWO'],
  'missing-name': [...inParser, 'dockerfile-utils:SYNTAX_MISSING_NAMES', 'sonar:S6574'],
  'unknown-instruction': [...inParser, 'dockerfile-utils:UNKNOWN_INSTRUCTION', 'tally:unknown-instruction'],
  'missing-argument': [...inParser, 'dockerfile-utils:ARGUMENT_MISSING'],
  'missing-destination': [...inParser, 'dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO'],
  'missing-shell': [...inParser, 'dockerfile-utils:SHELL_REQUIRES_ONE'],
  'from-arguments': [...inParser, 'dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE'],
  'not-as': [...inParser, 'dockerfile-utils:INVALID_AS'],
  'invalid-stage-name': [...inParser, 'dockerfile-utils:INVALID_BUILD_STAGE_NAME'],
  'shell-not-json': [...inParser, 'dockerfile-utils:SHELL_JSON_FORM', 'tally:invalid-json-form'],
  'chained-onbuild': [...inParser, 'dockerfile-utils:ONBUILD_CHAINING_DISALLOWED', 'hadolint:DL3043'],
  'trigger-not-allowed': [...inParser, 'dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED', 'hadolint:DL3043'],
  'missing-check': [...inParser, 'dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE'],
  'unknown-check': [...inParser, 'dockerfile-utils:UNKNOWN_TYPE'],
  'missing-check-command': [...inParser, 'dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING'],
  'needless-argument': [...inParser, 'dockerfile-utils:ARGUMENT_UNNECESSARY'],
  'invalid-retries': [...inParser, 'dockerfile-utils:INVALID_SYNTAX'],
  'negative-retries': [...inParser, 'dockerfile-utils:FLAG_AT_LEAST_ONE'],
  'invalid-duration': [...inParser, 'dockerfile-utils:FLAG_INVALID_DURATION'],
  'missing-unit': [...inParser, 'dockerfile-utils:FLAG_MISSING_DURATION'],
  'unknown-unit': [...inParser, 'dockerfile-utils:FLAG_UNKNOWN_UNIT'],
  'short-duration': [...inParser, 'dockerfile-utils:FLAG_LESS_THAN_1MS'],
  'unknown-add-flag': [...inParser, 'dockerfile-utils:UNKNOWN_ADD_FLAG'],
  'unknown-copy-flag': [...inParser, 'dockerfile-utils:UNKNOWN_COPY_FLAG'],
  'unknown-from-flag': [...inParser, 'dockerfile-utils:UNKNOWN_FROM_FLAG'],
  'unknown-healthcheck-flag': [...inParser, 'dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG'],
  'duplicate-flag': [...inParser, 'dockerfile-utils:FLAG_DUPLICATE'],
  'missing-flag-value': [...inParser, 'dockerfile-utils:FLAG_MISSING_VALUE'],
  'not-boolean': [...inParser, 'dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE'],
  'unclosed-single-quote': [...inBuild, 'dockerfile-utils:SYNTAX_MISSING_SINGLE_QUOTE'],
  'unclosed-double-quote': [...inBuild, 'dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE'],
  'unknown-modifier': [...inBuild, 'dockerfile-utils:UNSUPPORTED_MODIFIER'],
  'invalid-image': [...inBuild, 'dockerfile-utils:INVALID_REFERENCE_FORMAT'],
  'invalid-copy-source': [...inBuild, 'dockerfile-utils:FLAG_INVALID_FROM_VALUE'],
  'invalid-port': [...inBuild, 'dockerfile-utils:INVALID_PORT'],
  'port-out-of-range': [
    ...inBuild,
    'dockerfile-utils:INVALID_PORT',
    'hadolint:DL3011',
    'trivy:DS-0008',
    'kics:unix_ports_out_of_range',
    'semgrep:invalid-port',
  ],
  'invalid-protocol': [...inBuild, 'dockerfile-utils:INVALID_PROTO'],
  'invalid-signal': [...inBuild, 'dockerfile-utils:INVALID_SIGNAL'],
  'extra-argument': [...inBuild, 'dockerfile-utils:ARGUMENT_EXTRA'],
} as const satisfies { readonly [Code in ProblemCode]?: readonly Equivalent[] };

type KnownCode = keyof typeof known;
const isKnown = (code: ProblemCode): code is KnownCode => Object.hasOwn(known, code);

const messages = Object.fromEntries(
  Object.entries(known).map(([code, equivalents]) => [
    code,
    { text: problemTexts[code as KnownCode], equivalents },
  ]),
) as unknown as Readonly<Record<KnownCode, Message>>;

const isOfBuilder = (equivalent: Equivalent): boolean =>
  [...inParser, ...inBuild].some(other => other === equivalent);

const later = ' This image builds, and every build that starts from it fails.';

/** What can only be wrong around instructions, in FROM, or already where ONBUILD is written. */
const elsewhere =
  /^(?:no-|before-|duplicate-directive|invalid-(?:escape|stage|image)|from-|not-as|chained|trigger-|unknown-(?:instruction|from)|missing-(?:equals|value))/;

type LaterCode = `later-${KnownCode}`;

/** The same behind ONBUILD, where no builder says so yet. */
const laterMessages = Object.fromEntries(
  Object.entries(known).flatMap(([code, equivalents]) =>
    elsewhere.test(code)
      ? []
      : [
          [
            `later-${code}`,
            {
              text: problemTexts[code as KnownCode] + later,
              equivalents: equivalents.filter(equivalent => !isOfBuilder(equivalent)),
            },
          ],
        ],
  ),
) as unknown as Readonly<Record<LaterCode, Message>>;

/** Codes that no other tool tells apart. */
type Other = 'refused' | 'unbuildable' | 'mount';

const otherMessage = ({ code, stage }: DockerfileProblem): Other =>
  /mount|^secret-/.test(code) ? 'mount' : stage === 'build' ? 'unbuildable' : 'refused';

const titles: { readonly [Code in ProblemCode]?: string } = {
  'carriage-return': 'Write line ends',
  'missing-equals': 'Put the value in quotes',
  'missing-name': 'Remove the blanks around "="',
  'mixed-json': 'Write a JSON list of strings',
  'shell-not-json': 'Write a JSON list',
};

/** What is written, or what goes. */
function titleOf(text: string, { code, meant: [edit] }: DockerfileProblem): string {
  const own = titles[code];
  if (own !== undefined || edit === undefined) return own ?? '';
  return edit.text.trim() === '' ? `Remove ${spanText(text, edit.span).trim()}` : `Write ${edit.text.trim()}`;
}

const fixesFor = (text: string, problem: DockerfileProblem): Fix[] =>
  problem.meant.length === 0 ? [] : [fix(titleOf(text, problem), 'suggestion', problem.meant)];

export default dockerfileRule({
  id: 'syntax-error',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Text that does not build',
  messages: {
    ...messages,
    ...laterMessages,
    later: { text: `{problem}${later}` },
    refused: { text: '{problem}', equivalents: inParser },
    unbuildable: { text: '{problem}', equivalents: inBuild },
    mount: { text: '{problem}', equivalents: ['buildkit:parse-error', 'buildkit:build-error'] },
  },
  docs: {
    why: 'BuildKit stops at the first text that it cannot read, before anything is built, and tells one mistake at a time. Some it only tells when it comes to build the instruction, after everything above has been built.',
    remedy:
      'Correct the text as the message says. All mistakes of the file are shown at once, in the order in which BuildKit would stop at them. Where it can be told what was meant (a misspelt name, a missing unit or quote, a list that is nearly JSON), the repair writes that.',
    limits:
      'What depends on a build argument, on the files of the build context or on an image is left to the build.',
    references: ['https://docs.docker.com/reference/dockerfile/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What was meant is a guess, however good: the text itself says nothing.',
  },
  examples: {
    bad: [
      {
        note: 'Misspelt names.',
        code: 'FROM «--plattform=linux/amd64» alpine:3.24\n«RNU» make\nCOPY «--CHOWN=1000» a b\nADD «--lnik» a b\nRUN «--sekurity=sandbox» make\nRUN --mount=«typ=cache»,target=/c make\nHEALTHCHECK «--intervall=5s» CMD /check\n',
        fixed:
          'FROM --platform=linux/amd64 alpine:3.24\nRUN make\nCOPY --chown=1000 a b\nADD --link a b\nRUN --security=sandbox make\nRUN --mount=type=cache,target=/c make\nHEALTHCHECK --interval=5s CMD /check\n',
      },
      {
        note: 'Too few and too many arguments, or of the wrong form.',
        code: 'FROM golang:1.25 «of» build\nFROM alpine:3.24 «base»\nFROM alpine:3.24 AS «1st»\n«USER»\n«COPY app»\n«SHELL» []\n«SHELL /bin/bash -c»\nSTOPSIGNAL SIGTERM «now»\nENV «MODE»\nENV MODE=fast «and» small\nARG COLOUR «=» red\n',
        fixed:
          'FROM golang:1.25 AS build\nFROM alpine:3.24 AS base\nFROM alpine:3.24 AS 1st\nUSER\nCOPY app\nSHELL []\nSHELL ["/bin/bash", "-c"]\nSTOPSIGNAL SIGTERM\nENV MODE\nENV MODE="fast and small"\nARG COLOUR=red\n',
      },
      {
        code: 'FROM alpine:3.24\nCOPY --chown=1 «--chown=1» a b\nCOPY «--chown» a b\nCOPY «--link=yes» a b\nCOPY «--chmod=64a» a b\nCOPY «--from=alpine:^» a b\n',
        fixed:
          'FROM alpine:3.24\nCOPY --chown=1 a b\nCOPY --chown a b\nCOPY --link=true a b\nCOPY --chmod=64a a b\nCOPY --from=alpine:^ a b\n',
      },
      {
        code: 'FROM alpine:3.24\n«HEALTHCHECK»\nHEALTHCHECK «curl» -f http://127.0.0.1/\nHEALTHCHECK «CMD»\nHEALTHCHECK NONE «now»\nHEALTHCHECK «--retries=many» CMD /check\nHEALTHCHECK «--retries=-1» CMD /check\nHEALTHCHECK «--interval=soon» «--timeout=30» «--start-period=1min» «--start-interval=10us» CMD /check\n',
        fixed:
          'FROM alpine:3.24\nHEALTHCHECK\nHEALTHCHECK CMD curl -f http://127.0.0.1/\nHEALTHCHECK CMD\nHEALTHCHECK NONE\nHEALTHCHECK --retries=many CMD /check\nHEALTHCHECK --retries=-1 CMD /check\nHEALTHCHECK --interval=soon --timeout=30s --start-period=1m --start-interval=10us CMD /check\n',
      },
      {
        note: 'What a build stops at only when it has come so far.',
        code: 'FROM «Alpine:3.24»\nFROM «--platform=linux/amd64/» alpine:3.24\nENV NAME=«"x»\nLABEL name=«\'x»\nENV HOME=«${NAME:/root}»\nEXPOSE «80,443» «70000» «53/upd»\nSTOPSIGNAL «SIGTREM»\nUSER 1000\n',
        fixed:
          'FROM alpine:3.24\nFROM --platform=linux/amd64/ alpine:3.24\nENV NAME="x"\nLABEL name=\'x\'\nENV HOME=${NAME:-/root}\nEXPOSE 80 443 70000 53/udp\nSTOPSIGNAL SIGTERM\nUSER 1000\n',
      },
      {
        note: 'Behind ONBUILD, before those who build on the image stop at it.',
        code: 'FROM alpine:3.24\nONBUILD «USER»\nONBUILD «COPY app»\nONBUILD «SHELL» []\nONBUILD «SHELL /bin/bash -c»\nONBUILD ENV «=b»\nONBUILD STOPSIGNAL SIGTERM «now»\nONBUILD STOPSIGNAL «SIGTREM»\nONBUILD «HEALTHCHECK»\nONBUILD HEALTHCHECK «curl» -f http://127.0.0.1/\nONBUILD HEALTHCHECK «CMD»\nONBUILD HEALTHCHECK NONE «now»\nONBUILD HEALTHCHECK «--retries=many» CMD /check\nONBUILD HEALTHCHECK «--retries=-1» CMD /check\nONBUILD HEALTHCHECK «--interval=soon» «--timeout=30» «--start-period=1min» «--start-interval=10us» CMD /check\nONBUILD HEALTHCHECK «--intervall=5s» CMD /check\nONBUILD COPY «--CHOWN=1» a b\nONBUILD ADD «--lnik» a b\nONBUILD COPY --chown=1 «--chown=1» a b\nONBUILD COPY «--chown» a b\nONBUILD COPY «--link=yes» a b\nONBUILD COPY «--from=alpine:^» a b\nONBUILD COPY «--chmod=64a» a b\nONBUILD ENV NAME=«"x»\nONBUILD LABEL name=«\'x»\nONBUILD WORKDIR «${HOME:/root}»\nONBUILD EXPOSE «80,443» «70000» «53/upd»\n',
        fixed:
          'FROM alpine:3.24\nONBUILD USER\nONBUILD COPY app\nONBUILD SHELL []\nONBUILD SHELL ["/bin/bash", "-c"]\nONBUILD ENV =b\nONBUILD STOPSIGNAL SIGTERM\nONBUILD STOPSIGNAL SIGTERM\nONBUILD HEALTHCHECK\nONBUILD HEALTHCHECK CMD curl -f http://127.0.0.1/\nONBUILD HEALTHCHECK CMD\nONBUILD HEALTHCHECK NONE\nONBUILD HEALTHCHECK --retries=many CMD /check\nONBUILD HEALTHCHECK --retries=-1 CMD /check\nONBUILD HEALTHCHECK --interval=soon --timeout=30s --start-period=1m --start-interval=10us CMD /check\nONBUILD HEALTHCHECK --interval=5s CMD /check\nONBUILD COPY --chown=1 a b\nONBUILD ADD --link a b\nONBUILD COPY --chown=1 a b\nONBUILD COPY --chown a b\nONBUILD COPY --link=true a b\nONBUILD COPY --from=alpine:^ a b\nONBUILD COPY --chmod=64a a b\nONBUILD ENV NAME="x"\nONBUILD LABEL name=\'x\'\nONBUILD WORKDIR ${HOME:-/root}\nONBUILD EXPOSE 80 443 70000 53/udp\n',
      },
      {
        code: 'FROM alpine:3.24\nONBUILD «ONBUILD» RUN make\nONBUILD «FROM» alpine:3.24\n',
        fixed: 'FROM alpine:3.24\nONBUILD RUN make\nONBUILD FROM alpine:3.24\n',
      },
      {
        code: '# escape=«/»\n«# escape=`»\n«LABEL» a=b\nFROM alpine:3.24\n',
        fixed: '# escape=/\n# escape=`\nLABEL a=b\nFROM alpine:3.24\n',
      },
      { code: '«ARG» VERSION=1\n', fixed: 'ARG VERSION=1\n' },
      { code: '# Nothing yet.\n«»', fixed: '# Nothing yet.\n' },
    ],
    good: [
      { code: 'FROM alpine:3.24\nRUN echo hello\n' },
      { code: '# Only a comment\nARG VERSION=3.24\nFROM alpine:${VERSION}\n' },
    ],
  },
  check: ({ model, report }) => {
    const tell = (problem: DockerfileProblem, isLater = false): void => {
      const { code, message, data, span: at } = problem;
      const fixes = fixesFor(model.text, problem);
      // The model has filled the holes of the code's text with exactly this data.
      if (isKnown(code)) report(isLater ? `later-${code}` : code, { at, data, fixes } as never);
      else report(isLater ? 'later' : otherMessage(problem), { at, data: { problem: message }, fixes });
    };
    const visit = (instruction: Instruction): void => {
      const isLater = instruction.onbuild !== null;
      const problems = isLater ? laterProblemsIn(model, instruction) : problemsIn(model, instruction);
      for (const problem of problems) tell(problem, isLater);
    };
    return {
      file() {
        for (const problem of problemsAround(model)) tell(problem);
      },
      instruction: { '*': visit },
    };
  },
});
