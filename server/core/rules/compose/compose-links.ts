// compose-links: services tied together in the way of old, instead of by a network.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { ComposeModel, Entry, Service } from '../../model/compose/model.ts';
import { PlacesTold } from '../../model/looking.ts';
import { replace } from '../../text/edit.ts';

/** `depends_on` keeps the order in which they start; a second name goes only with the link. */
function fixesOf(model: ComposeModel, service: Service, links: Entry): Fix[] {
  const names = itemsOf(model, service, 'links').map(({ text }) => text);
  if (links.sharedBy.length > 0 || names.length === 0 || names.some(name => name.includes(':'))) return [];
  const depends = service.get('depends_on');
  if (!depends) return [fix('Make it depends_on', 'unsafe', [replace(links.keySpan, 'depends_on')])];
  const known =
    depends.node?.kind === 'map'
      ? depends.node.pairs.map(({ key }) => key.text)
      : itemsOf(model, service, 'depends_on').map(({ text }) => text);
  const edits = names.every(name => known.includes(name)) ? removeEntries(model, [links.keySpan]) : null;
  return edits ? [fix('Remove the links', 'unsafe', edits)] : [];
}

export default composeRule({
  id: 'compose-links',
  category: 'style',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'Links in place of a network',
  messages: {
    links: {
      text: '`links` is a leftover: services reach each other by their names without it, and where it is all that separates them, it separates nothing. Say `depends_on` for the order, `networks` for who reaches whom.',
    },
    external: {
      text: '`external_links` ties {service} to containers that this file does not start: it fails without them, and nobody sees the tie from the other side. Join the network of that project (`external: true`) and use the names there.',
      severity: 'warning',
    },
  },
  docs: {
    why: 'Links come from a time before networks. Today they change nothing between services of one network but the order of their starts and an additional name; they keep nobody out. External links name containers of other projects, which have to run first, on a common network.',
    remedy:
      'Remove them. `depends_on` says what starts first, an alias under `networks` gives a second name, and separate `networks` say who reaches whom.',
    limits:
      'A link with a second name (`db:database`) is reported without a repair: who uses the name, cannot be seen.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#links',
      'https://docs.docker.com/compose/how-tos/networking/',
    ],
  },
  fix: { availability: 'sometimes', safety: 'unsafe', why: 'The order of starts may change.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: example/web:1\n    «links»:\n      - db\n  job:\n    image: example/job:1\n    depends_on: {db: {condition: service_healthy}}\n    «links»: [db]\n  db:\n    image: example/db:1\n',
        fixed:
          'services:\n  web:\n    image: example/web:1\n    depends_on:\n      - db\n  job:\n    image: example/job:1\n    depends_on: {db: {condition: service_healthy}}\n  db:\n    image: example/db:1\n',
      },
      {
        note: 'Containers of another project, and a second name.',
        code: 'services:\n  web:\n    image: example/web:1\n    «external_links»: [other_db_1]\n    «links»: ["db:database"]\n  db:\n    image: example/db:1\n',
        fixed:
          'services:\n  web:\n    image: example/web:1\n    external_links: [other_db_1]\n    links: ["db:database"]\n  db:\n    image: example/db:1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: example/web:1\n    depends_on: [db]\n  db:\n    image: example/db:1\n    networks: {default: {aliases: [database]}}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const isNew = ({ keySpan: { start } }: Entry): boolean => !seen.has(start) && seen.add(start).has(start);
    return {
      service(service) {
        const links = service.get('links');
        if (links && isNew(links))
          report('links', { at: links.keySpan, fixes: fixesOf(model, service, links) });
        const external = service.get('external_links');
        if (external && isNew(external))
          report('external', { at: external.keySpan, data: { service: service.name } });
      },
    };
  },
});
