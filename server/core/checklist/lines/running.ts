// Lines about a service while it runs: how much it may take, whether it answers, what happens when it stops.
import { portsOf, healthcheckOf as stageHealthcheck } from '../../insight/health.ts';
import { plainKeys, type Resource } from '../../insight/limits.ts';
import { processOf as stageProcess } from '../../insight/process.ts';
import { healthcheckOf } from '../../model/compose/healthcheck.ts';
import type { Entry } from '../../model/compose/model.ts';
import type { Stage } from '../../model/dockerfile/model.ts';
import type { Origin, Value } from '../checklist.ts';
import { cis, docker, type Line, owasp } from '../line.ts';
import type { ServiceSubject, Subject } from '../subject.ts';
import {
  atKey,
  byDefault,
  byImage,
  byVariable,
  inDockerfile,
  inFile,
  listed,
  textOf,
  told,
  unknownDockerfile,
  untold,
} from '../values.ts';

const resources = ['memory', 'cpus', 'pids'] as const satisfies readonly Resource[];
const names: Readonly<Record<Resource, string>> = {
  memory: 'memory',
  cpus: 'processors',
  pids: 'processes',
};

function limitsOf({ model, service }: ServiceSubject): Value {
  const stated: { readonly words: string; readonly isHidden: boolean; readonly entry: Entry }[] = [];
  for (const resource of resources) {
    const entry = service.get('deploy', 'resources', 'limits', resource) ?? service.get(plainKeys[resource]);
    const text = textOf(model, entry);
    if (!entry || text === null) continue;
    const words = `${names[resource]} ${text ?? 'by a variable'}`;
    stated.push({ words, isHidden: text === undefined, entry });
  }
  const [first] = stated;
  if (!first) return told('none', byDefault);
  const words = listed(stated.map(each => each.words));
  const origin = inFile((stated.find(({ isHidden }) => isHidden) ?? first).entry.keySpan);
  const isOpen = stated.length === resources.length && stated.some(({ isHidden }) => isHidden);
  return isOpen ? untold(words, origin) : told(words, origin);
}

export const limits: Line = {
  id: 'limits',
  title: 'Resource limits',
  why: 'Without limits one leak, one loop or one attack takes the machine away from all services on it.',
  references: [
    cis('5.11', '5.12', '5.19', '5.29'),
    owasp(7, 'limit-resources-memory-cpu-file-descriptors-processes-restarts'),
  ],
  rules: {
    compose: [
      'compose-unlimited-memory',
      'compose-unlimited-cpu',
      'compose-unlimited-processes',
      'compose-loose-ulimit',
    ],
    dockerfile: [],
  },
  service: limitsOf,
};

function checkOfStage(subject: Subject, stage: Stage, otherwise: Value): Value {
  const check = stageHealthcheck(stage);
  if (!check) return otherwise;
  const origin = inDockerfile(subject, check.keywordSpan);
  return check.kind === 'NONE' ? told('switched off', origin) : told(check.body.text.trim(), origin);
}

function healthOf(subject: ServiceSubject): Value {
  const { model, service, insight, isBuilt } = subject;
  const own = healthcheckOf(model, service);
  if (own) {
    const origin = inFile(own.test?.keySpan ?? own.entry.keySpan);
    if (own.disabled) return told('switched off', origin);
    if (own.test)
      return told(own.script?.commands.map(({ name }) => name ?? '…').join(', ') || 'a command', origin);
  }
  if (isBuilt && !insight.built) return untold(unknownDockerfile, atKey(service, 'build'));
  if (insight.built) return checkOfStage(subject, insight.built.stage, withoutCheck(subject));
  if (insight.facts?.healthcheck && insight.image) return told('by its image', byImage(insight.image));
  return insight.facts
    ? withoutCheck(subject)
    : untold('whether its image has a check is not known', inFile(service.nameSpan));
}

/** Nobody asks; whether somebody has to depends on the ports. */
const withoutCheck = ({ insight, service }: ServiceSubject): Value =>
  told(insight.listening().length === 0 ? 'none: it listens nowhere' : 'none', inFile(service.nameSpan));

export const healthCheck: Line = {
  id: 'health-check',
  title: 'Real health check',
  why: 'A process that hangs counts as running. Only a check that asks it tells, and only then can others wait for it.',
  references: [cis('4.6', '5.27')],
  rules: {
    compose: [
      'compose-missing-healthcheck',
      'compose-disabled-healthcheck',
      'compose-useless-healthcheck',
      'compose-distant-healthcheck',
    ],
    dockerfile: ['missing-healthcheck', 'useless-healthcheck', 'absent-healthcheck-tool'],
  },
  overridden: ({ service }) => service.get('healthcheck') !== undefined,
  service: healthOf,
  image: subject => {
    const { stage } = subject.insight;
    const isQuiet = portsOf(subject.insight).length === 0;
    const none = told(isQuiet ? 'none: it listens nowhere' : 'none', inFile(stage.from.span));
    return checkOfStage(subject, stage, none);
  },
};

