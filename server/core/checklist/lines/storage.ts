// Lines about files: what the service may write to, what outlives it, and what of the host it reaches.
import { namedImage } from '../../insight/service-image.ts';
import { tmpfsOf } from '../../model/compose/tmpfs.ts';
import { comesToTrue } from '../../model/compose/truth.ts';
import { mountsOf } from '../../model/compose/volumes.ts';
import type { Value } from '../checklist.ts';
import { cis, docker, type Line, owasp } from '../line.ts';
import type { ServiceSubject } from '../subject.ts';
import { atKey, byDefault, byVariable, inFile, listed, textOf, told, untold } from '../values.ts';

function fileSystemOf({ model, service }: ServiceSubject): Value {
  const entry = service.get('read_only');
  const text = textOf(model, entry);
  if (text === undefined) return untold(byVariable, atKey(service, 'read_only'));
  if (!comesToTrue(model, entry?.node)) {
    return told('can be written', entry ? atKey(service, 'read_only') : byDefault);
  }
  const writable = [
    ...tmpfsOf(model, service).map(({ target }) => target),
    ...mountsOf(model, service).flatMap(({ readOnly, target }) => (readOnly ? [] : (target ?? []))),
  ];
  const but = writable.length === 0 ? '' : ` but for ${listed(writable)}`;
  return told(`read-only${but}`, atKey(service, 'read_only'));
}

export const readOnlyFileSystem: Line = {
  id: 'read-only-file-system',
  title: 'Read-only file system',
  why: 'An intruder who can write leaves tools and changes programs; what is read-only stays what was built.',
  references: [cis('5.13'), owasp(8, 'set-filesystem-and-volumes-to-read-only')],
  rules: { compose: ['compose-writable-root', 'compose-loose-tmpfs'], dockerfile: [] },
  service: fileSystemOf,
};

function dataOf(subject: ServiceSubject): Value {
  const { model, service, insight } = subject;
  const mounts = mountsOf(model, service);
  const kept = mounts.flatMap(({ type, source, target }) =>
    (type === 'volume' || type === 'bind') && source ? `${target ?? '?'} in ${source.text}` : [],
  );
  if (kept.length > 0) return told(listed(kept), atKey(service, 'volumes'));
  const store = namedImage(model, service)?.store;
  if (store) {
    return store.data.length === 0
      ? told(`${store.name} has nothing that must be kept`, inFile(service.nameSpan))
      : told(`${store.name}, in the container`, byDefault);
  }
  const facts = insight.facts ?? insight.built?.facts;
  if (facts === undefined) return untold('what it keeps is not known', inFile(service.nameSpan));
  if (facts.volumes.length > 0) return told(`${listed(facts.volumes)} in nameless volumes`, byDefault);
  return told('it keeps nothing, as far as is known', inFile(service.nameSpan));
}

export const dataOnVolumes: Line = {
  id: 'data-on-volumes',
  title: 'Data on volumes',
  why: 'What is written into a container is gone with it, and what is in a volume without a name is found by nobody.',
  references: [
    docker('volumes', 'engine/storage/volumes/'),
    docker('create ephemeral containers', 'build/building/best-practices/#create-ephemeral-containers'),
  ],
  rules: { compose: ['compose-ephemeral-state', 'compose-anonymous-volume'], dockerfile: [] },
  service: dataOf,
};

const sharedKeys = ['pid', 'ipc', 'uts', 'userns_mode', 'cgroup', 'devices'] as const;

function hostOf(subject: ServiceSubject): Value {
  const { model, service } = subject;
  const binds = mountsOf(model, service).filter(({ type }) => type === 'bind');
  const hidden = binds.find(({ source }) => source?.text.includes('$'));
  if (hidden)
    return untold(`a variable decides what is mounted at ${hidden.target ?? '?'}`, inFile(hidden.span));
  const shared = sharedKeys.filter(key => service.get(key)?.node != null);
  const parts = [...shared, ...binds.map(({ source }) => source?.text ?? '?')];
  const [first] = shared;
  if (parts.length === 0) return told('it shares nothing of it', inFile(service.nameSpan));
  return told(listed(parts), first ? atKey(service, first) : atKey(service, 'volumes'));
}

export const apartFromHost: Line = {
  id: 'apart-from-host',
  title: 'Apart from the host',
  why: 'The socket of Docker, a system folder, a device or a namespace of the host is the host: whoever breaks into the service is there.',
  references: [
    cis('5.6', '5.10', '5.16', '5.17', '5.18', '5.20', '5.21', '5.31', '5.32'),
    owasp(1, 'do-not-expose-the-docker-daemon-socket-even-to-the-containers'),
  ],
  rules: {
    compose: [
      'compose-control-socket',
      'compose-writable-host-path',
      'compose-sensitive-host-path',
      'compose-dangerous-device',
      'compose-host-namespace',
      'compose-joined-namespace',
      'compose-mount-propagation',
    ],
    dockerfile: ['docker-socket-mount'],
  },
  service: hostOf,
};
