// copy-ignores-user: COPY behind USER, which makes files of root all the same.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isGivenAwayLater } from '../../insight/ownership-changes.ts';
import { isRoot } from '../../insight/runs-as.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { CopyInstruction, DockerfileModel, UserInstruction } from '../../model/dockerfile/model.ts';
import { insert } from '../../text/edit.ts';

/** The USER in force at an instruction, as written, where that is plain text. */
function writtenUser({ instructions }: DockerfileModel, copy: CopyInstruction): string | null {
  const chain = copy.stage?.chain ?? [];
  const user = instructions.findLast(
    (other): other is UserInstruction =>
      other.keyword === 'USER' &&
      other.stage !== null &&
      (other.stage === copy.stage ? other.index < copy.index : chain.includes(other.stage)),
  );
  const written = user?.words[0]?.value ?? '';
  // A layer of its own knows no accounts, and so no names.
  const isTaken = copy.flags.some(({ name }) => name === 'link') ? /^\d+(?::\d+)?$/ : /^[^\s$]+$/;
  return isTaken.test(written) ? written : null;
}

export default dockerfileRule({
  id: 'copy-ignores-user',
  category: 'correctness',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'COPY behind USER without an owner',
  messages: {
    'root-owned': {
      text: '{keyword} makes files of root, whatever USER says: {user} can read them, and not change them. Where it has to, say --chown={user}.',
      equivalents: ['tally:copy-after-user-without-chown', 'tally:ruby/state-paths-not-writable-as-non-root'],
    },
  },
  docs: {
    why: '`USER` is for `RUN` and for the process. `COPY` and `ADD` make files of root in any case, which surprises when the process, or the next `RUN`, wants to write them.',
    remedy:
      'Say `--chown` where the account has to write. For programs and settings the owner root is right: then leave the rule off, or copy before `USER`, which makes the intention clear.',
    limits: 'A `chown` behind it in the same stage is taken for the answer.',
    references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Whether the account has to write is known to its author. One that a variable names is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nUSER 1000:1000\n«COPY» --link a /app/\n«ADD» b.tar /app/\n',
        fixed:
          'FROM debian:13\nUSER 1000:1000\nCOPY --chown=1000:1000 --link a /app/\nADD --chown=1000:1000 b.tar /app/\n',
      },
      {
        code: 'FROM debian:13\nARG ACCOUNT=app\nUSER $ACCOUNT\n«COPY» a /app/\n',
        fixed: 'FROM debian:13\nARG ACCOUNT=app\nUSER $ACCOUNT\nCOPY a /app/\n',
      },
    ],
    good: [
      { code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nUSER ContainerUser\nCOPY a C:/app/\n' },
      { code: 'FROM debian:13\nCOPY a /app/\nUSER app\nCOPY --chown=app b /app/\n' },
      {
        code: 'FROM debian:13\nUSER app\nWORKDIR /app\nCOPY a src/\nUSER root\nRUN chown -R app /app\nUSER app\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (copy: CopyInstruction): void => {
      const { before, stage, flags, keyword, keywordSpan } = copy;
      const { user } = before;
      if (stage === null || copy.onbuild !== null || !user.known || isRoot(user.value) || user.value === '')
        return;
      if (flags.some(({ name }) => name === 'chown') || isGivenAwayLater(stage, copy)) return;
      const written = writtenUser(model, copy);
      // Files on Windows have no such owner.
      if (inspectStage(stage).system?.family === 'windows') return;
      const edit = insert(keywordSpan.end, ` --chown=${written}`);
      const fixes = written === null ? [] : [fix(`Give the files to ${written}`, 'suggestion', [edit])];
      report('root-owned', { at: keywordSpan, data: { keyword, user: written ?? user.value }, fixes });
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
