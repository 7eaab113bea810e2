// log-to-file: the process writes its log into the container.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { ProcessInstruction } from '../../model/dockerfile/model.ts';
import type { ShellRedirect, ShellWord } from '../../model/shell/script.ts';
import { remove, replace } from '../../text/edit.ts';
import { type Span, span } from '../../text/span.ts';

/** Options that name a file for the log: `--log-file=/x`, `--error-logfile /x`. */
const option = /^--?(?:access[-_]?|error[-_]?)?log-?(?:file|path)(?:=(?<path>.*))?$/;

const isLogFile = (path: string): boolean =>
  /^\/(?!dev\/|proc\/)[^\s]*$/.test(path) && (/\.(?:log|out|err)$/.test(path) || /^\/var\/log\//.test(path));

export default dockerfileRule({
  id: 'log-to-file',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A log inside of the container',
  messages: {
    redirected: {
      text: 'The output goes to {path} in the container: `docker logs` shows nothing, the file grows without end, and is lost with the container. Write to standard output.',
    },
    option: {
      text: 'The log goes to {path} in the container: `docker logs` shows nothing of it, the file grows without end, and is lost with the container. Write to standard output.',
    },
  },
  docs: {
    why: 'Engines and orchestrators collect what the process writes to standard output and standard error. A log in a file of the container is not rotated, is not seen by `docker logs`, fills the disk of the host, and goes when the container goes.',
    remedy:
      'Let the program write to standard output and standard error. The repair removes the redirection, or names `/dev/stdout` and `/dev/stderr` instead of the file. Programs that can only write files are given a link: `RUN ln -sf /dev/stdout /var/log/app.log`.',
    references: ['https://docs.docker.com/engine/logging/', 'https://12factor.net/logs'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'Who reads the file today finds it no more.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCMD app --port 80 «>> /var/log/app.log» 2>&1\n',
        fixed: 'FROM debian:13\nCMD app --port 80 2>&1\n',
      },
      {
        code: 'FROM debian:13\nCMD ["app", "--access-logfile", «"/var/log/a.log"», "--error-logfile=«/var/log/e.log»"]\n',
        fixed:
          'FROM debian:13\nCMD ["app", "--access-logfile", "/dev/stdout", "--error-logfile=/dev/stderr"]\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nCMD app > /dev/null 2>/proc/self/fd/1\n' },
      {
        code: 'FROM debian:13\nRUN make > /var/log/make.log\nCMD ["app", "--log-file=-"]\nENTRYPOINT setup > /etc/app.conf && app\n',
      },
    ],
  },
  check: ({ model: { text }, report }) => {
    const visit = ({ script }: ProcessInstruction): void => {
      for (const redirect of script.redirects) {
        const path = redirect.target?.value;
        if (path == null || !/^&?>>?\|?&?$/.test(redirect.operator) || !isLogFile(path)) continue;
        const fixes = [fix('Remove the redirection', 'unsafe', [remove(withBlanks(text, redirect))])];
        report('redirected', { at: redirect.span, data: { path }, fixes });
      }
      for (const { args } of script.commands) {
        args.forEach((word, index) => {
          const found = optionValue(word, args[index + 1]);
          if (found === null || !isLogFile(found.path)) return;
          const stream = /err/.test(word.value ?? '') ? '/dev/stderr' : '/dev/stdout';
          const written = text.startsWith('"', found.at.start) ? `"${stream}"` : stream;
          const fixes = [fix(`Write to ${stream}`, 'unsafe', [replace(found.at, written)])];
          report('option', { at: found.at, data: { path: found.path }, fixes });
        });
      }
    };
    return { instruction: { CMD: visit, ENTRYPOINT: visit } };
  },
});

/** With the blanks in front of it. */
function withBlanks(text: string, { span: { start, end } }: ShellRedirect): Span {
  const blanks = /[ \t]*$/.exec(text.slice(Math.max(0, start - 100), start))?.[0].length ?? 0;
  return span(start - blanks, end);
}

function optionValue(word: ShellWord, next: ShellWord | undefined): { path: string; at: Span } | null {
  const match = option.exec(word.value ?? '');
  if (match === null) return null;
  const path = match.groups?.path;
  if (path === undefined) return next?.value == null ? null : { path: next.value, at: next.span };
  const start = word.span.start + word.raw.indexOf(path);
  return word.raw.includes(path) ? { path, at: span(start, start + path.length) } : null;
}
