// bashism: a script for bash that another shell reads.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { bashismsIn, type FoundBashism } from '../../insight/bashisms.ts';
import { inspectStage } from '../../insight/stage.ts';
import { shellBehind } from '../../knowledge/shellcheck-codes.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellScript } from '../../model/shell/script.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';
import { replace } from '../../text/edit.ts';

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The images of Debian and Ubuntu have bash as well. */
function useBash(model: DockerfileModel, run: RunInstruction): Fix[] {
  if (run.onbuild !== null || run.before.shell.setAt !== null) return [];
  const edit = insertBefore(model, run, [`${keywordLike(model, 'SHELL')} ["/bin/bash", "-c"]`]);
  return [fix('Let bash read it', 'unsafe', [edit], { group: 'pipefail' })];
}

function fixesFor(
  model: DockerfileModel,
  instruction: Instruction,
  shell: string,
  { instead, at }: FoundBashism,
): Fix[] {
  if (instead !== undefined) return [fix(`Write ${instead}`, 'unsafe', [replace(at, instead)])];
  return shell === 'dash' && instruction.keyword === 'RUN' ? useBash(model, instruction) : [];
}

export default dockerfileRule({
  id: 'bashism',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A script for bash, read by another shell',
  messages: {
    bashism: {
      text: '`{written}` belongs to bash, and `sh` is {shell} here: it {outcome}. Set `SHELL ["/bin/bash", "-c"]`, or write it as `sh` knows it.',
    },
  },
  docs: {
    why: 'RUN is read by `/bin/sh`, which is dash on Debian and Ubuntu, and the shell of busybox on Alpine. Some of what bash knows makes them fail. The rest is worse: `if [[ ... ]]` is a command that is not found, so that the branch is never taken, and the build goes on.',
    remedy:
      'Say `SHELL ["/bin/bash", "-c"]` where the image has bash, as those of Debian and Ubuntu do, or write `.`, `=`, `>file 2>&1`, `printf`, which every shell knows.',
    limits:
      'Only where the base tells which shell `sh` is; once for each kind in an instruction. A `shellcheck` of the machine knows more of them.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#shell',
      'https://wiki.ubuntu.com/DashAsBinSh',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'What was skipped until now is run. Where bash may be missing there is no repair.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.6\nRUN «source» /etc/profile && [ "$A" «==» b ]\nRUN if «[[» $A == b* ]]; then make; fi\n',
        fixed:
          'FROM debian:13.6\nRUN . /etc/profile && [ "$A" = b ]\nSHELL ["/bin/bash", "-c"]\nRUN if [[ $A == b* ]]; then make; fi\n',
      },
      {
        code: 'FROM ubuntu:26.04\nRUN mkdir -p «/srv/{a,b}» && echo «-e» "a\\\\tb" «&>» /log && «list=(a b)» && make «"${list[@]}"» «${A//x/y}»\n',
        fixed:
          'FROM ubuntu:26.04\nSHELL ["/bin/bash", "-c"]\nRUN mkdir -p /srv/{a,b} && echo -e "a\\\\tb" &> /log && list=(a b) && make "${list[@]}" ${A//x/y}\n',
      },
      {
        note: 'The shell of busybox knows some of it.',
        code: 'FROM alpine:3.22\nRUN source /a && [[ -f b ]] && «pushd» c && echo -e "${A//x/y}"\n',
        fixed: 'FROM alpine:3.22\nRUN source /a && [[ -f b ]] && pushd c && echo -e "${A//x/y}"\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.6\nSHELL ["/bin/bash", "-c"]\nRUN source /a && [[ -f b ]]\n' },
      {
        note: 'A comment for hadolint names the shell.',
        code: 'FROM debian:13.6\n# hadolint shell=bash\nRUN source /a && [[ -f b ]]\n',
      },
      {
        note: 'Bash reads it, or nobody does.',
        code: 'FROM debian:13.6\nRUN bash -c "source /a && [[ -f b ]]" && echo "[[ a ]]" \'${A//x/y}\' "{a,b}" ${A:-b} # [[ x ]]\nRUN ["source", "/a"]\n',
      },
      { note: 'Nobody knows its shell.', code: 'FROM registry.example.com/base:7\nRUN source /a\n' },
      { code: 'FROM fedora:43\nRUN source /a && [[ -f b ]]\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (instruction: Instruction, script: ShellScript): void => {
      if (script.kind !== 'posix' || script.interpreter === null || instruction.stage === null) return;
      const family = inspectStage(instruction.stage).system?.family;
      const shell = shellBehind(baseName(script.interpreter), family);
      if (shell !== 'dash' && shell !== 'ash') return;
      for (const bashism of bashismsIn(script, shell)) {
        const { at, written, outcome } = bashism;
        report('bashism', {
          at,
          data: { written, shell, outcome },
          equivalents: [`hadolint:SC${bashism.code}`],
          fixes: fixesFor(model, instruction, shell, bashism),
        });
      }
    };
    return {
      instruction: {
        RUN: run => visit(run, run.script),
        CMD: cmd => visit(cmd, cmd.script),
        ENTRYPOINT: entrypoint => visit(entrypoint, entrypoint.script),
        HEALTHCHECK: check => visit(check, check.script),
      },
    };
  },
});