function restartOf({ model, service, insight }: ServiceSubject): Value {
  const policy = service.get('deploy', 'restart_policy');
  if (policy) return told('as deploy.restart_policy says', inFile(policy.keySpan));
  const text = textOf(model, service.get('restart'));
  if (text === undefined) return untold(byVariable, atKey(service, 'restart'));
  if (text !== null) return told(text, atKey(service, 'restart'));
  if (service.get('profiles')) return told('none: it is started by its profile', atKey(service, 'profiles'));
  return told(insight.listening().length === 0 ? 'none: it listens nowhere' : 'none', byDefault);
}

export const restartPolicy: Line = {
  id: 'restart-policy',
  title: 'Restart after a crash',
  why: 'Without a policy the service stays down after a crash, and after a restart of the machine, until somebody notices.',
  references: [cis('5.15')],
  rules: { compose: ['compose-missing-restart'], dockerfile: [] },
  service: restartOf,
};

function loggingOf({ model, service }: ServiceSubject): Value {
  const driver = textOf(model, service.get('logging', 'driver'));
  if (driver === undefined)
    return untold(byVariable, inFile(service.get('logging', 'driver')?.keySpan ?? service.nameSpan));
  const size = textOf(model, service.get('logging', 'options', 'max-size'));
  const name = `driver ${driver ?? 'json-file'}`;
  const origin: Origin = service.get('logging') ? atKey(service, 'logging') : byDefault;
  return told(size ? `${name}, at most ${size} a file` : name, origin);
}

export const logs: Line = {
  id: 'logs',
  title: 'Logs leave and rotate',
  why: 'A log inside the container goes with it; one without an end fills the disk, and everything on the machine stops.',
  references: [cis('2.13')],
  rules: {
    compose: ['compose-logging-off', 'compose-unrotated-log'],
    dockerfile: ['log-to-file', 'unseen-service-log'],
  },
  service: loggingOf,
};

const stopped = (signal: string, time: string | null): string =>
  `${signal}${time === null ? '' : `, then ${time} until it is killed`}`;

const signalOf = (stage: Stage | undefined): string =>
  stage?.final.stopSignal.known ? stage.final.stopSignal.value : 'SIGTERM';

function stopOf(subject: ServiceSubject): Value {
  const { model, service, insight, isBuilt } = subject;
  const [period, signal] = [
    textOf(model, service.get('stop_grace_period')),
    textOf(model, service.get('stop_signal')),
  ];
  if (period === undefined) return untold(byVariable, atKey(service, 'stop_grace_period'));
  if (signal === undefined) return untold(byVariable, atKey(service, 'stop_signal'));
  if (isBuilt && !insight.built && !startsItself(subject))
    return untold(unknownDockerfile, atKey(service, 'build'));
  const text = stopped(signal ?? signalOf(insight.built?.stage), period ?? '10s');
  const key = period !== null ? 'stop_grace_period' : signal !== null ? 'stop_signal' : null;
  return told(text, key === null ? byDefault : atKey(service, key));
}

const startsItself = ({ service }: ServiceSubject): boolean => service.get('entrypoint')?.node != null;

export const gracefulStop: Line = {
  id: 'graceful-stop',
  title: 'Graceful stop',
  why: 'A shell in front of the process keeps the signal to itself, and a store that is killed while it writes has to repair itself.',
  references: [
    docker('why do my services take 10 seconds', 'compose/support-and-feedback/faq/'),
    docker('ENTRYPOINT', 'build/building/best-practices/#entrypoint'),
  ],
  rules: {
    compose: ['compose-short-stop', 'compose-shell-as-process'],
    dockerfile: [
      'shell-form-command',
      'shell-as-process',
      'npm-as-process',
      'ungraceful-stop-signal',
      'wrong-stop-signal',
    ],
  },
  overridden: startsItself,
  service: stopOf,
  image: ({ insight: { stage } }) => {
    const process = stageProcess(stage, 'ENTRYPOINT') ?? stageProcess(stage, 'CMD');
    const { setAt } = stage.final.stopSignal;
    const at = setAt ?? process?.keywordSpan ?? stage.from.span;
    return stage.final.stopSignal.known || stage.final.stopSignal.because !== 'variable'
      ? told(stopped(signalOf(stage), null), inFile(at))
      : untold(byVariable, inFile(at));
  },
};
