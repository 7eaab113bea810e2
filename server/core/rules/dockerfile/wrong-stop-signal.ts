// wrong-stop-signal: a service that is stopped with another signal than the one it finishes its work on.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { processOf, runsServiceOfBase, startedPrograms } from '../../insight/process.ts';
import { inspectStage, type StageInsight } from '../../insight/stage.ts';
import { type StopSignal, stopSignals } from '../../knowledge/stop-signals.ts';
import type { DockerfileModel, Instruction, Stage } from '../../model/dockerfile/model.ts';
import { signalOf } from '../../model/dockerfile/signals.ts';
import { insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';
import { replace } from '../../text/edit.ts';

const missing =
  'On SIGTERM, which a container is stopped with by default, {program} {otherwise}. Add STOPSIGNAL {signal}.';
const other = '{program} is to be stopped with {signal}: on {written} it {otherwise}. Write {signal}.';

const nginx = new Set(['nginx', 'openresty']);

export default dockerfileRule({
  id: 'wrong-stop-signal',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service stopped with the wrong signal',
  messages: {
    nginx: { text: missing, equivalents: ['tally:prefer-nginx-sigquit'] },
    'nginx-other': { text: other, equivalents: ['tally:prefer-nginx-sigquit'] },
    missing: { text: missing },
    other: { text: other },
    systemd: {
      text: 'systemd stops a container on SIGRTMIN+3 only: on any other signal it {otherwise}. Set STOPSIGNAL SIGRTMIN+3.',
      severity: 'warning',
      equivalents: ['tally:prefer-systemd-sigrtmin-plus-3'],
    },
  },
  docs: {
    why: 'What a signal means is up to the program. nginx and php-fpm finish their requests on `SIGQUIT` and drop them on `SIGTERM`; Apache does so on `SIGWINCH`, HAProxy on `SIGUSR1`; PostgreSQL closes its sessions on `SIGINT`; systemd shuts down on `SIGRTMIN+3`. Their official images say so with `STOPSIGNAL`: an image that installs such a program itself has to say it, too.',
    remedy: 'Set `STOPSIGNAL` to the signal that the program finishes its work on.',
    limits: 'A start script is not read: the program counts that `CMD` or `ENTRYPOINT` names.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#stopsignal',
      'https://nginx.org/en/docs/control.html',
      'https://systemd.io/CONTAINER_INTERFACE/',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The container is stopped in another way, and may take longer to end.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y nginx\n«CMD» ["nginx", "-g", "daemon off;"]\n',
        fixed:
          'FROM debian:13\nRUN apt-get update && apt-get install -y nginx\nSTOPSIGNAL SIGQUIT\nCMD ["nginx", "-g", "daemon off;"]\n',
      },
      {
        code: 'FROM nginx:1.29\nSTOPSIGNAL «SIGTERM»\n',
        fixed: 'FROM nginx:1.29\nSTOPSIGNAL SIGQUIT\n',
      },
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y apache2\n«CMD» ["apache2", "-DFOREGROUND"]\n',
        fixed:
          'FROM debian:13\nRUN apt-get update && apt-get install -y apache2\nSTOPSIGNAL SIGWINCH\nCMD ["apache2", "-DFOREGROUND"]\n',
      },
      {
        code: 'FROM fedora:43\n«ENTRYPOINT» ["/usr/lib/systemd/systemd"]\nCMD ["--system"]\n',
        fixed:
          'FROM fedora:43\nSTOPSIGNAL SIGRTMIN+3\nENTRYPOINT ["/usr/lib/systemd/systemd"]\nCMD ["--system"]\n',
      },
      { code: 'FROM postgres:18\nSTOPSIGNAL «SIGTERM»\n', fixed: 'FROM postgres:18\nSTOPSIGNAL SIGINT\n' },
      {
        code: 'FROM debian:13\nSTOPSIGNAL «SIGTERM»\nCMD ["/lib/systemd/systemd"]\n',
        fixed: 'FROM debian:13\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/lib/systemd/systemd"]\n',
      },
    ],
    good: [
      { note: 'The image says so itself.', code: 'FROM nginx:1.29\nCOPY site /usr/share/nginx/html\n' },
      { code: 'FROM debian:13\nRUN install-nginx\nSTOPSIGNAL SIGQUIT\nCMD ["nginx"]\n' },
      { note: 'The shell gets the signal.', code: 'FROM debian:13\nRUN install-nginx\nCMD nginx\n' },
      { note: 'Nobody knows what the base says.', code: 'FROM example.com/web:3\nCMD ["nginx"]\n' },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      const insight = inspectStage(stage);
      const service = serviceOf(insight);
      if (service === null || insight.system?.family === 'windows' || isBehindShell(stage)) return;
      const { program, signal, otherwise } = service;
      const set = stopSignalOf(stage);
      const written = set?.words[0];
      if (set && stage.final.stopSignal.known && signalOf(stage.final.stopSignal.value) === signal) return;
      if (set ? !written || !stage.final.stopSignal.known : !isWithoutSignal(insight)) return;
      const own = (['CMD', 'ENTRYPOINT'] as const)
        .flatMap(keyword => processOf(stage, keyword) ?? [])
        .filter(process => process.stage === stage);
      const starting = own.find(({ body }) => body.text.includes(program)) ?? own[0] ?? stage.from;
      const at = written?.span ?? starting.keywordSpan;
      const fixes = fixesFor(model, stage, set, signal);
      if (program === 'systemd') report('systemd', { at, data: { otherwise }, fixes });
      else if (written) {
        const data = { program, signal, otherwise, written: written.value };
        report(nginx.has(program) ? 'nginx-other' : 'other', { at, data, fixes });
      } else
        report(nginx.has(program) ? 'nginx' : 'missing', { at, data: { program, signal, otherwise }, fixes });
    },
  }),
});

function serviceOf(insight: StageInsight): (StopSignal & { readonly program: string }) | null {
  for (const program of startedPrograms(insight)) {
    const isInit = program === 'init' && insight.system?.family !== 'alpine';
    const name = isInit ? 'systemd' : program;
    const found = Object.hasOwn(stopSignals, name) ? stopSignals[name] : undefined;
    if (found) return { program: name, ...found };
  }
  return null;
}

/** The signal goes to the shell, whatever it is. */
const isBehindShell = (stage: Stage): boolean =>
  [processOf(stage, 'ENTRYPOINT'), processOf(stage, 'CMD')].some(
    process => process !== undefined && !process.json && process.body.text !== '',
  );

function stopSignalOf({ chain }: Stage): Instruction | undefined {
  for (const { instructions } of chain) {
    const found = instructions.findLast(({ keyword }) => keyword === 'STOPSIGNAL');
    if (found) return found;
  }
  return undefined;
}

/** A base that is known, and made for something else. */
const isWithoutSignal = (insight: StageInsight): boolean =>
  insight.facts !== undefined && runsServiceOfBase(insight) !== true;

function fixesFor(model: DockerfileModel, stage: Stage, set: Instruction | undefined, signal: string): Fix[] {
  const word = set?.words[0];
  if (word) return [fix(`Write ${signal}`, 'unsafe', [replace(word.span, signal)])];
  const line = insertIntoRuntimePart(model, stage, [`${keywordLike(model, 'STOPSIGNAL')} ${signal}`]);
  return line === null ? [] : [fix(`Add STOPSIGNAL ${signal}`, 'unsafe', [line])];
}
