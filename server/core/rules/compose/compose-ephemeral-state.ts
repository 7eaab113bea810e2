// compose-ephemeral-state: data that goes with the container it was written in.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { type ServiceState, stateOf } from '../../insight/state.ts';
import { addItem } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { partOf } from '../../model/compose/pairs.ts';
import { PlacesTold } from '../../model/looking.ts';
import { declareVolume, freeVolumeName } from '../../repairs/named-volume.ts';
import { replace } from '../../text/edit.ts';

const formerPostgres = '/var/lib/postgresql/data';
const postgres = '/var/lib/postgresql';

function volumeFixes(model: ComposeModel, service: Service, path: string): Fix[] {
  const name = freeVolumeName(model, service, 'data');
  const use = addItem(model, service, ['volumes'], `${name}:${path}`);
  const declare = declareVolume(model, name);
  return use && declare ? [fix(`Keep it in the volume ${name}`, 'unsafe', [...use, ...declare])] : [];
}

/** The mount at the folder that PostgreSQL has left with 18. */
function formerMount(model: ComposeModel, { paths: [path], mounts }: ServiceState) {
  const mount = path === postgres ? mounts.find(({ target }) => target === formerPostgres) : undefined;
  const target = mount?.map?.pairs.find(({ key }) => key.text === 'target')?.value;
  const where = target?.span ?? mount?.span;
  const at = where ? partOf(model, where, formerPostgres) : null;
  return mount && { at: at ?? mount.span, edit: at && replace(at, postgres) };
}

export default composeRule({
  id: 'compose-ephemeral-state',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Data that goes with its container',
  needs: ['dockerfile'],
  messages: {
    lost: {
      text: '{store} keeps what {service} holds in {path}, and no volume is mounted there: after `docker compose down` it begins empty. Mount a named volume.',
    },
    moved: {
      text: 'PostgreSQL 18 and newer keep their data in /var/lib/postgresql, and refuse to start with a mount at the folder of the older ones. Mount the volume at /var/lib/postgresql.',
      severity: 'error',
    },
  },
  docs: {
    why: 'A container is thrown away with each new version of its image, and what was written in it goes along. Some images declare a volume without a name: that survives a restart, but `docker compose down` loses the way to it. Nobody notices before the first update.',
    remedy:
      'Mount a named volume at the folder that the image keeps its data in, and declare it at the top level. The repair does both. A `tmpfs` there says that nothing is to be kept.',
    limits:
      'Which folder that is, a table of well-known images says. Caches (Redis, Memcached) are not reported. A file for tests may mean it: ignore the finding there.',
    references: [
      'https://docs.docker.com/engine/storage/volumes/',
      'https://docs.docker.com/reference/compose-file/volumes/',
      'https://github.com/docker-library/postgres/pull/1259',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'What is in the container now stays there: copy it over first.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  «db»:\n    image: mysql:9.7\n',
        fixed:
          'services:\n  db:\n    image: mysql:9.7\n    volumes:\n      - db-data:/var/lib/mysql\n\nvolumes:\n  db-data:\n',
      },
      {
        note: 'Built from such an image; the name is taken.',
        code: 'services:\n  «db»:\n    build: .\n    volumes: ["./init:/docker-entrypoint-initdb.d:ro"]\nvolumes:\n  db-data:\n',
        files: { Dockerfile: 'FROM postgres:18.6\nCOPY init.sql /docker-entrypoint-initdb.d/\n' },
        fixed:
          'services:\n  db:\n    build: .\n    volumes: ["./init:/docker-entrypoint-initdb.d:ro", "db-data-2:/var/lib/postgresql"]\nvolumes:\n  db-data:\n  db-data-2:\n',
      },
      {
        note: 'Where older releases had it.',
        code: 'services:\n  db:\n    image: postgres:18.6\n    volumes:\n      - db-data:«/var/lib/postgresql/data»\nvolumes:\n  db-data:\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    volumes:\n      - db-data:/var/lib/postgresql\nvolumes:\n  db-data:\n',
      },
      {
        note: 'Several take the list: whom it is for, their author decides.',
        code: 'services:\n  «db»:\n    image: mysql:9.7\n    volumes: &volumes ["./conf:/etc/mysql/conf.d"]\n  tool:\n    image: example/tool:1\n    volumes: *volumes\n',
        fixed:
          'services:\n  db:\n    image: mysql:9.7\n    volumes: &volumes ["./conf:/etc/mysql/conf.d"]\n  tool:\n    image: example/tool:1\n    volumes: *volumes\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:17.9\n    volumes: ["db-data:/var/lib/postgresql/data"]\n  test:\n    image: mysql:9.7\n    tmpfs: /var/lib/mysql\n  own:\n    image: postgres:18.6\n    environment: {PGDATA: /data/pg}\n    volumes: ["./pg:/data"]\nvolumes:\n  db-data:\n',
      },
      { note: 'A cache.', code: 'services:\n  cache:\n    image: redis:8.10\n' },
    ],
  },
  check: ({ model, facts, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const state = stateOf(model, service, path => facts.get('dockerfile', path));
        if (!state) return;
        const {
          store,
          paths: [path = ''],
          covered,
        } = state;
        if (!covered) {
          const data = { store: store.name, service: service.name, path };
          report('lost', { at: service.nameSpan, data, fixes: volumeFixes(model, service, path) });
          return;
        }
        const former = formerMount(model, state);
        if (!former || seen.has(former.at.start)) return;
        seen.add(former.at.start);
        const fixes = former.edit ? [fix(`Mount it at ${postgres}`, 'unsafe', [former.edit])] : [];
        report('moved', { at: former.at, fixes });
      },
    };
  },
});
