// compose-anonymous-volume: a volume that nobody finds again.

import { composeRule, fix } from '../../engine/rule.ts';
import { addPair } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { type Mount, mountsOf } from '../../model/compose/volumes.ts';
import { PlacesTold } from '../../model/looking.ts';
import { declareVolume, freeVolumeName } from '../../repairs/named-volume.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { type Edit, insert } from '../../text/edit.ts';

/** What an installation makes: it is there to be kept apart from the sources that are mounted around it. */
const installed = /\/(?:node_modules|vendor|\.venv|venv|target|\.next|\.nuxt|dist|build)\/?$/;

/** Keeps a part of a folder of the host out, as `/app/node_modules` does below a mount of the sources. */
const isMask = (mount: Mount, all: readonly Mount[]): boolean =>
  installed.test(mount.target ?? '') ||
  all.some(
    ({ type, target }) => type === 'bind' && mount.target?.startsWith(`${target?.replace(/\/$/, '')}/`),
  );

function nameEdits(model: ComposeModel, { map, span: { start } }: Mount, name: string): Edit[] | null {
  if (map !== null) return addPair(model, map, 'source', name, 'type');
  const opening = model.text.charAt(start);
  if (opening === '|' || opening === '>') return null;
  return [insert(start + (/["']/.test(opening) ? 1 : 0), `${name}:`)];
}

const lastPart = (path: string): string => /[^/]+(?=\/*$)/.exec(path)?.[0] ?? 'data';

function fixesOf(model: ComposeModel, service: Service, mount: Mount) {
  const name = freeVolumeName(model, service, lastPart(mount.target ?? ''));
  const named = nameEdits(model, mount, name);
  const declared = declareVolume(model, name);
  const title = sharedTitle(`Name it ${name}`, service, service.get('volumes')?.sharedBy ?? []);
  return named && declared ? [fix(title, 'unsafe', [...named, ...declared])] : [];
}

export default composeRule({
  id: 'compose-anonymous-volume',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A volume without a name',
  messages: {
    anonymous: {
      text: 'The volume at {path} has no name: after `docker compose down` {service} gets a new one, and the old one stays on the disk with nobody to find it. Name it, or take a tmpfs where nothing is to be kept.',
    },
  },
  docs: {
    why: 'Docker gives a volume without a name a number. Compose hands it on while it replaces a container, but not after `down`: the data is still there, among many others, and the service begins empty.',
    remedy: 'Write a name in front of the path, and declare it at the top level; the repair does both.',
    limits:
      'Below a mounted folder of the host, a volume without a name is the way to keep a part of it out: that is not reported, nor are folders of installed packages such as `node_modules`.',
    references: ['https://docs.docker.com/engine/storage/volumes/#named-and-anonymous-volumes'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'What is in the volume without a name stays there: copy it over first.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - «/srv/uploads»\n      - «type: volume\n        target: /cache»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    volumes:\n      - app-uploads:/srv/uploads\n      - type: volume\n        source: app-cache\n        target: /cache\n\nvolumes:\n  app-uploads:\n  app-cache:\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes: ["uploads:/srv/uploads", "./src:/app", "/app/node_modules"]\n    tmpfs: /tmp\nvolumes:\n  uploads:\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        if (!service.get('volumes')) return;
        const mounts = mountsOf(model, service);
        for (const mount of mounts) {
          const { type, source, target, span } = mount;
          if (type !== 'volume' || source !== null || !target?.startsWith('/') || isMask(mount, mounts))
            continue;
          if (seen.has(span.start)) continue;
          seen.add(span.start);
          const data = { path: target, service: service.name };
          report('anonymous', { at: span, data, fixes: fixesOf(model, service, mount) });
        }
      },
    };
  },
});
