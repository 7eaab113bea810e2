// compose-shared-volume: a volume that several services write to.
import { composeRule, fix } from '../../engine/rule.ts';
import { serviceMounts } from '../../insight/host-mounts.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import type { Mount } from '../../model/compose/volumes.ts';
import { readOnlyMount } from '../../repairs/mounts.ts';
import type { Span } from '../../text/span.ts';

interface Use {
  readonly service: Service;
  readonly mount: Mount;
  readonly at: Span;
}

/** By volume or path of the host, those that may write to it. */
function writersOf(model: ComposeModel): readonly (readonly [source: string, uses: readonly Use[]])[] {
  const writers = new Map<string, Use[]>();
  for (const service of model.services) {
    for (const mount of serviceMounts(model, service)) {
      const { source, readOnly, type } = mount;
      if (source === null || readOnly || (type !== 'bind' && type !== 'volume')) continue;
      const uses = writers.get(source.text) ?? [];
      // A list that several services take is one place.
      if (!uses.some(({ at }) => at.start === source.span.start))
        uses.push({ service, mount, at: source.span });
      writers.set(source.text, uses);
    }
  }
  return [...writers].filter(([, uses]) => new Set(uses.map(({ service }) => service.name)).size > 1);
}

const names = (uses: readonly Use[], but: Service): string =>
  [...new Set(uses.map(({ service }) => service.name))].filter(name => name !== but.name).join(', ');

export default composeRule({
  id: 'compose-shared-volume',
  category: 'reliability',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A volume that several services write to',
  messages: {
    written: {
      text: '{service} writes to {volume}, and so do {others}: what one of them writes, or an intruder in it, the others read. Mount it read-only where nothing is written.',
      equivalents: ['kics:shared_volumes_between_containers'],
    },
  },
  docs: {
    why: 'Few programs expect others in their files: two that write to one folder overwrite each other, and an upload that one of them takes may be a program for the other.',
    remedy:
      'Let one service write, and mount the volume with `:ro` in those that only read, such as a web server that delivers what an application has built.',
    limits: 'What a service really writes is not known.',
    references: [
      'https://docs.docker.com/engine/storage/volumes/#share-data-between-machines',
      'https://docs.docker.com/engine/storage/volumes/#use-a-read-only-volume',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which of them writes, only their author knows.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - «site»:/app/public\n  web:\n    image: nginx:1.30\n    volumes:\n      - «site»:/usr/share/nginx/html\nvolumes:\n  site:\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    volumes:\n      - site:/app/public\n  web:\n    image: nginx:1.30\n    volumes:\n      - site:/usr/share/nginx/html:ro\nvolumes:\n  site:\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - site:/app/public\n  web:\n    image: nginx:1.30\n    volumes:\n      - site:/usr/share/nginx/html:ro\n      - ./web:/etc/nginx/conf.d\nvolumes:\n  site:\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    file() {
      for (const [volume, uses] of writersOf(model)) {
        for (const [index, { service, mount, at }] of uses.entries()) {
          // The first one is taken for the owner.
          const edits = index === 0 ? null : readOnlyMount(model, mount);
          report('written', {
            at,
            data: { service: service.name, volume, others: names(uses, service) },
            fixes: edits ? [fix('Mount it read-only', 'suggestion', edits)] : [],
          });
        }
      }
    },
  }),
});
