// backgrounded-service: a container whose service is not its process.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import type { ProcessInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';

/** How a service is started so that it stays the process. */
const foreground: Readonly<Record<string, readonly string[]>> = {
  nginx: ['nginx', '-g', 'daemon off;'],
  apache2: ['apache2ctl', '-D', 'FOREGROUND'],
  httpd: ['httpd', '-D', 'FOREGROUND'],
  cron: ['cron', '-f'],
  crond: ['crond', '-n'],
  'redis-server': ['redis-server', '--daemonize', 'no'],
  memcached: ['memcached', '-u', 'memcache'],
  haproxy: ['haproxy', '-db', '-f', '/etc/haproxy/haproxy.cfg'],
};

/** Programs that go to the background themselves, and the option that keeps them from it. */
const goesBack: Readonly<Record<string, RegExp>> = {
  cron: /^-[a-zA-Z]*f/,
  crond: /^-[a-zA-Z]*[dfnx]/,
  nginx: /daemon off/,
};

/** The service that a command starts and leaves behind; null where it does no such thing. */
function startedService({ name, nameWord, args }: ShellCommand): string | null {
  const [first = '', second = ''] = args.map(({ value }) => value ?? '');
  const start = /^(?:re)?start$/;
  const stays = Object.hasOwn(goesBack, name ?? '') ? goesBack[name ?? ''] : undefined;
  if (stays) return args.some(({ value, raw }) => stays.test(value ?? raw)) ? null : name;
  if (name === 'service' && start.test(second)) return first;
  if ((name === 'systemctl' || name === 'rc-service') && start.test(name === 'systemctl' ? first : second))
    return (name === 'systemctl' ? second : first).replace(/\.service$/, '');
  if (/^(?:apache2ctl|apachectl)$/.test(name ?? '') && /^(?:(?:re)?start|graceful)$/.test(first))
    return 'apache2';
  const [, script] = /^\/etc\/(?:init|rc)\.d\/([\w.-]+)$/.exec(nameWord?.value ?? '') ?? [];
  return script !== undefined && start.test(first) ? script : null;
}

const isForever = ({ name, args }: ShellCommand): boolean =>
  (name === 'tail' && args.some(({ value }) => /^-[a-zA-Z]*[fF]|^--follow/.test(value ?? ''))) ||
  (name === 'sleep' && /^(?:infinity|inf|\d{6,}|\d{3,}d)$/.test(args[0]?.value ?? '')) ||
  (name === 'cat' && args.length === 0) ||
  (/^(?:ba)?sh$/.test(name ?? '') && args.length === 0);

/** Where nothing but the service is started. */
function fixesFor({ body, words, json }: ProcessInstruction, service: string, count: number): Fix[] {
  const command = Object.hasOwn(foreground, service) ? foreground[service] : undefined;
  const last = words.at(-1);
  const [first] = words;
  if (command === undefined || count !== 1 || first === undefined || last === undefined) return [];
  const list = JSON.stringify(command).replaceAll('","', '", "');
  const whole = json ? span(first.span.start, last.span.end) : fileSpan(body, span(0, body.text.length));
  const text = json ? list.slice(1, -1) : list;
  return [fix(`Start ${service} as the process`, 'unsafe', [replace(whole, text)])];
}

export default dockerfileRule({
  id: 'backgrounded-service',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The service is not the process of the container',
  messages: {
    kept: {
      text: '{service} goes to the background, and `{keeper}` is the process: the container goes on when {service} has died, and stopping it kills {service}. Start {service} in the foreground.',
    },
    ended: {
      text: '{service} goes to the background, the command is done, and the container ends with it. Start {service} in the foreground.',
    },
  },
  docs: {
    why: 'A container lives as long as its first process. Whoever watches it, Docker with a restart policy or Kubernetes, sees that process alone: a service behind it dies unseen, is not asked to stop, and logs where nobody looks.',
    remedy:
      'Start the one service in the foreground, as a JSON list: `["nginx", "-g", "daemon off;"]`, `["apache2ctl", "-D", "FOREGROUND"]`, `["cron", "-f"]`. For several services make several containers, or start a supervisor.',
    references: ['https://docs.docker.com/engine/containers/multi-service_container/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Known for a few services, and where only one of them is started.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.6\nUSER 1000\nCMD «service nginx start» && tail -f /dev/null\n',
        fixed: 'FROM debian:13.6\nUSER 1000\nCMD ["nginx", "-g", "daemon off;"]\n',
      },
      {
        code: 'FROM debian:13.6\nUSER 1000\nENTRYPOINT ["sh", "-c", "«/etc/init.d/app start»; «service cron start»; exec sleep infinity"]\n',
        fixed:
          'FROM debian:13.6\nUSER 1000\nENTRYPOINT ["sh", "-c", "/etc/init.d/app start; service cron start; exec sleep infinity"]\n',
      },
      {
        code: 'FROM debian:13.6\nUSER 1000\nCMD [«"apachectl", "start"»]\n',
        fixed: 'FROM debian:13.6\nUSER 1000\nCMD ["apache2ctl", "-D", "FOREGROUND"]\n',
      },
      {
        code: 'FROM debian:13.6\nUSER 1000\nCMD «cron» && tail -f /var/log/cron.log\n',
        fixed: 'FROM debian:13.6\nUSER 1000\nCMD ["cron", "-f"]\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.6\nUSER 1000\nCMD ["cron", "-f"]\n' },
      {
        code: 'FROM debian:13.6\nUSER 1000\nCMD ["apachectl", "-D", "FOREGROUND"]\n',
      },
      {
        note: 'Something else is the process, and one that only waits.',
        code: 'FROM debian:13.6 AS a\nUSER 1000\nCMD service ssh start && exec app\nFROM debian:13.6\nUSER 1000\nCMD ["tail", "-f", "/dev/null"]\n',
      },
    ],
  },
  check: ({ report }) => {
    const visit = (instruction: ProcessInstruction): void => {
      const { script, keyword } = instruction;
      if (!leavesLayer(instruction)) return;
      const inner = script.commands.filter(
        command => !script.commands.some(({ wrappers }) => wrappers.includes(command)),
      );
      const last = inner.at(-1);
      if (last === undefined) return;
      const started = inner.flatMap(command => {
        const service = startedService(command);
        // Its settings may say as well that it stays.
        return service === null || (command === last && command.name === 'nginx')
          ? []
          : [{ command, service }];
      });
      const ends = started.at(-1)?.command === last;
      const onlyServices = inner.length - started.length === (ends ? 0 : 1);
      if (!ends && !isForever(last)) return;
      const count = onlyServices && keyword === 'CMD' ? started.length : 0;
      for (const { command, service } of started) {
        const fixes = fixesFor(instruction, service, count);
        if (ends) report('ended', { at: command.span, data: { service }, fixes });
        else report('kept', { at: command.span, data: { service, keeper: last.name ?? 'it' }, fixes });
      }
    };
    return { instruction: { CMD: visit, ENTRYPOINT: visit } };
  },
});
