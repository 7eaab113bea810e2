// setuid-program: chmod u+s.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type ModeChange, modeChangeIn, modeOfCopy } from '../../insight/mode-changes.ts';
import { capabilityName, riskOf } from '../../knowledge/capabilities.ts';
import { withoutSetuid } from '../../knowledge/file-modes.ts';
import type { CopyInstruction, Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

function fixesFor({ mode, span: at }: ModeChange): Fix[] {
  const better = withoutSetuid(mode);
  return better === null ? [] : [fix(`Use ${better}`, 'unsafe', [replace(at, better)])];
}

/** New files of such a folder belong to its group: with the sticky bit that is surely meant. */
const isFolder = ({ grants, paths }: ModeChange): boolean =>
  grants.sticky || (paths.length > 0 && paths.every(path => path.endsWith('/')));

export default dockerfileRule({
  id: 'setuid-program',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A program that runs as its owner',
  messages: {
    setuid: {
      text: '{mode} makes the program run as its owner, mostly root, whoever calls it: one flaw in it is root for everybody in the container. Leave the bit out.',
      equivalents: ['sonar:S2612'],
    },
    capability: {
      text: '{name} lets whoever calls this program {deed}, where the container was given that capability. Leave it out.',
    },
    setgid: {
      text: '{mode} passes on the group: programs run with it, and new files of a folder belong to it. Leave the bit out unless a folder is meant.',
      severity: 'hint',
      equivalents: ['sonar:S2612'],
    },
  },
  docs: {
    why: 'A program with the setuid bit is the usual way from an ordinary account to root: `USER` is worth little while one lies in the image. With `no-new-privileges`, which hardened deployments set, such a program does not even work.',
    remedy:
      'Leave the bit out. Do what needs root while the image is built, or give the program the one capability it needs with `setcap`.',
    references: [
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html',
      'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A program that needs its owner’s rights fails afterwards. Where nothing but the bit is set, nothing would be left to say.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCOPY --chmod=«4755» tool /usr/local/bin/\nRUN chmod «u+s» /bin/ping && install -m «06755» a /bin/a\nUSER nobody\n',
        fixed:
          'FROM debian:13\nCOPY --chmod=755 tool /usr/local/bin/\nRUN chmod u+s /bin/ping && install -m 755 a /bin/a\nUSER nobody\n',
      },
      {
        code: 'FROM debian:13\nRUN setcap «cap_sys_admin»,cap_net_raw+ep /bin/a\nUSER nobody\n',
        fixed: 'FROM debian:13\nRUN setcap cap_sys_admin,cap_net_raw+ep /bin/a\nUSER nobody\n',
      },
      {
        code: 'FROM debian:13\nRUN chmod «2775» /srv && chmod «u+rwx,g+rxs» /data\nUSER nobody\n',
        fixed: 'FROM debian:13\nRUN chmod 775 /srv && chmod u+rwx,g+rx /data\nUSER nobody\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nRUN setcap cap_net_bind_service=+ep /bin/a && setcap cap_net_raw,cap_net_admin+eip /bin/b\n',
      },
      {
        code: 'FROM debian:13\nRUN chmod 0755 /a && chmod u-s,g-s /bin/su && chmod 3777 /run/db && chmod g+s /srv/\n',
      },
    ],
  },
  check: ({ report }) => {
    const judge = (change: ModeChange | null): void => {
      const { setuid = false, setgid = false } = change?.grants ?? {};
      if (change === null || !(setuid || setgid) || (!setuid && isFolder(change))) return;
      const at = change.span;
      report(setuid ? 'setuid' : 'setgid', { at, data: { mode: change.mode }, fixes: fixesFor(change) });
    };
    const inCommand = (command: ShellCommand, { keyword }: Instruction): void => {
      if (keyword === 'RUN') judge(modeChangeIn(command));
    };
    const inCopy = (copy: CopyInstruction): void => judge(modeOfCopy(copy));
    /** `cap_net_admin,cap_sys_admin+ep`. */
    const given = ({ args }: ShellCommand, { keyword }: Instruction): void => {
      const word = args.find(({ value }) => /^(?:cap_\w+,?)+[+=]\w+$/i.test(value ?? ''));
      if (keyword !== 'RUN' || word === undefined) return;
      for (const { 0: written, index } of word.raw.matchAll(/cap_\w+/gi)) {
        const name = capabilityName(written);
        const capability = riskOf(name);
        if (
          capability === undefined ||
          !/^(?:host|bounded|kernel)$/.test(capability.risk) ||
          name === 'NET_ADMIN'
        )
          continue;
        const start = word.span.start + index;
        report('capability', {
          at: span(start, start + written.length),
          data: { name, deed: capability.deed },
        });
      }
    };
    return {
      command: { setcap: given, chmod: inCommand, mkdir: inCommand, install: inCommand },
      instruction: { COPY: inCopy, ADD: inCopy },
    };
  },
});
