// compose-unset-mount-source: a mount of which nothing says what is mounted.
import { composeRule } from '../../engine/rule.ts';
import { serviceMounts } from '../../insight/host-mounts.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { parseTemplate, type TemplatePart } from '../../model/compose/interpolation.ts';
import { placeFix } from '../../repairs/places.ts';
import { replace } from '../../text/edit.ts';
import { spanText } from '../../text/span.ts';

/** Nothing but variables without a value, one of which at least may be missing unnoticed. */
function isOpen(parts: readonly TemplatePart[]): boolean {
  const variables = parts.filter(part => part.kind === 'variable');
  return (
    parts.length > 0 &&
    variables.length === parts.length &&
    variables.some(({ operator }) => operator === null)
  );
}

/** Every plain variable demands its value. */
const demanding = (parts: readonly TemplatePart[], source: string): string =>
  parts
    .map(part =>
      part.kind === 'variable' && part.operator === null
        ? `\${${part.name}:?}`
        : source.slice(part.span.start, part.span.end),
    )
    .join('');

export default composeRule({
  id: 'compose-unset-mount-source',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A mount whose source nobody states',
  messages: {
    unset: {
      text: 'What {service} gets at {target} is up to {source}, which no file here sets: it may be any folder of the host, so that nothing can be said of it. Demand a value, and state one in `.env`.',
      equivalents: ['compose-lint:note-mount-source'],
    },
  },
  docs: {
    why: 'A mount decides what of the host a service can read and write. Where all of it comes from a variable, a reviewer cannot tell, and no check of mounts can either; left empty, Compose stops with words about colons.',
    remedy:
      'State the folder, or its fixed part (`${DATA}/uploads`), or a default (`${DATA:-./data}`). `${DATA:?}` stops with the name of the variable where it is missing.',
    references: [
      'https://docs.docker.com/reference/compose-file/interpolation/',
      'https://docs.docker.com/reference/compose-file/services/#volumes',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'A machine that has left the variable empty is told so.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - "«${DATA}»:/data"\n      - type: bind\n        source: «$LOGS»\n        target: /logs\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    volumes:\n      - "${DATA:?}:/data"\n      - type: bind\n        source: ${LOGS:?}\n        target: /logs\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - ${DATA:-./data}:/data\n      - ${ROOT}/logs:/logs\n      - ${SITE:?}:/site\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<{ readonly target: string; readonly source: string }>();
    return {
      service(service) {
        for (const { source, target, type } of serviceMounts(model, service)) {
          if (source === null || type === 'tmpfs' || !isOpen(parseTemplate(source.text))) continue;
          places.add(service, source.span, { target: target ?? '', source: source.text });
        }
      },
      end() {
        for (const place of places.all()) {
          const { target, source } = place.found;
          const isWritten = spanText(model.text, place.at) === source;
          const edits = isWritten ? [replace(place.at, demanding(parseTemplate(source), source))] : null;
          const fixes = placeFix(place, 'Demand a value', 'unsafe', edits);
          report('unset', { at: place.at, data: { service: place.names, target, source }, fixes });
        }
      },
    };
  },
});
