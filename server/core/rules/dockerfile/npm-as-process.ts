// npm-as-process: a container whose first process is a package manager.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';

/** What Node.js programs begin with by custom. */
const usualFiles = ['server.js', 'index.js', 'app.js', 'main.js', 'server.mjs', 'index.mjs'];

const runs = new Set(['start', 'run', 'run-script', 'exec']);

export default dockerfileRule({
  id: 'npm-as-process',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A package manager as the first process',
  messages: {
    npm: {
      text: '{program} stays the first process, starts a shell, and that the program: signals and exit codes get lost on the way, and it takes memory of its own. Start the program itself.',
    },
  },
  docs: {
    why: '`CMD ["npm", "start"]` makes three processes of one: npm, a shell, and node. Depending on its version, npm swallows `SIGTERM` or ends before the program has: `docker stop` cuts off requests, and logs end in errors of npm. A package manager in a running container is also one more program to keep up to date.',
    remedy:
      'Write what the script of `package.json` says: `CMD ["node", "server.js"]`. Where the build context has one file with a usual name, the repair writes that.',
    limits: '`package.json` is not read.',
    references: [
      'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd',
      'https://docs.npmjs.com/cli/commands/npm-start',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What the script starts stands in another file, and may need its options and variables.',
  },
  needs: ['context'],
  examples: {
    bad: [
      {
        code: 'FROM node:24-slim\nCMD [«"npm", "start"»]\n',
        fixed: 'FROM node:24-slim\nCMD ["node", "server.js"]\n',
        files: { 'package.json': '{}\n', 'server.js': '\n' },
      },
      {
        note: 'Nothing tells what is started.',
        code: 'FROM node:24-slim\nENTRYPOINT «yarn run» serve\n',
        fixed: 'FROM node:24-slim\nENTRYPOINT yarn run serve\n',
      },
    ],
    good: [
      { code: 'FROM node:24-slim\nCMD ["node", "server.js"]\n' },
      {
        code: 'FROM node:24-slim\nRUN npm run build\nHEALTHCHECK CMD ["npm", "run", "check"]\nCMD ["npm", "--version"]\n',
      },
      {
        note: 'Not what ships.',
        code: 'FROM node:24-slim AS dev\nCMD ["npm", "start"]\nFROM scratch\nCOPY --from=dev /a /\n',
      },
    ],
  },
  check: ({ facts, report }) => {
    const visit = (command: ShellCommand, process: Instruction): void => {
      const { name, nameWord, args } = command;
      const isProcess = process.keyword === 'CMD' || process.keyword === 'ENTRYPOINT';
      const verb = args.find(({ value }) => value?.startsWith('-') === false);
      if (!isProcess || nameWord === null || verb?.value == null || !process.stage?.isFinal) return;
      if (!runs.has(verb.value) || process.onbuild !== null) return;
      const files = facts.get('context', '.')?.files ?? [];
      const at = span(nameWord.span.start, verb.span.end);
      report('npm', { at, data: { program: name ?? '' }, fixes: fixesFor(process, command, files) });
    };
    return { command: { npm: visit, yarn: visit, pnpm: visit } };
  },
});

/** One file with a usual name, and nothing but the start of it. */
function fixesFor(process: Instruction, { args, wrappers }: ShellCommand, files: readonly string[]): Fix[] {
  const [file, ...others] = usualFiles.filter(name => files.includes(name));
  const isPlain = args.length === 1 && args[0]?.value === 'start' && wrappers.length === 0;
  if (file === undefined || others.length > 0 || !isPlain) return [];
  const whole = fileSpan(process.body, span(0, process.body.text.length));
  return [fix(`Start node ${file}`, 'suggestion', [replace(whole, `["node", ${JSON.stringify(file)}]`)])];
}
