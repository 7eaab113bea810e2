// unseen-service-log: a server from a package, which logs into files unless it is told otherwise.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { runsServiceOfBase, startedPrograms } from '../../insight/process.ts';
import { builtFrom } from '../../insight/run-effects.ts';
import { inspectStage } from '../../insight/stage.ts';
import { installedPackages } from '../../knowledge/package-calls.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import { appendCommand } from '../../repairs/append-command.ts';
import type { Span } from '../../text/span.ts';

interface Server {
  readonly package: string;
  readonly access: string;
  readonly error: string;
}

const apache: Server = {
  package: 'apache2',
  access: '/var/log/apache2/access.log',
  error: '/var/log/apache2/error.log',
};

/** Where the packages of Debian and Alpine log to, by the program that is started. */
const servers: Readonly<Record<string, Server>> = {
  nginx: { package: 'nginx', access: '/var/log/nginx/access.log', error: '/var/log/nginx/error.log' },
  apache2: apache,
  apachectl: apache,
  apache2ctl: apache,
};

export default dockerfileRule({
  id: 'unseen-service-log',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A server whose log nobody sees',
  messages: {
    file: {
      text: 'The package of {program} logs to {path} in the container: `docker logs` shows nothing, and the file grows without end. Link it to /dev/stdout.',
    },
  },
  docs: {
    why: 'The official images of nginx and Apache log to standard output; the packages of the distributions log to files, which nobody rotates in a container, which `docker logs` does not show, and which go when the container goes.',
    remedy:
      'Link the files to `/dev/stdout` and `/dev/stderr`, as the official images do, or start from one of those.',
    limits:
      'Silent where a file is copied that may be a configuration, and where something of the build speaks of standard output.',
    references: ['https://docs.docker.com/engine/logging/', 'https://github.com/nginx/docker-nginx'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Who reads the files today finds nothing in them. There is none where the end of the RUN that installs the server is not what it seems.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y «nginx»\nCMD ["nginx", "-g", "daemon off;"]\n',
        fixed:
          'FROM debian:13\nRUN apt-get update && apt-get install -y nginx && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log\nCMD ["nginx", "-g", "daemon off;"]\n',
      },
      {
        note: 'Without a shell nothing can be put behind it.',
        code: 'FROM debian:13\nRUN ["apt-get", "install", "-y", «"apache2"»]\nCMD ["apachectl", "-D", "FOREGROUND"]\n',
        fixed:
          'FROM debian:13\nRUN ["apt-get", "install", "-y", "apache2"]\nCMD ["apachectl", "-D", "FOREGROUND"]\n',
      },
    ],
    good: [
      { code: 'FROM nginx:1.29\nCOPY site /usr/share/nginx/html\n' },
      {
        note: 'Linked already.',
        code: 'FROM alpine:3.24\nRUN apk add --no-cache nginx && ln -sf /dev/stdout /var/log/nginx/access.log\nCMD ["nginx"]\n',
      },
      {
        note: 'The configuration may say where it logs.',
        code: 'FROM alpine:3.24\nRUN apk add --no-cache nginx\nCOPY nginx.conf /etc/nginx/\nCMD ["nginx"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      const insight = inspectStage(stage);
      const program = startedPrograms(insight).find(name => Object.hasOwn(servers, name));
      const server = servers[program ?? ''];
      if (program === undefined || server === undefined || runsServiceOfBase(insight) === true) return;
      const built = builtFrom(stage);
      const installed = built.flatMap(instruction => installation(instruction, server))[0];
      if (installed === undefined || built.some(settles)) return;
      const fixes = linkFixes(model, installed.run, server);
      report('file', { at: installed.at, data: { program, path: server.access }, fixes });
    },
  }),
});

interface Installation {
  readonly run: RunInstruction;
  readonly at: Span;
}

/** The word that names a package of the server: `nginx-full`, `apache2`. */
function installation(instruction: Instruction, server: Server): Installation[] {
  if (instruction.keyword !== 'RUN') return [];
  const { commands } = instruction.script;
  const packages = [...installedPackages(commands)].filter(name => name.startsWith(server.package));
  const word = commands
    .flatMap(({ args }) => args)
    .find(({ value }) => packages.some(one => value?.startsWith(one)));
  return word === undefined ? [] : [{ run: instruction, at: word.span }];
}

const speaksOfLogs = (text: string): boolean =>
  /\/dev\/std(?:out|err)|\/proc\/self\/fd|access_log|CustomLog|\.conf\b/.test(text);

/** It may say where the log goes, or brings a file that may. */
function settles(instruction: Instruction): boolean {
  switch (instruction.keyword) {
    case 'COPY':
    case 'ADD':
      return instruction.words.some(({ value }) =>
        /\.conf\b|^\/(?:etc\b.*)?$|nginx|apache|httpd|config|rootfs/.test(value),
      );
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
      return [instruction.body.text, ...instruction.heredocs.map(({ content }) => content)].some(
        speaksOfLogs,
      );
    default:
      return false;
  }
}

function linkFixes(model: DockerfileModel, run: RunInstruction, { access, error }: Server): Fix[] {
  const links = `ln -sf /dev/stdout ${access} && ln -sf /dev/stderr ${error}`;
  const edit = appendCommand(model, run, links);
  return edit === null ? [] : [fix('Link the logs to the output', 'unsafe', [edit])];
}
