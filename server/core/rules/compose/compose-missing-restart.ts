// compose-missing-restart: a service that stays down after a crash or a reboot.
import { composeRule, fix } from '../../engine/rule.ts';
import { inspectService } from '../../insight/service.ts';
import { addKey } from '../../model/compose/edit.ts';
import { resolvedString } from '../../model/compose/value.ts';

export default composeRule({
  id: 'compose-missing-restart',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that nobody restarts',
  needs: ['dockerfile'],
  messages: {
    missing: {
      text: '{service} listens on port {port} and is not restarted: after a crash or a reboot of the machine it stays down until somebody notices. Say `restart: unless-stopped`.',
    },
    never: {
      text: '{service} listens on port {port} and is never restarted, in so many words: after a crash or a reboot it stays down until somebody notices. Say `unless-stopped`.',
      severity: 'hint',
    },
  },
  docs: {
    why: 'Compose restarts nothing by default. A service that ends with an error at night, or a machine that starts anew for an update, leaves it down.',
    remedy:
      '`restart: unless-stopped` starts it again after an error and after a reboot, but not after `docker compose stop`. `on-failure:5` gives up after five tries. In a swarm, `deploy.restart_policy` says the same.',
    limits:
      'Only services that listen are reported: a job that ends is done. A service that is only there for a profile counts as a tool.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#restart',
      'https://docs.docker.com/engine/containers/start-containers-automatically/',
    ],
  },
  fix: { availability: 'sometimes', safety: 'unsafe', why: 'A service that ends on purpose starts again.' },
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.30\n    ports: ["127.0.0.1:8080:80"]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports: ["127.0.0.1:8080:80"]\n    restart: unless-stopped\n',
      },
      {
        note: 'By the Dockerfile it is built from.',
        code: 'services:\n  «api»:\n    build: .\n',
        files: { Dockerfile: 'FROM node:24.19-slim\nEXPOSE 3000\nCMD ["node", "server.js"]\n' },
        fixed: 'services:\n  api:\n    build: .\n    restart: unless-stopped\n',
      },
      {
        note: 'Somebody meant it.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    «restart»: "no"\n',
        fixed: 'services:\n  web:\n    image: nginx:1.30\n    restart: "no"\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.30\n    restart: always\n' },
      { code: 'services:\n  web:\n    image: nginx:1.30\n    deploy: {restart_policy: {condition: any}}\n' },
      { note: 'Nothing listens.', code: 'services:\n  job:\n    image: example/job:1\n' },
      { note: 'A tool.', code: 'services:\n  tool:\n    image: nginx:1.30\n    profiles: [tools]\n' },
    ],
  },
  check: ({ model, facts, report }) => ({
    service(service) {
      const restart = service.get('restart');
      if (service.get('deploy', 'restart_policy') || service.get('profiles')) return;
      const policy = resolvedString(model, restart?.node);
      // Unquoted, `no` is a word of YAML 1.1 and a text to YAML 1.2: Compose takes both.
      if (policy !== null && (!policy.known || !/^(?:no|false)$/.test(policy.value))) return;
      const [port] = inspectService(model, service, path => facts.get('dockerfile', path)).listening();
      if (port === undefined) return;
      const data = { service: service.name, port };
      if (restart && policy) return report('never', { at: restart.keySpan, data });
      const edits = addKey(model, service, ['restart'], 'unless-stopped');
      const fixes = edits ? [fix('Restart it unless stopped', 'unsafe', edits)] : [];
      report('missing', { at: service.nameSpan, data, fixes });
    },
  }),
});
