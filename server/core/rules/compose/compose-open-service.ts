// compose-open-service: a published service that asks nobody who is there.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { onExposed } from '../../insight/exposure.ts';
import type { OpenService } from '../../knowledge/open-services.ts';
import { addKey } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { addVariable } from '../../repairs/compose-environment.ts';
import { bindingFixes } from '../../repairs/port-binding.ts';
import type { Edit } from '../../text/edit.ts';

/** Bound, and with a password from the environment, which Compose asks for in so many words. */
function passwordFixes(model: ComposeModel, service: Service, open: OpenService, bound: Fix): Fix[] {
  const { password, option, name } = open;
  const files = [{ kind: 'append-line', path: '.gitignore', line: '.env' }] as const;
  const both = (title: string, edits: readonly Edit[] | null): Fix[] =>
    edits ? [fix(`${bound.title}, and ${title}`, 'suggestion', [...bound.edits, ...edits], { files })] : [];
  if (password !== null) {
    return both(`set ${password}`, addVariable(model, service, password, `\${${password}:?}`));
  }
  if (option === null || service.get('command') || service.get('entrypoint')) return [];
  const command = `redis-server ${option.replace('%', '${REDIS_PASSWORD:?}')}`;
  return both(`demand a password for ${name}`, addKey(model, service, ['command'], command));
}

export default composeRule({
  id: 'compose-open-service',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A published service without a login',
  messages: {
    open: {
      text: '{name} asks nobody for a password and is published on all addresses of the host, past its firewall: whoever reaches it {power}. Bind port {port} to 127.0.0.1, or put a login before it.',
      equivalents: ['compose-lint:CL-0005', 'kics:container_traffic_not_bound_to_host_interface'],
    },
  },
  docs: {
    why: 'Many images are set up for a first try on the desk: Redis, MongoDB and Elasticsearch up to 7 let everybody in, dashboards such as Prometheus, Kibana or a proxy of the Docker socket have no accounts at all. Published without an address, they answer the internet; emptied databases with a note of ransom are what comes of it.',
    remedy:
      'Do not publish it: services of the file reach it by its name. For a person at the host, bind to `127.0.0.1`. Else give it a password (`--requirepass`, `MONGO_INITDB_ROOT_PASSWORD`, ...) or put a proxy with a login before it.',
    limits:
      'The image says what it is; images outside the table are not judged. A mounted configuration file or an `env_file` may hold the login, and so ends the suspicion.',
    references: [
      'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      'https://redis.io/docs/latest/operate/oss_and_stack/management/security/',
      'https://www.mongodb.com/docs/manual/administration/security-checklist/',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Whoever used the port from another machine no longer reaches it; clients have to be told a new password.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  cache:\n    image: redis:8.10\n    ports:\n      - «"6379:6379"»\n',
        fixed: 'services:\n  cache:\n    image: redis:8.10\n    ports:\n      - "127.0.0.1:6379:6379"\n',
        variants: {
          'Do not publish it': 'services:\n  cache:\n    image: redis:8.10\n',
          'Bind to 127.0.0.1, and demand a password for Redis':
            'services:\n  cache:\n    image: redis:8.10\n    ports:\n      - "127.0.0.1:6379:6379"\n    command: redis-server --requirepass ${REDIS_PASSWORD:?}\n',
        },
      },
      {
        note: 'A dashboard that is switched on without a login.',
        code: 'services:\n  proxy:\n    image: traefik:v3.6\n    command: ["--api.insecure=true", "--providers.docker"]\n    ports: ["80:80", «"8080:8080"»]\n',
        fixed:
          'services:\n  proxy:\n    image: traefik:v3.6\n    command: ["--api.insecure=true", "--providers.docker"]\n    ports: ["80:80", "127.0.0.1:8080:8080"]\n',
      },
      {
        note: 'A variable of the image is what it takes.',
        code: 'services:\n  search:\n    image: getmeili/meilisearch:v1.24\n    environment:\n      MEILI_ENV: development\n    ports: [«"7700:7700"»]\n',
        fixed:
          'services:\n  search:\n    image: getmeili/meilisearch:v1.24\n    environment:\n      MEILI_ENV: development\n    ports: ["127.0.0.1:7700:7700"]\n',
        variants: {
          'Bind to 127.0.0.1, and set MEILI_MASTER_KEY':
            'services:\n  search:\n    image: getmeili/meilisearch:v1.24\n    environment:\n      MEILI_ENV: development\n      MEILI_MASTER_KEY: ${MEILI_MASTER_KEY:?}\n    ports: ["127.0.0.1:7700:7700"]\n',
        },
      },
      {
        note: 'Whoever reaches these runs code.',
        code: 'services:\n  ide:\n    image: lscr.io/linuxserver/code-server:4.105.1\n    ports: [«"8443:8443"»]\n  spark:\n    image: apache/spark:4.0.1\n    ports: [«"7077:7077"»]\n',
        fixed:
          'services:\n  ide:\n    image: lscr.io/linuxserver/code-server:4.105.1\n    ports: ["127.0.0.1:8443:8443"]\n  spark:\n    image: apache/spark:4.0.1\n    ports: ["127.0.0.1:7077:7077"]\n',
      },
    ],
    good: [
      {
        note: 'A password, whatever it is.',
        code: 'services:\n  ide:\n    image: lscr.io/linuxserver/code-server:4.105.1\n    environment: {PASSWORD: "${IDE_PASSWORD:?}"}\n    ports: ["8443:8443"]\n',
      },
      {
        code: 'services:\n  cache:\n    image: redis:8.10\n    command: redis-server --requirepass ${REDIS_PASSWORD:?}\n    ports: ["127.0.0.1:6379:6379"]\n',
      },
      {
        note: 'The file that is mounted may hold users.',
        code: 'services:\n  metrics:\n    image: mongo:8\n    ports: ["27018:27018"]\n    volumes: ["./mongod.conf:/etc/mongod.conf:ro"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    service: onExposed(model, ['open'], (service, exposure) => {
      const { port, stated, exposed } = exposure;
      const { name, power } = exposed.service;
      const bound = bindingFixes(model, service, exposure, true);
      const passworded = (first: Fix): Fix[] => passwordFixes(model, service, exposed.service, first);
      report('open', {
        at: port.span,
        data: { name, power, port: port.published ?? String(port.target) },
        equivalents: stated ? [] : ['dclint:no-unbound-port-interfaces'],
        fixes: [...bound, ...bound.slice(0, 1).flatMap(passworded)],
      });
    }),
  }),
});
