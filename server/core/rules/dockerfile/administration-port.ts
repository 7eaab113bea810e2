// administration-port: the image offers a service that machines are managed with.
import { option } from '../../engine/options.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { administrationServices } from '../../knowledge/ports.ts';
import { removePort } from '../../repairs/removal.ts';

const bySonar = new Set([22, 23, 3389, 5800, 5900]);

export default dockerfileRule({
  id: 'administration-port',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A port to manage the container by',
  messages: {
    ssh: {
      text: 'Port {port} is SSH: with a login of its own a container has passwords and keys to guess and a server to update, and `docker exec` needs none of it. Remove the server and the port.',
      equivalents: ['trivy:DS-0004', 'checkov:CKV_DOCKER_1', 'kics:exposing_port_22', 'sonar:S6473'],
    },
    remote: {
      text: 'Port {port} is {service}: whoever reaches it may take over the container. Remove the service and the port, and manage the container through its engine.',
      equivalents: ['sonar:S6473'],
    },
    other: {
      text: 'Port {port} is {service}: whoever reaches it takes over the container, or its host. Remove the service and the port.',
    },
  },
  docs: {
    why: 'A container runs one service, and is managed through its engine: `docker exec`, `docker logs`, `docker cp`. A server for remote logins beside it has accounts of its own, is seldom updated, and is what scanners of networks try first.',
    remedy: 'Remove the server from the image, and the port from `EXPOSE`. The repair does the latter.',
    limits:
      'What listens on the port cannot be seen. Where it is the very service of the image (a Git or SFTP server), say so with `allowed`, or take another port inside of the container: publishing can still map 22 to it.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#expose',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: '`docker run -P` no longer publishes the port; the server itself stays until it is removed, too. A range is left for its author to split.',
  },
  options: { allowed: option.strings([], 'Ports that are accepted.') },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nEXPOSE 80 «22» 443\nEXPOSE «22/tcp»\n',
        fixed: 'FROM alpine:3.24\nEXPOSE 80 443\n',
      },
      {
        note: 'A range, and other services.',
        code: 'FROM alpine:3.24\nEXPOSE \\\n  80 \\\n  «20-25» \\\n  «3389»\nEXPOSE «2375»\n',
        fixed: 'FROM alpine:3.24\nEXPOSE \\\n  80 \\\n  20-25\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24\nEXPOSE 8080 2222 22/udp\n' },
      { code: 'FROM alpine:3.24\nEXPOSE 22\n', options: { allowed: ['22'] } },
    ],
  },
  check: ({ model, options: { allowed }, report }) => ({
    instruction: {
      EXPOSE(expose) {
        for (const { port: first, protocol, word } of expose.ports) {
          const last = Number(/-(\d+)(?:\/|$)/.exec(word.value)?.[1] ?? first);
          const port = first === null || protocol === 'udp' ? undefined : serviceIn(first, last);
          const service = port && administrationServices.get(port);
          if (!port || !service || allowed.includes(String(port))) continue;
          const isRange = first !== last;
          const edit = isRange ? null : removePort(model, expose, word);
          const fixes = edit === null ? [] : [fix(`Remove ${word.raw}`, 'unsafe', [edit])];
          const found = { at: word.span, fixes };
          if (port === 22) report('ssh', { ...found, data: { port } });
          else if (bySonar.has(port)) report('remote', { ...found, data: { port, service } });
          else report('other', { ...found, data: { port, service } });
        }
      },
    },
  }),
});

const serviceIn = (first: number, last: number): number | undefined =>
  [...administrationServices.keys()].find(port => first <= port && port <= last);
