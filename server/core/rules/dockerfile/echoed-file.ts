// echoed-file: a RUN that does nothing but write a text into a file.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isRoot } from '../../insight/runs-as.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellRedirect } from '../../model/shell/script.ts';
import { keywordLike } from '../../repairs/writing.ts';
import { replace } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

interface Echoed {
  readonly path: string;
  readonly content: string;
  readonly mode?: string;
}

const isWholePath = /^\/(?!(?:dev|proc|sys)\/)[\w./-]*[\w-]$/;

/** One word of `printf` without a `%`: lines that each end with `\n`. */
const printedLines = (format: string): string | undefined =>
  /^(?:[^%\\]*\\n)+$/.test(format) ? format.slice(0, -2).replaceAll('\\n', '\n') : undefined;

/** `echo words > /path` and `printf 'text\n' > /path`, where shells agree on what comes out. */
function echoedBy({ name, args, redirects }: ShellCommand, operator: string): Echoed | null {
  const [redirect, ...others] = redirects;
  const isMeant = redirect?.operator === operator && redirect.descriptor === null;
  const path = isMeant ? redirect.target?.value : null;
  if (path == null || others.length > 0 || !isWholePath.test(path)) return null;
  const words = args.map(({ value }) => value);
  const text = words.join(' ');
  if (words.includes(null) || words.length === 0 || words[0]?.startsWith('-')) return null;
  if (name === 'echo') return text.includes('\\') ? null : { path, content: text };
  const printed = words.length === 1 ? printedLines(text) : undefined;
  return printed === undefined ? null : { path, content: printed };
}

/** What `--chmod` says instead of `chmod` behind it. */
function modeFrom({ name, args }: ShellCommand, path: string | undefined): string | undefined {
  const [mode = '', target, ...more] = args.map(({ value }) => value ?? '');
  if (name !== 'chmod' || target !== path || more.length > 0) return undefined;
  return /^a?\+x$/.test(mode) ? '755' : /^0?[0-7]{3}$/.exec(mode)?.[0];
}

/** All that a RUN does: one command writes the file, others add to it, or say its mode. */
function writtenBy({ script }: RunInstruction): Echoed | null {
  const { commands, kind, complete } = script;
  if (kind !== 'posix' || !complete) return null;
  const parts: Echoed[] = [];
  let mode: string | undefined;
  for (const [index, command] of commands.entries()) {
    const { pipeline, substituted, wrappers, after } = command;
    const isPlain = pipeline === null && !substituted && wrappers.length === 0;
    const isJoined =
      index === commands.length - 1 ? after === null || after === ';' : /^(?:&&|;)$/.test(after ?? '');
    mode = isPlain && isJoined && after === null ? modeFrom(command, parts[0]?.path) : undefined;
    if (mode !== undefined) break;
    const part = isPlain && isJoined ? echoedBy(command, index === 0 ? '>' : '>>') : null;
    if (part === null || (parts[0] && parts[0].path !== part.path)) return null;
    parts.push(part);
  }
  const [first] = parts;
  return first
    ? { path: first.path, content: parts.map(({ content }) => content).join('\n'), ...(mode && { mode }) }
    : null;
}

interface Piped {
  readonly path: string;
  readonly heredoc: ShellRedirect;
  /** Behind `<<EOF` and the path, in whatever order. */
  readonly end: number;
}

