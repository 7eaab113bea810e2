// compose-writable-root: a service whose programs can be changed while it runs.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { inspectService, type ServiceInsight } from '../../insight/service.ts';
import { writableNeeds } from '../../insight/service-needs.ts';
import { addKey } from '../../model/compose/edit.ts';
import type { ComposeModel, Entry, Service } from '../../model/compose/model.ts';
import { comesToTrue } from '../../model/compose/truth.ts';
import { filledText } from '../../model/compose/value.ts';
import { addItems } from '../../repairs/service-lists.ts';
import { type Edit, replace } from '../../text/edit.ts';

/** s6 starts programs from `/run`, which takes more than a line. */
const startsFromRun = /(?:^|\/)linuxserver\//;

const pathOf = (tmpfs: string): string => tmpfs.replace(/:.*/, '');

function readOnlyEdits(
  model: ComposeModel,
  service: Service,
  entry: Entry | undefined,
): readonly Edit[] | null {
  if (entry === undefined) return addKey(model, service, ['read_only'], true);
  if (entry.sharedBy.length > 0 || entry.node?.kind !== 'scalar') return null;
  return [replace(entry.node.span, 'true')];
}

function fixesOf(
  model: ComposeModel,
  service: Service,
  insight: ServiceInsight,
  entry: Entry | undefined,
): Fix[] {
  if (insight.image && startsFromRun.test(insight.image.name)) return [];
  const { names, certain } = writableNeeds(model, service, insight);
  const closing = readOnlyEdits(model, service, entry);
  const opening = addItems(model, service, 'tmpfs', names);
  if (closing === null || opening === null) return [];
  const title = `Make the root file system read-only${names.length > 0 ? `, with ${names.map(pathOf).join(', ')} in memory` : ''}`;
  return [fix(title, certain ? 'unsafe' : 'suggestion', [...closing, ...opening])];
}

export default composeRule({
  id: 'compose-writable-root',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service whose root file system can be written',
  needs: ['dockerfile'],
  messages: {
    missing: {
      text: '{service} may write to its whole file system: an intruder leaves tools there and changes programs. Add `read_only: true`, and `tmpfs` or volumes where it has to write.',
      equivalents: ['compose-lint:CL-0007', 'semgrep:writable-filesystem-service'],
    },
    off: {
      text: '{service} may write to its whole file system, in so many words: an intruder leaves tools there and changes programs. Set `read_only: true`, and `tmpfs` or volumes where it has to write.',
      equivalents: ['compose-lint:CL-0007', 'semgrep:writable-filesystem-service'],
    },
  },
  docs: {
    why: 'A service changes its data, not its programs. With a read-only root file system nothing can be downloaded into it or replaced, and nothing that was written is lost when the container is made anew: what has to stay lies on a volume.',
    remedy:
      'Add `read_only: true`. Folders for scratch files and sockets become a `tmpfs`, data a volume. The repair knows the folders of the usual images, and takes `/tmp` for others; the log of the first start names the rest.',
    limits: 'What a program of your own writes is not known: the repair is a suggestion there.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#read_only',
      'https://docs.docker.com/engine/storage/tmpfs/',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-8-set-filesystem-and-volumes-to-read-only',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A service that writes somewhere else fails.',
  },
  examples: {
    bad: [
      {
        note: 'The image is known to write to these folders.',
        code: 'services:\n  «web»:\n    image: nginx:1.30\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    read_only: true\n    tmpfs:\n      - /run\n      - /tmp\n      - /var/cache/nginx\n',
      },
      {
        note: 'Some are there already.',
        code: 'services:\n  db:\n    image: postgres:18.6\n    read_only: «false»\n    volumes:\n      - sockets:/var/run/postgresql\n    tmpfs: [/cache]\nvolumes:\n  sockets:\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    read_only: true\n    volumes:\n      - sockets:/var/run/postgresql\n    tmpfs: [/cache, /tmp]\nvolumes:\n  sockets:\n',
      },
      {
        note: 'Through the Dockerfile; a guess; and an image that needs more than a line.',
        code: 'services:\n  «api»:\n    build: ./api\n  «app»:\n    image: example/app:1\n  «media»:\n    image: lscr.io/linuxserver/plex:1.42.2\n',
        files: { 'api/Dockerfile': 'FROM node:24.19-slim\nUSER node\nCMD ["node", "server.js"]\n' },
        fixed:
          'services:\n  api:\n    build: ./api\n    read_only: true\n    tmpfs:\n      - /tmp\n  app:\n    image: example/app:1\n    read_only: true\n    tmpfs:\n      - /tmp\n  media:\n    image: lscr.io/linuxserver/plex:1.42.2\n',
      },
    ],
    good: [
      { code: 'services:\n  cache:\n    image: redis:8.2\n    read_only: true\n' },
      {
        note: 'Nothing else is said of the variable.',
        code: 'services:\n  app:\n    image: example/app:1\n    read_only: ${READ_ONLY:-true}\n',
      },
      {
        note: 'A variable decides.',
        code: 'services:\n  app:\n    image: example/app:1\n    read_only: ${READ_ONLY}\n',
      },
    ],
  },
  check: ({ model, facts, report }) => ({
    service(service) {
      const entry = service.get('read_only');
      if (comesToTrue(model, entry?.node) || filledText(model, entry?.node)?.text.includes('$')) return;
      const insight = inspectService(model, service, path => facts.get('dockerfile', path));
      const fixes = fixesOf(model, service, insight, entry);
      const data = { service: service.name };
      const isOff = entry?.node?.kind === 'scalar' && entry.sharedBy.length === 0;
      report(isOff ? 'off' : 'missing', {
        at: isOff ? (entry.node?.span ?? service.nameSpan) : service.nameSpan,
        data,
        fixes,
      });
    },
  }),
});
