// Lines about rights: who the process is, what it may do as such, and whether it can become more.
import { type RunsAs, runsAs } from '../../insight/runs-as.ts';
import { imageUser, statedUser } from '../../insight/service-user.ts';
import { itemsOf } from '../../model/compose/items.ts';
import { comesToTrue } from '../../model/compose/truth.ts';
import type { Origin, Value } from '../checklist.ts';
import { cis, type Line, owasp } from '../line.ts';
import type { ServiceSubject, Subject } from '../subject.ts';
import {
  atKey,
  byDefault,
  byImage,
  byVariable,
  inDockerfile,
  inFile,
  listed,
  told,
  unknownDockerfile,
  untold,
} from '../values.ts';

function accountOf(subject: Subject, found: RunsAs, otherwise: Origin): Value {
  const setAt = found.kind === 'root' || found.kind === 'drops' ? found.setAt : null;
  const origin = setAt ? inDockerfile(subject, setAt) : otherwise;
  switch (found.kind) {
    case 'root':
      return told('root', origin);
    case 'other':
      return told(found.user, origin);
    case 'drops':
      return told(`starts as root, but ${found.how}`, origin);
    case 'unknown':
      return untold('the account of its image is not known', otherwise);
  }
}

/** Where the account of an image is said: by the last USER of its Dockerfile, or by its base. */
function saidByImage(subject: Subject): Origin {
  const { insight } = subject;
  const stage = 'stage' in insight ? insight.stage : insight.built?.stage;
  const setAt = stage?.final.user.setAt;
  if (setAt) return inDockerfile(subject, setAt);
  if (stage?.root.kind === 'image') return byImage(stage.root.reference);
  return 'image' in insight && insight.image ? byImage(insight.image) : byDefault;
}

function accountOfService(subject: ServiceSubject): Value {
  const { model, service, insight, isBuilt } = subject;
  const stated = statedUser(model, service);
  if (stated === undefined) return untold(byVariable, atKey(service, 'user'));
  if (stated !== null) return told(stated, atKey(service, 'user'));
  if (isBuilt && !insight.built) return untold(unknownDockerfile, atKey(service, 'build'));
  return accountOf(subject, imageUser(insight), saidByImage(subject));
}

export const nonRoot: Line = {
  id: 'non-root',
  title: 'Non-root account',
  why: 'Root in the container is root to the kernel: one flaw more, and it is root on the host.',
  references: [cis('4.1'), owasp(2, 'set-a-user')],
  rules: { compose: ['compose-root-user', 'compose-default-root'], dockerfile: ['root-user'] },
  overridden: ({ service }) => service.get('user')?.node != null,
  service: accountOfService,
  image: subject => accountOf(subject, runsAs(subject.insight), saidByImage(subject)),
};

/** Items of a list, with the word for the case that a variable hides some. */
function itemsTold(subject: ServiceSubject, key: string): readonly string[] | null {
  const items = itemsOf(subject.model, subject.service, key).map(({ text }) => text);
  return items.some(text => text.includes('$')) ? null : items;
}

function capabilitiesOf(subject: ServiceSubject): Value {
  const { model, service } = subject;
  const privileged = service.get('privileged');
  if (comesToTrue(model, privileged?.node))
    return told('all of them, it is privileged', atKey(service, 'privileged'));
  if (privileged?.node?.kind === 'scalar' && privileged.node.text.includes('$')) {
    return untold(byVariable, atKey(service, 'privileged'));
  }
  const [dropped, added] = [itemsTold(subject, 'cap_drop'), itemsTold(subject, 'cap_add')];
  if (dropped === null || added === null) {
    return untold(byVariable, atKey(service, dropped === null ? 'cap_drop' : 'cap_add'));
  }
  const isEmpty = dropped.length === 0 && added.length === 0;
  if (isEmpty) return told('those that Docker gives to root', byDefault);
  const isAll = dropped.some(name => /^(?:CAP_)?ALL$/i.test(name));
  const rest = isAll ? 'none' : dropped.length > 0 ? `Docker’s without ${listed(dropped)}` : 'Docker’s';
  const text = added.length === 0 ? rest : isAll ? `only ${listed(added)}` : `${rest}, and ${listed(added)}`;
  return told(text, atKey(service, dropped.length > 0 ? 'cap_drop' : 'cap_add'));
}

export const capabilities: Line = {
  id: 'capabilities',
  title: 'Only needed capabilities',
  why: 'Capabilities are the parts of what root may do. What the service does not need serves only whoever breaks into it.',
  references: [
    cis('5.4', '5.5'),
    owasp(3, 'limit-capabilities-grant-only-specific-capabilities-needed-by-a-container'),
  ],
  rules: {
    compose: ['compose-privileged', 'compose-dangerous-capability', 'compose-default-capabilities'],
    dockerfile: [],
  },
  service: capabilitiesOf,
};

function confinementOf(subject: ServiceSubject): Value {
  const { service } = subject;
  const options = itemsTold(subject, 'security_opt');
  if (options === null) return untold(byVariable, atKey(service, 'security_opt'));
  if (options.length === 0) return told('setuid programs work', byDefault);
  return told(listed(options), atKey(service, 'security_opt'));
}

export const confinement: Line = {
  id: 'confinement',
  title: 'No way to gain privileges',
  why: 'A setuid program makes root of any account, and without seccomp and AppArmor the kernel answers calls that no service needs.',
  references: [
    cis('5.2', '5.3', '5.22', '5.26', '4.8'),
    owasp(4, 'prevent-in-container-privilege-escalation'),
    owasp(6, 'use-linux-security-module-seccomp-apparmor-or-selinux'),
  ],
  rules: {
    compose: ['compose-new-privileges', 'compose-unconfined'],
    dockerfile: ['setuid-program'],
  },
  service: confinementOf,
  image: ({ insight: { stage } }) => {
    const from = stage.chain.at(-1)?.from ?? stage.from;
    return told(
      'as its base, and what its RUN instructions change',
      inFile(from.image?.span ?? from.keywordSpan),
    );
  },
};
