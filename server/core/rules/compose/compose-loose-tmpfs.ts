// compose-loose-tmpfs: a file system in memory that takes back what Docker forbids there.
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import type { Word } from '../../model/compose/short-form.ts';
import { type Tmpfs, tmpfsOf } from '../../model/compose/tmpfs.ts';
import { placeFix } from '../../repairs/places.ts';
import { type Edit, remove } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

const deeds: Readonly<Record<string, string>> = {
  exec: 'programs that somebody has written there can be started',
  suid: 'programs there can take the rights of their owner',
};

interface Found {
  readonly tmpfs: Tmpfs;
  readonly option: Word;
}

/** The option with its comma, or with the colon where it is the only one. */
function withoutOption(text: string, { tmpfs: { options }, option }: Found): Edit[] | null {
  if (spanText(text, option.span) !== option.text) return null;
  const index = options.indexOf(option);
  const [before, after] = [options[index - 1], options[index + 1]];
  if (after !== undefined) return [remove(span(option.span.start, after.span.start))];
  if (before !== undefined) return [remove(span(before.span.end, option.span.end))];
  const colon = option.span.start - 1;
  return text.charAt(colon) === ':' ? [remove(span(colon, option.span.end))] : null;
}

export default composeRule({
  id: 'compose-loose-tmpfs',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A file system in memory that allows what Docker forbids',
  messages: {
    loose: {
      text: 'With `{option}` {deed} in {target} of {service}: a place for what an intruder brings along. Take the word away; Docker forbids it by default.',
      equivalents: ['compose-lint:CL-0022'],
    },
  },
  docs: {
    why: 'Where the root file system is read-only, a `tmpfs` is the one place that can be written. Docker mounts it with `noexec,nosuid,nodev`, so that nothing that is downloaded there can be started. `exec` and `suid` take that back.',
    remedy:
      'Remove the word. A program that unpacks libraries and loads them from there (some Java and Python programs do) needs `exec`: give it a folder of its own for that, with a `size`.',
    limits:
      '`dev` is not reported: which devices a container may use does not depend on where their files lie.',
    references: [
      'https://docs.docker.com/engine/storage/tmpfs/',
      'https://docs.docker.com/reference/compose-file/services/#tmpfs',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'A program that starts files from there fails.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    tmpfs:\n      - /tmp:«exec»,size=64m\n      - /run:size=8m,«suid»\n      - /cache:«exec»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    tmpfs:\n      - /tmp:size=64m\n      - /run:size=8m\n      - /cache\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    tmpfs:\n      - /tmp:noexec,size=64m\n      - /run:dev\n  job:\n    image: example/job:1\n    tmpfs: /tmp\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        for (const tmpfs of tmpfsOf(model, service)) {
          for (const option of tmpfs.options) {
            if (Object.hasOwn(deeds, option.text)) places.add(service, option.span, { tmpfs, option });
          }
        }
      },
      end() {
        for (const place of places.all()) {
          const { tmpfs, option } = place.found;
          const fixes = placeFix(
            place,
            `Take ${option.text} away`,
            'unsafe',
            withoutOption(model.text, place.found),
          );
          report('loose', {
            at: place.at,
            data: {
              service: place.names,
              target: tmpfs.target,
              option: option.text,
              deed: deeds[option.text] ?? '',
            },
            fixes,
          });
        }
      },
    };
  },
});
