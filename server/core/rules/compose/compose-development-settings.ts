// compose-development-settings: what serves whoever writes the software, in a file for production.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { isForProduction } from '../../insight/production.ts';
import { startsDevelopmentServer } from '../../insight/purpose.ts';
import { debugVariable } from '../../knowledge/debug-variables.ts';
import { isDebugOption } from '../../knowledge/development-programs.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import type { ComposeModel, Pair, Service } from '../../model/compose/model.ts';
import { processOf } from '../../model/compose/process.ts';
import { mountsOf } from '../../model/compose/volumes.ts';
import { PlacesTold } from '../../model/looking.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** The folder of the project, or one in which sources lie by custom. */
const sources = /^\.\/?$|^\.\/(?:src|app|lib|source|code|backend|frontend|server|client|api|web|public)\/?$/;

function variableFixes(model: ComposeModel, service: Service, pair: Pair, instead: string | null): Fix[] {
  const titled = (title: string): string => sharedTitle(title, service, pair.sharedBy);
  if (instead !== null && pair.valueSpan)
    return [fix(titled(`Set ${pair.name} to ${instead}`), 'unsafe', [replace(pair.valueSpan, instead)])];
  const edits = removeEntries(model, [pair.span]);
  return edits ? [fix(titled(`Remove ${pair.name}`), 'unsafe', edits)] : [];
}

export default composeRule({
  id: 'compose-development-settings',
  category: 'security',
  severity: 'warning',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'Settings for development in a file for production',
  messages: {
    variable: {
      text: '{name} puts {service} into the mode of those who write it: errors show code and settings, and some frameworks run what visitors send. This file is for production: set it for that.',
    },
    server: {
      text: '`{command}` of {service} is a server for development: slow, talkative, and not made to face others. This file is for production: start the real one.',
    },
    sources: {
      text: '{service} runs the sources of the host at {path}, not those of its image: what was built and tested is not what runs. This file is for production: remove the mount.',
    },
  },
  docs: {
    why: 'Debug modes print stack traces, settings and secrets to visitors, and the debuggers of Flask and Django run code from the browser. Servers that reload watch files and handle one request at a time. Mounted sources make every host run another program.',
    remedy:
      'Keep such settings in `compose.override.yaml`, which `docker compose up` adds on the desk, and start production with `-f compose.yaml -f compose.prod.yaml`.',
    limits:
      'A file is taken for one of production where a service says so: `NODE_ENV: production`, or settings for a swarm.',
    references: [
      'https://docs.docker.com/compose/how-tos/production/',
      'https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/',
    ],
  },
  fix: { availability: 'sometimes', safety: 'unsafe', why: 'The service behaves otherwise.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    build: .\n    image: example/web:1\n    environment:\n      NODE_ENV: production\n  api:\n    build: ./api\n    image: example/api:1\n    command: «flask run --debug»\n    environment:\n      APP_ENV: «development»\n      FLASK_DEBUG: "«1»"\n      LEVEL: info\n    volumes:\n      - «./api:/app»\n      - data:/data\nvolumes:\n  data:\n',
        fixed:
          'services:\n  web:\n    build: .\n    image: example/web:1\n    environment:\n      NODE_ENV: production\n  api:\n    build: ./api\n    image: example/api:1\n    command: flask run --debug\n    environment:\n      APP_ENV: production\n      LEVEL: info\n    volumes:\n      - data:/data\nvolumes:\n  data:\n',
      },
      {
        note: 'Behind the entrypoint of the image.',
        code: 'services:\n  login:\n    image: quay.io/keycloak/keycloak:26.4\n    command: «start-dev»\n  keys:\n    image: hashicorp/vault:1.20\n    command: [«server, -dev»]\n    deploy: {mode: global}\n',
        fixed:
          'services:\n  login:\n    image: quay.io/keycloak/keycloak:26.4\n    command: start-dev\n  keys:\n    image: hashicorp/vault:1.20\n    command: [server, -dev]\n    deploy: {mode: global}\n',
      },
    ],
    good: [
      {
        note: 'For the desk.',
        code: 'services:\n  api:\n    build: ./api\n    command: npm run dev\n    environment: {NODE_ENV: development}\n    volumes: ["./api:/app"]\n',
      },
      {
        code: 'services:\n  web:\n    build: .\n    image: example/web:1\n    environment: {NODE_ENV: production}\n    volumes: ["./conf:/etc/web:ro"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const isNew = ({ start }: Span): boolean => !seen.has(start) && seen.add(start).has(start);
    return {
      service(service) {
        if (!isForProduction(model)) return;
        for (const pair of service.pairs('environment')) {
          const found = pair.value === null ? null : debugVariable(pair.name, pair.value);
          if (!found || !pair.valueSpan || !isNew(pair.valueSpan)) continue;
          const fixes = variableFixes(model, service, pair, found.instead);
          report('variable', { at: pair.valueSpan, data: { name: pair.name, service: service.name }, fixes });
        }
        const command = service.get('command')
          ? processOf(model, service, 'command')?.commands[0]
          : undefined;
        const isReloading = command?.args.some(({ value }) => isDebugOption(command.name ?? '', value ?? ''));
        if (command && (isReloading || startsDevelopmentServer(command)) && isNew(command.span)) {
          const words = [command.name, ...command.args.slice(0, 2).map(({ value }) => value ?? '…')];
          report('server', { at: command.span, data: { command: words.join(' '), service: service.name } });
        }
        if (!service.get('build')) return;
        for (const { source, target, span, readOnly } of mountsOf(model, service)) {
          if (readOnly || target === null || !sources.test(source?.text ?? '') || !isNew(span)) continue;
          const edits = removeEntries(model, [span]);
          const fixes = edits ? [fix('Remove the mount', 'unsafe', edits)] : [];
          report('sources', { at: span, data: { service: service.name, path: target }, fixes });
        }
      },
    };
  },
});
