// unused-account: an account that is created, and root that runs the process.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { accountCall } from '../../insight/accounts.ts';
import { ownsFiles } from '../../insight/ownership-changes.ts';
import { commandsOf } from '../../insight/run-effects.ts';
import { runsAs } from '../../insight/runs-as.ts';
import { inspectStage } from '../../insight/stage.ts';
import { idleOnWindows } from '../../insight/windows-accounts.ts';
import type { Stage } from '../../model/dockerfile/model.ts';
import type { ShellWord } from '../../model/shell/script.ts';
import { userFixes } from '../../repairs/user.ts';
import { insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';

/** The words that name the account where it is made. */
function namesMade({ chain }: Stage, account: string): ShellWord[] {
  const commands = commandsOf(chain.flatMap(({ instructions }) => instructions));
  return commands.flatMap(command => {
    const isMaking = command.name === 'useradd' || command.name === 'adduser';
    if (!isMaking || accountCall(command)?.operands[0] !== account) return [];
    return command.args.filter(({ value }) => value === account).slice(-1);
  });
}

export default dockerfileRule({
  id: 'unused-account',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An account that nobody uses',
  messages: {
    unused: {
      text: 'The account {name} is created, but no USER, no chown and no entrypoint uses it: the process keeps all rights. Set USER {name}.',
      equivalents: ['tally:user-created-but-never-used'],
    },
  },
  docs: {
    why: 'Somebody meant the process to run without privileges, created the account, and stopped there. Readers see `useradd` and take it for done.',
    remedy: 'Set `USER` to the account, or do not create it.',
    limits:
      'An account that owns files, or that an entrypoint changes to, counts as used. Entrypoint scripts are not read: where gosu, su-exec or setpriv is installed, it is assumed to be used.',
    references: ['https://docs.docker.com/build/building/best-practices/#user'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Only a run shows whether the process needs files or ports that root alone may use.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN groupadd -r app && useradd -r -g app «app»\nCMD ["app"]\n',
        fixed: 'FROM debian:13\nRUN groupadd -r app && useradd -r -g app app\nUSER app\nCMD ["app"]\n',
      },
      {
        note: 'Created in the stage that the last one is made from.',
        code: 'FROM alpine:3.24 AS base\nRUN adduser -S «web»\nFROM base\nWORKDIR /srv/web\nCOPY app /app\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.24 AS base\nRUN adduser -S web\nFROM base\nWORKDIR /srv/web\nCOPY app /app\nUSER web\nCMD ["/app"]\n',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN net user /add «app»\nCMD ["app.exe"]\n',
        fixed:
          'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN net user /add app\nUSER app\nCMD ["app.exe"]\n',
      },
    ],
    good: [
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN net user app /add && icacls C:\\\\app /grant app:F\nCMD ["app.exe"]\n',
      },
      {
        note: 'By its number.',
        code: 'FROM debian:13\nRUN useradd -u 1001 app && chown -R 1001 /srv\nCMD ["app"]\n',
      },
      { code: 'FROM debian:13\nRUN useradd app\nUSER app\nCMD ["app"]\n' },
      {
        note: 'It owns files.',
        code: 'FROM debian:13\nRUN useradd app\nCOPY --chown=app . /app\nCMD ["app"]\n',
      },
      {
        note: 'The entrypoint changes to it.',
        code: 'FROM debian:13\nRUN useradd app\nENTRYPOINT ["gosu", "app", "/run.sh"]\n',
      },
      {
        note: 'Only the stage that ships counts.',
        code: 'FROM debian:13 AS build\nRUN useradd app\nFROM debian:13\nCMD ["x"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      const insight = inspectStage(stage);
      if (insight.system?.family === 'windows') {
        const { user } = stage.final;
        const [idle] = user.known && user.value !== 'ContainerAdministrator' ? [] : idleOnWindows(stage);
        if (idle === undefined) return;
        const edit = insertIntoRuntimePart(model, stage, [`${keywordLike(model, 'USER')} ${idle.name}`]);
        const fixes = edit ? [fix(`Run as ${idle.name}`, 'unsafe', [edit])] : [];
        report('unused', { at: idle.at, data: { name: idle.name }, fixes });
        return;
      }
      const runs = runsAs(insight);
      if (runs.kind !== 'root') return;
      const created = insight.accounts.filter(
        ({ name, uid }) => ![name, `${uid}`].some(owner => ownsFiles(stage, owner)),
      );
      for (const { name } of created) {
        const [word] = namesMade(stage, name);
        if (word === undefined) continue;
        const fixes = userFixes(model, insight, runs.setAt, 'unsafe');
        report('unused', { at: word.span, data: { name }, fixes });
        return;
      }
    },
  }),
});
