// single-stage-build: the image that runs is the one that was built in.
import { dockerfileRule } from '../../engine/rule.ts';
import { buildVerbAt } from '../../knowledge/build-tools.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'single-stage-build',
  category: 'size',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'Built and run in one stage',
  messages: {
    single: {
      text: '`{command}` builds in the image that runs, which keeps the compiler, the sources and all that the build has fetched. Build in a stage of its own, and copy the result.',
      equivalents: ['tally:prefer-multi-stage-build'],
    },
  },
  docs: {
    why: 'What builds a program is mostly many times larger than the program: a Go image has 800 MB, the result 10. In one stage all of it is shipped, with the sources, caches and credentials that the build saw.',
    remedy:
      'Name the stage (`FROM golang:1.27 AS build`), begin another one behind it with what the program needs to run, and take the result over: `COPY --from=build /out/app /app`.',
    limits:
      'Silent as soon as the file has a second stage. Only the tools of the common languages are known.',
    references: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  fix: {
    availability: 'never',
    why: 'What the result consists of, and what it needs to run, is known to its author.',
  },
  examples: {
    bad: [
      {
        code: 'FROM golang:1.27\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 «go build» -o /app .\nUSER 65532\nCMD ["/app"]\n',
      },
      {
        code: 'FROM node:24.9\nWORKDIR /src\nCOPY . .\nRUN npm ci && «npm run build»\nUSER node\nCMD ["node", "dist"]\n',
      },
    ],
    good: [
      {
        code: 'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /\nUSER 65532\nCMD ["/app"]\n',
      },
      { code: 'FROM node:24.9\nRUN npm ci && go env\nUSER node\nCMD ["npm", "run", "build"]\n' },
    ],
  },
  check: ({ model, report }) => ({
    stage({ instructions }) {
      if (model.stages.length !== 1) return;
      for (const instruction of instructions) {
        if (instruction.keyword !== 'RUN') continue;
        for (const { name, nameWord, args } of instruction.script.commands) {
          const verbAt = buildVerbAt(
            name,
            args.map(({ value }) => value),
          );
          const verb = args[verbAt];
          if (nameWord === null || verb === undefined) continue;
          const at = span(nameWord.span.start, verb.span.end);
          const command = [name, ...args.slice(0, verbAt + 1).map(({ raw }) => raw)].join(' ');
          report('single', { at, data: { command } });
          return;
        }
      }
    },
  }),
});
