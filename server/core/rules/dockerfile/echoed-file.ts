// echoed-file: a RUN that does nothing but write a text into a file.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isRoot } from '../../insight/runs-as.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { keywordLike } from '../../repairs/writing.ts';
import { replace } from '../../text/edit.ts';

interface Echoed {
  readonly path: string;
  readonly content: string;
}

/** `echo words > /path` and `printf 'text\n' > /path`, where shells agree on what comes out. */
function echoedBy({ name, args, redirects }: ShellCommand): Echoed | null {
  const [redirect, ...others] = redirects;
  const path = redirect?.operator === '>' && redirect.descriptor === null ? redirect.target?.value : null;
  if (path == null || others.length > 0 || !/^\/[\w./-]*[\w-]$/.test(path)) return null;
  const words = args.map(({ value }) => value);
  const text = words.join(' ');
  if (words.includes(null) || words.length === 0 || words[0]?.startsWith('-')) return null;
  if (name === 'echo') return text.includes('\\') ? null : { path, content: text };
  const [, line] = words.length === 1 ? (/^([^%\\]*)\\n$/.exec(text) ?? []) : [];
  return line === undefined ? null : { path, content: line };
}

/** Heredocs came with version 1.4 of the Dockerfile syntax. */
const knowsHeredocs = ({ directives }: DockerfileModel): boolean => {
  const syntax = directives.find(({ name }) => name === 'syntax')?.value ?? '';
  return (
    syntax === '' ||
    (/^(?:docker\.io\/)?docker\/dockerfile/.test(syntax) && !/:1\.[0-3](?:\D|$)/.test(syntax))
  );
};

function copyInstead(model: DockerfileModel, run: RunInstruction, { path, content }: Echoed): Fix[] {
  const { user } = run.before;
  const ofBase = run.stage === null ? undefined : inspectStage(run.stage).facts?.user;
  const isOther = !isRoot(user.known ? user.value : (ofBase ?? 'root'));
  const lines = content.split('\n');
  const isPlain = run.flags.length === 0 && run.heredocs.length === 0 && run.onbuild === null;
  if (!isPlain || isOther || lines.includes('EOF') || !knowsHeredocs(model)) return [];
  if (run.comments.some(({ span }) => span.start > run.span.start)) return [];
  const { eol } = model.layout;
  const text = [`${keywordLike(model, 'COPY')} <<'EOF' ${path}`, ...lines, 'EOF'].join(eol);
  return [fix(`Write ${path} with COPY`, 'unsafe', [replace(run.span, text)])];
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
    limits: 'Only a RUN of one command, and only texts without variables.',
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
        note: 'It would belong to root.',
        code: "FROM debian:13\nUSER app\nRUN «printf» 'a=b\\n' > /srv/app.conf\n",
        fixed: "FROM debian:13\nUSER app\nRUN printf 'a=b\\n' > /srv/app.conf\n",
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nRUN echo "$VERSION" > /version\nRUN echo a >> /etc/hosts.allow && echo b > /b\n',
      },
      { code: "FROM debian:13\nRUN echo 'a\\tb' > /a\nRUN printf '%s' x > /x\nRUN echo x > out/x\n" },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, run: Instruction): void => {
      if (run.keyword !== 'RUN' || run.script.kind !== 'posix' || run.script.commands.length !== 1) return;
      const echoed = command.pipeline === null && !command.substituted ? echoedBy(command) : null;
      if (echoed === null || command.nameWord === null || !run.script.complete) return;
      const fixes = copyInstead(model, run, echoed);
      report('echoed', { at: command.nameWord.span, data: { path: echoed.path }, fixes });
    };
    return { command: { echo: visit, printf: visit } };
  },
});
