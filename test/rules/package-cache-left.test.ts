// package-cache-left: what is left, what counts as cleaning, and what a later RUN still needs.
import rule from '../../server/core/rules/dockerfile/package-cache-left.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const row = (name: string, run: string, messages: string, fixed?: string): Row => {
  const code = `FROM a\nRUN ${run}\n`;
  return fixed === undefined ? [name, code, messages] : [name, code, messages, `FROM a\nRUN ${fixed}\n`];
};

const update = '«apt-get update» && apt-get install -y b';
const clean = 'rm -rf /var/lib/apt/lists/*';

const apt: readonly Row[] = [
  row('cleaned', `apt-get update && apt-get install -y b && ${clean}`, ''),
  row('a folder above', 'apt-get update && apt-get install -y b && rm -rf /var/lib/apt', ''),
  row('from within', 'apt-get update && apt-get install -y b && cd /var/lib && rm -rf apt dpkg', ''),
  row('by apt itself', 'apt-get update && apt-get install -y b && apt-get distclean', ''),
  row('by a script that says so', 'apt-get update && apt-get install -y b && /build/cleanup.sh', ''),
  row(
    'only the packages',
    `${update} && apt-get clean`,
    'apt-cleaned',
    `${update.replace(/[«»]/g, '')} && apt-get clean && ${clean}`,
  ),
  row(
    'only a part',
    `${update} && rm -rf /var/lib/apt/lists/partial`,
    'apt',
    `${update.replace(/[«»]/g, '')} && rm -rf /var/lib/apt/lists/partial && ${clean}`,
  ),
  row('too early', `${clean} && ${update}`, 'apt', `${clean} && ${update.replace(/[«»]/g, '')} && ${clean}`),
  row(
    'with sudo',
    'sudo «apt-get update» && sudo apt-get install -y b',
    'apt',
    `sudo apt-get update && sudo apt-get install -y b && sudo ${clean}`,
  ),
  row('nothing is installed by it', '«apt-get update»', 'apt'),
  row('no list is fetched', 'apt-get install -y b', ''),
  row('a mount above', '--mount=type=tmpfs,target=/var/lib/apt apt-get update && apt-get install -y b', ''),
  row(
    'a mount elsewhere',
    `--mount=type=cache,target=/root ${update}`,
    'apt',
    `--mount=type=cache,target=/root ${update.replace(/[«»]/g, '')} && ${clean}`,
  ),
  ['a later RUN needs it', `FROM a\nRUN ${update}\nRUN apt-get install -y c\n`, 'apt'],
  [
    'a later RUN fetches its own',
    `FROM a\nRUN ${update}\nRUN apt-get update && apt-get install -y c && ${clean}\n`,
    'apt',
    `FROM a\nRUN ${update.replace(/[«»]/g, '')} && ${clean}\nRUN apt-get update && apt-get install -y c && ${clean}\n`,
  ],
  ['a stage made from it needs it', `FROM a AS b\nRUN ${update}\nFROM b\nRUN apt-get install -y c\n`, 'apt'],
  ['a stage that is not shipped', `FROM a AS b\nRUN apt-get update\nFROM scratch\nCOPY --from=b / /\n`, ''],
  [
    'what is built from the stage',
    'FROM a AS b\nONBUILD RUN «apt-get update» && apt-get install -y b\nFROM scratch\n',
    'apt',
    `FROM a AS b\nONBUILD RUN apt-get update && apt-get install -y b && ${clean}\nFROM scratch\n`,
  ],
  [
    'packages that are mounted, too',
    lines(
      'FROM a',
      'RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \\',
      '    rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y b',
    ),
    '',
  ],
];

const others: readonly Row[] = [
  row('apk without a network', 'apk add --no-network b', ''),
  row('apk, cleaned by hand', 'apk add -U b && rm -rf /var/cache/apk/*', ''),
  row('apk with a mount', '--mount=type=cache,target=/etc/apk/cache apk add b', ''),
  row('apk, option before the verb', 'apk --no-cache add b', ''),
  row(
    'apk, index for a later install',
    '«apk update» && «apk add» b',
    'apk-index apk',
    'apk add --no-cache b',
  ),
  row('apk, letters together', '«apk add» -Uv b', 'apk', 'apk add --no-cache -Uv b'),
  row(
    'one clean-up for two calls',
    '«dnf install» -y b && dnf install -y c',
    'dnf',
    'dnf install -y b && dnf install -y c && dnf clean all',
  ),
  row(
    'cleaned between them',
    'dnf install -y b && dnf clean all && «dnf install» -y c',
    'dnf',
    'dnf install -y b && dnf clean all && dnf install -y c && dnf clean all',
  ),
  row('yum is dnf', 'yum install -y b && dnf clean all', ''),
  row(
    'microdnf is not',
    '«dnf install» -y b && microdnf clean all',
    'dnf',
    'dnf install -y b && microdnf clean all && dnf clean all',
  ),
  row(
    'not all of it',
    '«yum install» -y b && yum clean metadata',
    'yum',
    'yum install -y b && yum clean metadata && yum clean all',
  ),
  row('the folder of another version', 'dnf install -y b && rm -rf /var/cache/yum', ''),
  row('zypper looks before it removes', '«zypper rm» -y b', 'zypper', 'zypper rm -y b && zypper clean --all'),
  row('zypper in short', 'zypper in -y b && zypper cc', ''),
  row(
    'pacman',
    '«pacman -Syu» --noconfirm b',
    'other',
    'pacman -Syu --noconfirm b && rm -rf /var/cache/pacman/pkg/*',
  ),
  row('pacman, cleaned', 'pacman -S --noconfirm b && pacman -Scc --noconfirm', ''),
];

ruleTable(rule, [...apt, ...others]);
