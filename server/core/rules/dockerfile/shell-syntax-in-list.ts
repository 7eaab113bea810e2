// shell-syntax-in-list: a JSON list with what only a shell would read.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { processOf } from '../../insight/process.ts';
import type { ProcessInstruction, RunInstruction, Word } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

type Listed = ProcessInstruction | RunInstruction;

const operator = /^(?:&&|\|\|?|[12]?>{1,2}|2>&1|&>|&)$/;
const variable = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*[^}]*\})/;
const shell = /(?:^|[\\/])(?:(?:ba|da|a|z|k|mk)?sh|cmd|powershell|pwsh|busybox)(?:\.exe)?$/i;
/** They fill in variables themselves, or hand them to somebody who does. */
const fillsIn = /(?:^|\/)(?:envsubst|ssh|xargs|awk|perl|make)$/;

const isReadByShell = (words: readonly Word[]): boolean =>
  words.some(({ value }) => shell.test(value) || fillsIn.test(value));

/** A program and its arguments in one word; a path may have a blank in it. */
function isWholeCommand({ value }: Word): boolean {
  const [program = '', next = ''] = value.split(/\s+/);
  return next !== '' && /^[\w./-]+$/.test(program) && (!program.startsWith('/') || !/^[^-].*\//.test(next));
}

const quoted = ({ value }: Word): string =>
  operator.test(value) || /^[\w./:=@%+,-]+$/.test(value) ? value : `"${value.replace(/(["\\`])/g, '\\$1')}"`;

/** A shell that is replaced by the program, as long as there is only one. */
function asScript(words: readonly Word[]): Fix[] {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return [];
  const text = words.length === 1 ? first.value : words.map(quoted).join(' ');
  const isOne = !/&&|\|\||[;|]|&$/.test(text);
  const list = ['sh', '-c', isOne ? `exec ${text}` : text].map(word => JSON.stringify(word)).join(', ');
  return [fix('Let a shell read it', 'unsafe', [replace(span(first.span.start, last.span.end), list)])];
}

function splitFixes(word: Word, { keyword, words }: Listed): Fix[] {
  if (/["'`$&|;<>*?\\]/.test(word.value)) return keyword === 'ENTRYPOINT' ? [] : asScript(words);
  const list = word.value.split(/\s+/).map(part => JSON.stringify(part));
  return [fix('Make a word of each', 'unsafe', [replace(word.span, list.join(', '))])];
}

export default dockerfileRule({
  id: 'shell-syntax-in-list',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A list with what only a shell would read',
  messages: {
    command: {
      text: 'A list names the program by its first word: no program is called "{word}", and the container does not start. Make a word of each part.',
    },
    operator: {
      text: 'No shell reads a list: `{word}` is one more argument of {program}. Write `["sh", "-c", "..."]` for it.',
    },
    variable: {
      text: 'No shell reads a list: {program} is given `{word}` as it stands, and not the value. Write `["sh", "-c", "exec ..."]` for it.',
    },
  },
  docs: {
    why: 'In the exec form the words of the list are handed to the program as they are. Variables, redirections and `&&` are the work of a shell, and there is none.',
    remedy:
      'Write one word of the list for each word of the command. Where a variable or a pipe is needed, name the shell: `["sh", "-c", "exec app --port=$PORT"]`; with `exec` the program takes its place, and gets its signals.',
    limits:
      'Lists that name a shell are left alone, and those of CMD behind an ENTRYPOINT, which may see to it. Health checks are judged by useless-healthcheck.',
    references: ['https://docs.docker.com/reference/dockerfile/#exec-form'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'What did not work before does something. A shell in ENTRYPOINT would drop its arguments: that is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.6\nUSER 1000\nENTRYPOINT [«"java -jar /app.jar"»]\n',
        fixed: 'FROM debian:13.6\nUSER 1000\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
      },
      {
        code: 'FROM debian:13.6\nRUN ["app", "--init", «"&&"», "app", "--check"]\nUSER 1000\nCMD ["app", «"--port=$PORT"», "a b"]\n',
        fixed:
          'FROM debian:13.6\nRUN ["sh", "-c", "app --init && app --check"]\nUSER 1000\nCMD ["sh", "-c", "exec app \\"--port=$PORT\\" \\"a b\\""]\n',
      },
      {
        note: 'A shell would drop what is given to the entrypoint.',
        code: 'FROM debian:13.6\nUSER 1000\nENTRYPOINT ["app", «"${HOME}/app.yaml"»]\n',
        fixed: 'FROM debian:13.6\nUSER 1000\nENTRYPOINT ["app", "${HOME}/app.yaml"]\n',
      },
      {
        code: 'FROM debian:13.6\nUSER 1000\nCMD [«"cd /app && ./run"»]\n',
        fixed: 'FROM debian:13.6\nUSER 1000\nCMD ["sh", "-c", "cd /app && ./run"]\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.6\nUSER 1000\nRUN ["find", "/a", "-exec", "rm", "{}", ";"]\nCMD ["sh", "-c", "exec app --port=$PORT > /dev/stderr"]\n',
      },
      {
        note: 'The entrypoint is a shell; a path with a blank; what is no variable.',
        code: 'FROM debian:13.6 AS a\nENTRYPOINT ["bash", "-c"]\nCMD ["a && b"]\nFROM debian:13.6\nUSER 1000\nCMD ["/opt/my app/bin/run", "^a$", "$5", "a > b"]\n',
      },
    ],
  },
  check: ({ report }) => {
    const visit = (instruction: Listed): void => {
      const { words, json, keyword, stage } = instruction;
      const [first] = words;
      if (!json || first === undefined || isReadByShell(words)) return;
      if (keyword === 'CMD' && stage && processOf(stage, 'ENTRYPOINT')) return;
      if (isWholeCommand(first)) {
        const fixes = splitFixes(first, instruction);
        report('command', { at: first.span, data: { word: first.value }, fixes });
        return;
      }
      const program = first.value;
      const odd = words.slice(1).find(({ value }) => operator.test(value) || variable.test(value));
      if (odd === undefined) return;
      const fixes = keyword === 'ENTRYPOINT' ? [] : asScript(words);
      report(operator.test(odd.value) ? 'operator' : 'variable', {
        at: odd.span,
        data: { word: odd.value, program },
        fixes,
      });
    };
    return { instruction: { RUN: visit, CMD: visit, ENTRYPOINT: visit } };
  },
});
