// compose-duplicate-mount: two mounts of a service at one path.

import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { itemsOf } from '../../model/compose/items.ts';
import { mountsOf } from '../../model/compose/volumes.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { Span } from '../../text/span.ts';

const normal = (path: string): string => path.replace(/(?<=.)\/+$/, '');

export default composeRule({
  id: 'compose-duplicate-mount',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Two mounts at one path',
  messages: {
    replaced: {
      text: '{service} mounts something else at {target} further down: Compose takes the last entry for a path and leaves this one out without a word. Take this one out, or mount it elsewhere.',
      severity: 'warning',
    },
    refused: {
      text: '{service} mounts {target} as tmpfs and as a volume: Compose refuses the file. Take one of them out.',
    },
  },
  docs: {
    why: 'One path holds one mount. Of two entries of `volumes` with the same target Compose keeps the last one and says nothing: what the other one was to bring is not there. A `tmpfs` at the path of a volume it refuses.',
    remedy: 'Mount one of them elsewhere, or take it out. The repair removes the entry that has no effect.',
    references: ['https://docs.docker.com/reference/compose-file/services/#volumes'],
  },
  fix: { availability: 'sometimes', safety: 'safe', why: 'Compose does not mount the entry that goes.' },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    volumes:\n      - «old:/var/lib/postgresql»\n      # the new one\n      - new:/var/lib/postgresql/\nvolumes:\n  old:\n  new:\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    volumes:\n      # the new one\n      - new:/var/lib/postgresql/\nvolumes:\n  old:\n  new:\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    tmpfs: [«/var/cache/nginx:size=10m»]\n    volumes: [/var/cache/nginx]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    tmpfs: [/var/cache/nginx:size=10m]\n    volumes: [/var/cache/nginx]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    tmpfs: /run\n    volumes:\n      - ./site:/usr/share/nginx/html:ro\n      - type: volume\n        source: cache\n        target: /var/cache/nginx\nvolumes:\n  cache:\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const last = new Map<string, Span>();
        const fresh = ({ start }: Span): boolean => !seen.has(start) && seen.add(start) !== undefined;
        for (const { target, span } of [...mountsOf(model, service)].reverse()) {
          if (target === null) continue;
          const path = normal(target);
          const data = { service: service.name, target: path };
          if (!last.has(path)) last.set(path, span);
          else if (fresh(span)) {
            const edits = removeEntries(model, [span]);
            report('replaced', { at: span, data, fixes: edits ? [fix('Remove it', 'safe', edits)] : [] });
          }
        }
        for (const { text, span } of last.size === 0 ? [] : itemsOf(model, service, 'tmpfs')) {
          const path = normal(text.split(':', 1)[0] ?? '');
          if (last.has(path) && fresh(span))
            report('refused', { at: span, data: { service: service.name, target: path } });
        }
      },
    };
  },
});
