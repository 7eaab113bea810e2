// dropped-groups: USER name:group, which leaves every other group behind.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { supplementaryGroups } from '../../insight/memberships.ts';
import { isNumeric } from '../../insight/owner.ts';
import { isRoot } from '../../insight/runs-as.ts';
import { remove } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'dropped-groups',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Groups that USER leaves behind',
  messages: {
    dropped: {
      text: 'With a group in USER the process has that one alone: {user} was put into {groups} for nothing. Leave the group out.',
      equivalents: ['tally:user-explicit-group-drops-supplementary-groups'],
    },
  },
  docs: {
    why: '`USER app` gives the process all groups of the account. `USER app:app` gives it one, and drops the rest without a word: the socket or the device that another group was for stays closed.',
    remedy: 'Leave the group out: the account’s own group is taken anyway.',
    references: ['https://docs.docker.com/reference/dockerfile/#user'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The process has more groups afterwards, as the file meant it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN groupadd docker && useradd -g app -G docker,audio app && usermod -aG video app\nUSER app«:app»\n',
        fixed:
          'FROM debian:13\nRUN groupadd docker && useradd -g app -G docker,audio app && usermod -aG video app\nUSER app\n',
      },
      {
        code: 'FROM alpine:3.24\nRUN adduser -S app && addgroup app docker\nUSER app«:nogroup»\nRUN id\n',
        fixed: 'FROM alpine:3.24\nRUN adduser -S app && addgroup app docker\nUSER app\nRUN id\n',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN net user app /add && net localgroup writers app /add\nUSER app«:users»\n',
        fixed:
          'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN net user app /add && net localgroup writers app /add\nUSER app\n',
      },
      {
        code: 'FROM mcr.microsoft.com/powershell:7.5-windowsservercore-ltsc2025\nSHELL ["pwsh", "-Command"]\nRUN Add-LocalGroupMember -Group docker -Member app\nUSER app«:users»\n',
        fixed:
          'FROM mcr.microsoft.com/powershell:7.5-windowsservercore-ltsc2025\nSHELL ["pwsh", "-Command"]\nRUN Add-LocalGroupMember -Group docker -Member app\nUSER app\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nRUN useradd -g app -G docker app\nUSER app\n' },
      {
        note: 'That very group, and no other.',
        code: 'FROM debian:13\nRUN useradd -G docker app\nUSER app:docker\nUSER 1000:1000\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      USER({ user, group, stage, words: [word], onbuild }) {
        if (stage === null || onbuild !== null || word === undefined || !user.known || !group?.known) return;
        if (isRoot(user.value) || isNumeric(user.value)) return;
        const lost = supplementaryGroups(stage, user.value).filter(name => name !== group.value);
        const colon = word.raw.lastIndexOf(':');
        const at = span(word.span.start + colon, word.span.end);
        if (lost.length === 0 || colon < 0 || spanText(model.text, at) !== word.raw.slice(colon)) return;
        const fixes = [fix('Leave the group out', 'unsafe', [remove(at)])];
        report('dropped', { at, data: { user: user.value, groups: lost.join(', ') }, fixes });
      },
    },
  }),
});