/** `cat <<EOF > /path` or `tee /path <<EOF` alone, where the shell leaves the text as it is. */
function pipedBy({ script, heredocs }: RunInstruction): Piped | null {
  const [command, ...more] = script.commands;
  const [text, ...others] = heredocs;
  if (!command || !text || more.length + others.length > 0 || !script.complete || script.kind !== 'posix')
    return null;
  const { name, args, redirects, pipeline, wrappers } = command;
  if ((name !== 'cat' && name !== 'tee') || pipeline !== null || wrappers.length > 0) return null;
  if (text.endSpan === null || (text.expands && /[$`\\]/.test(text.content))) return null;
  const heredoc = redirects.find(({ operator }) => operator.startsWith('<<'));
  const output = redirects.find(({ operator, descriptor }) => operator === '>' && descriptor === null);
  const [written, ...rest] = name === 'tee' ? args : [output?.target, ...args];
  const path = written?.value;
  const isMore = rest.length > 0 || redirects.length !== (name === 'tee' ? 1 : 2);
  if (isMore || !heredoc || path == null || !isWholePath.test(path)) return null;
  return { path, heredoc, end: Math.max(written?.span.end ?? 0, heredoc.span.end) };
}

/** Heredocs came with version 1.4 of the Dockerfile syntax. */
const knowsHeredocs = ({ directives }: DockerfileModel): boolean => {
  const syntax = directives.find(({ name }) => name === 'syntax')?.value ?? '';
  return (
    syntax === '' ||
    (/^(?:docker\.io\/)?docker\/dockerfile/.test(syntax) && !/:1\.[0-3](?:\D|$)/.test(syntax))
  );
};

/** The file would have another owner, or COPY cannot say the same. */
function isMoreThanCopy(run: RunInstruction): boolean {
  const { user } = run.before;
  const ofBase = run.stage === null ? undefined : inspectStage(run.stage).facts?.user;
  const isOther = !isRoot(user.known ? user.value : (ofBase ?? 'root'));
  const isPlain = run.flags.length === 0 && run.onbuild === null;
  return !isPlain || isOther || run.comments.some(comment => comment.span.start > run.span.start);
}

/** The heredoc stays, the command in front of it goes. */
function copyPiped(model: DockerfileModel, run: RunInstruction, { path, heredoc, end }: Piped): Fix[] {
  const own = span(run.span.start, end);
  if (isMoreThanCopy(run) || spanText(model.text, own).includes('\n')) return [];
  const text = `${keywordLike(model, 'COPY')} ${spanText(model.text, heredoc.span)} ${path}`;
  return [fix(`Write ${path} with COPY`, 'unsafe', [replace(own, text)])];
}

function copyInstead(model: DockerfileModel, run: RunInstruction, { path, content, mode }: Echoed): Fix[] {
  const lines = content.split('\n');
  const hasEnd = run.heredocs.length > 0 || lines.includes('EOF');
  if (hasEnd || isMoreThanCopy(run) || !knowsHeredocs(model)) return [];
  const { eol } = model.layout;
  const text = [
    `${keywordLike(model, 'COPY')}${mode ? ` --chmod=${mode}` : ''} <<'EOF' ${path}`,
    ...lines,
    'EOF',
  ].join(eol);
  // What stands behind the last EOF would be part of it, a continuation without a next line too.
  const behind = /^[^\r\n]*/.exec(model.text.slice(run.span.end))?.[0] ?? '';
  if (behind.trim() !== '') return [];
  const whole = span(run.span.start, run.span.end + behind.length);
  return [fix(`Write ${path} with COPY`, 'unsafe', [replace(whole, text)])];
}

export default dockerfileRule({
  id: 'echoed-file',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A file written by a RUN of its own',
  messages: {
    echoed: {
      text: 'This RUN only writes {path}. `COPY <<EOF {path}` needs no shell and no quoting, and shows the file as it will be.',
      equivalents: ['tally:prefer-copy-heredoc'],
    },
  },
  docs: {
    why: 'A text that is echoed goes through the quoting of a shell, and every shell reads `echo` in its own way. `COPY` with a heredoc holds the file as it is, sets owner and mode (`--chown`, `--chmod`), works in images without a shell, and starts no container.',
    remedy: "Write the file with `COPY <<'EOF' /path`. The quotes keep the build from filling in variables.",
    limits: 'Only a RUN that does nothing else, and only texts without variables.',
    references: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A file that is there already keeps its mode and owner when it is written to, and does not when it is copied over. Behind a USER other than root, the owner would change.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN «echo» "deb https://example.com/debian trixie main" > /etc/apt/sources.list.d/a.list\n',
        fixed:
          "FROM debian:13\nCOPY <<'EOF' /etc/apt/sources.list.d/a.list\ndeb https://example.com/debian trixie main\nEOF\n",
      },
      {
        code: "FROM debian:13\nRUN «echo» a > /srv/list && \\\n    printf 'b c\\nd\\n' >> /srv/list\n",
        fixed: "FROM debian:13\nCOPY <<'EOF' /srv/list\na\nb c\nd\nEOF\n",
      },
      {
        code: "FROM debian:13\nRUN «cat» <<'EOF' > /srv/run.sh\necho $1\nEOF\nRUN «cat» > /srv/list <<-EOF\n\ta\n\tEOF\n",
        fixed: "FROM debian:13\nCOPY <<'EOF' /srv/run.sh\necho $1\nEOF\nCOPY <<-EOF /srv/list\n\ta\n\tEOF\n",
      },
      {
        code: 'FROM debian:13\nRUN «tee» /srv/a <<EOF\na\nEOF\nRUN <<EOF «tee» /srv/b\nb\nEOF\n',
        fixed: 'FROM debian:13\nCOPY <<EOF /srv/a\na\nEOF\nCOPY <<EOF /srv/b\nb\nEOF\n',
      },
      {
        code: 'FROM debian:13\nRUN «echo» "exec app" > /run.sh && chmod +x /run.sh\n',
        fixed: "FROM debian:13\nCOPY --chmod=755 <<'EOF' /run.sh\nexec app\nEOF\n",
      },
      {
        note: 'It would belong to root.',
        code: "FROM debian:13\nUSER app\nRUN «printf» 'a=b\\n' > /srv/app.conf\n",
        fixed: "FROM debian:13\nUSER app\nRUN printf 'a=b\\n' > /srv/app.conf\n",
      },
    ],
    good: [
      {
        note: 'The shell fills in a variable, or the file has a text already.',
        code: 'FROM debian:13\nRUN cat <<EOF > /version\n$VERSION\nEOF\nRUN cat <<EOF >> /etc/hosts.allow\na\nEOF\n',
      },
      {
        code: 'FROM debian:13\nRUN echo "$VERSION" > /version\nRUN echo a >> /etc/hosts.allow && echo b > /b\n',
      },
      {
        code: "FROM debian:13\nRUN echo 'a\\tb' > /a\nRUN printf '%s' x > /x\nRUN echo x > out/x\nRUN echo 1 > /proc/sys/vm/drop_caches\n",
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, run: Instruction): void => {
      if (run.keyword !== 'RUN' || run.script.commands[0] !== command) return;
      const echoed = writtenBy(run);
      if (echoed === null || command.nameWord === null) return;
      const fixes = copyInstead(model, run, echoed);
      report('echoed', { at: command.nameWord.span, data: { path: echoed.path }, fixes });
    };
    const visitHeredoc = ({ nameWord }: ShellCommand, run: Instruction): void => {
      const piped = run.keyword === 'RUN' ? pipedBy(run) : null;
      if (run.keyword !== 'RUN' || piped === null || nameWord === null) return;
      report('echoed', {
        at: nameWord.span,
        data: { path: piped.path },
        fixes: copyPiped(model, run, piped),
      });
    };
    return { command: { echo: visit, printf: visit, cat: visitHeredoc, tee: visitHeredoc } };
  },
});
