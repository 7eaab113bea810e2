// world-writable: chmod 777.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isPassing, type ModeChange, modeChangeIn, modeOfCopy } from '../../insight/mode-changes.ts';
import { withoutOthersWrite } from '../../knowledge/file-modes.ts';
import type { CopyInstruction, Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { replace } from '../../text/edit.ts';

const isTemporary = (path: string): boolean => /(?:^|\/)te?mp\/?$/.test(path);

function fixesFor({ mode, span, paths }: ModeChange): Fix[] {
  // Everybody writes into a folder for temporary files, and removes but his own.
  const isShared = paths.length > 0 && paths.every(isTemporary) && /^[0-7]{3}$/.test(mode);
  const better = isShared ? `1${mode}` : withoutOthersWrite(mode);
  return better === null ? [] : [fix(`Use ${better}`, 'unsafe', [replace(span, better)])];
}

export default dockerfileRule({
  id: 'world-writable',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Files that everybody may change',
  messages: {
    'others-write': {
      text: '{mode} lets every account change what is there, that of a process that was broken into as well. Give it to the account that needs it, with chown or --chown, and let others read.',
      equivalents: ['sonar:S2612', 'tally:world-writable-state-path-workaround'],
    },
    'copied-for-others': {
      text: '{mode} lets every account change what is copied, that of a process that was broken into as well. Let others read, and give it to the account that needs it with --chown.',
      equivalents: ['sonar:S2612', 'sonar:S6504', 'tally:world-writable-state-path-workaround'],
    },
  },
  docs: {
    why: '`chmod 777` is mostly the way around a question of ownership: the process could not write, now everybody can. Whoever gets into the container as any account then replaces programs, scripts and data that others run and read.',
    remedy:
      'Find out which account writes, and give it the files: `chown`, `COPY --chown`, or, where the number is not known beforehand as on OpenShift, `chgrp -R 0` and `chmod -R g=u`. The repair takes the right to write from everybody else, and makes a folder for temporary files what `/tmp` is.',
    limits:
      'Modes with the sticky bit (`1777`) are left alone: that is how shared folders are made. `chmod +w` without a letter for whom follows the umask, and gives others nothing.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
      'https://cwe.mitre.org/data/definitions/732.html',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A process under another account can no longer write there. Where nothing but the right is given, nothing would be left to say.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN mkdir /data && \\\n    chmod -R «777» /data /srv && chmod «a+rwx» /app\nUSER nobody\n',
        fixed:
          'FROM debian:13\nRUN mkdir /data && \\\n    chmod -R 775 /data /srv && chmod ug+rwx,o+rx /app\nUSER nobody\n',
      },
      {
        code: 'FROM debian:13\nCOPY --chmod=«0666» a /a\nRUN mkdir -pm «777» /tmp && chmod «o+w» /b\nUSER nobody\n',
        fixed:
          'FROM debian:13\nCOPY --chmod=0664 a /a\nRUN mkdir -pm 1777 /tmp && chmod o+w /b\nUSER nobody\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nRUN chmod 755 /a && chmod g+w /b && chmod +w /c && chmod a-w /d\n' },
      {
        note: 'Nothing of it is left in the image.',
        code: 'FROM debian:13\nRUN tmp="$(mktemp -d)" && chmod 777 "$tmp" && cd "$tmp" && make && rm -r "$tmp"\n',
      },
      {
        note: 'A shared folder.',
        code: 'FROM debian:13\nRUN mkdir -m 1777 /var/cache/app && echo chmod 777\n',
      },
    ],
  },
  check: ({ report }) => {
    const judge = (
      change: ModeChange | null,
      message: 'others-write' | 'copied-for-others' = 'others-write',
    ): void => {
      if (change === null || !change.grants.othersWrite || change.grants.sticky) return;
      report(message, { at: change.span, data: { mode: change.mode }, fixes: fixesFor(change) });
    };
    const inCommand = (command: ShellCommand, run: Instruction): void => {
      if (run.keyword === 'RUN' && !isPassing(command, run.script)) judge(modeChangeIn(command));
    };
    const inCopy = (copy: CopyInstruction): void => judge(modeOfCopy(copy), 'copied-for-others');
    return {
      command: { chmod: inCommand, mkdir: inCommand, install: inCommand },
      instruction: { COPY: inCopy, ADD: inCopy },
    };
  },
});
