// tls-check-off: a download that does not check whom it talks to.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type TlsSwitch, tlsSwitches, toolSwitchedOff } from '../../insight/tls-checks.ts';
import { heredocSwitches } from '../../insight/tls-files.ts';
import type { DockerfileModel, Instruction, VariablesInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { removeArgument } from '../../repairs/commands.ts';
import { removePair } from '../../repairs/removal.ts';
import { type Edit, remove, replace } from '../../text/edit.ts';
import { wholeLines } from '../../text/layout.ts';
import { span, spanText } from '../../text/span.ts';

/** An assignment in front of a command, with the blanks or the continuation behind it. */
function removeAssignment(
  { text }: DockerfileModel,
  command: ShellCommand,
  { at }: TlsSwitch,
): Edit[] | null {
  const starts = [...command.assignments, ...(command.nameWord ? [command.nameWord] : [])]
    .map(({ span: { start } }) => start)
    .filter(start => start > at.start);
  if (starts.length === 0) return null;
  const own = span(at.start, Math.min(...starts));
  return spanText(text, own).includes('#') ? null : [remove(own)];
}

function repair(
  model: DockerfileModel,
  command: ShellCommand,
  found: TlsSwitch,
): { readonly title: string; readonly edits: readonly Edit[] | null } {
  const removed = `Remove ${found.name}`;
  switch (found.kind) {
    case 'words':
      return { title: removed, edits: found.words.map(word => removeArgument(model, command, word)) };
    case 'letter':
      return { title: removed, edits: [remove(found.at)] };
    case 'assignment':
      return { title: removed, edits: removeAssignment(model, command, found) };
    case 'setting':
      return { title: `Set ${found.name} to ${found.on}`, edits: [replace(found.at, found.on)] };
    case 'fixed':
      return { title: removed, edits: null };
  }
}

export default dockerfileRule({
  id: 'tls-check-off',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The check of certificates is switched off',
  messages: {
    curl: {
      text: '`{name}` lets curl take anybody for the server: whoever sits in between chooses what ends up in the image. Remove it, and install the missing authority if there is one.',
      equivalents: ['checkov:CKV2_DOCKER_2'],
    },
    wget: {
      text: '`{name}` lets wget take anybody for the server: whoever sits in between chooses what ends up in the image. Remove it, and install `ca-certificates` if they are missing.',
      equivalents: ['checkov:CKV2_DOCKER_3'],
    },
    pip: {
      text: '`{name}` lets pip take anybody for that host: whoever sits in between chooses what is installed. Remove it, and give pip the authority with `--cert`.',
      equivalents: ['checkov:CKV2_DOCKER_4'],
    },
    'pip-variable': {
      text: '{name} lets pip take anybody for that host: whoever sits in between chooses what is installed. Remove it, and set PIP_CERT instead.',
      equivalents: ['checkov:CKV2_DOCKER_16'],
    },
    python: {
      text: '{name} keeps Python from checking certificates: anybody can pose as the server. Remove it.',
      equivalents: ['checkov:CKV2_DOCKER_5'],
    },
    node: {
      text: '{name} keeps Node.js from checking certificates: anybody can pose as the server. Remove it, and set NODE_EXTRA_CA_CERTS instead.',
      equivalents: ['checkov:CKV2_DOCKER_6'],
    },
    'npm-variable': {
      text: '{name} keeps npm from checking the certificate of the registry: whoever sits in between chooses what is installed. Remove it, and set NODE_EXTRA_CA_CERTS instead.',
      equivalents: ['checkov:CKV2_DOCKER_12'],
    },
    npm: {
      text: '`{name}` keeps the package manager from checking the certificate of the registry: whoever sits in between chooses what is installed. Remove it, and set NODE_EXTRA_CA_CERTS instead.',
      equivalents: ['checkov:CKV2_DOCKER_13'],
    },
    git: {
      text: '{name} keeps git from checking certificates, whatever its value: whoever sits in between chooses the sources. Remove it, and set GIT_SSL_CAINFO instead.',
      equivalents: ['checkov:CKV2_DOCKER_14'],
    },
    'host-key': {
      text: '`{name}` takes any machine for the one that is meant: whoever sits in between chooses the sources. Remove it, and copy the key of the host into `known_hosts`.',
    },
    other: {
      text: '`{name}` switches off the check of certificates: anybody can pose as the server. Remove it, and install the missing authority if there is one.',
    },
  },
  docs: {
    why: 'Without the check of its certificate a server can be anybody: a hotel network, a proxy, a name server that lies. What a build downloads ends up in the image, and is mostly run there. A variable set with `ENV` goes on working in every container.',
    remedy:
      'Install the certificates that are missing: `ca-certificates`, or the authority of your own company (copy it to `/usr/local/share/ca-certificates/`, run `update-ca-certificates`). The repair removes the switch, or sets a setting to what it is without.',
    limits:
      'Health checks, and addresses of the own machine, are left alone. Configuration files that the Dockerfile copies are not read.',
    references: [
      'https://curl.se/docs/sslcerts.html',
      'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
      'https://pip.pypa.io/en/stable/topics/https-certificates/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The build fails where the certificate really cannot be checked, until its authority is installed.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN curl -fsSL«k» -o /tmp/tool https://example.com/tool \\\n && wget -q «--no-check-certificate» https://example.com/other\n',
        fixed:
          'FROM debian:13.1\nRUN curl -fsSL -o /tmp/tool https://example.com/tool \\\n && wget -q https://example.com/other\n',
      },
      {
        code: 'FROM python:3.13\nENV APP=/srv «PYTHONHTTPSVERIFY=0»\nENV «PIP_TRUSTED_HOST=pypi.example.com»\nRUN pip install «--trusted-host pypi.example.com» flask==3.1.2\n',
        fixed: 'FROM python:3.13\nENV APP=/srv\nRUN pip install flask==3.1.2\n',
      },
      {
        code: 'FROM node:24\nENV «NPM_CONFIG_STRICT_SSL=false»\nRUN npm config set strict-ssl «false» && npm ci\nRUN «NODE_TLS_REJECT_UNAUTHORIZED=0» node fetch.js\n',
        fixed: 'FROM node:24\nRUN npm config set strict-ssl true && npm ci\nRUN node fetch.js\n',
      },
      {
        note: 'Git does not read the value.',
        code: 'FROM debian:13.1\nRUN «GIT_SSL_NO_VERIFY=0» git clone https://example.com/app.git\nRUN git config --global http.sslVerify «false»\n',
        fixed:
          'FROM debian:13.1\nRUN git clone https://example.com/app.git\nRUN git config --global http.sslVerify true\n',
      },
      {
        note: 'Git asks only whether the variable is there: no other value helps.',
        code: 'FROM debian:13.1\nRUN export «GIT_SSL_NO_VERIFY=1» && make sources\n',
        fixed: 'FROM debian:13.1\nRUN export GIT_SSL_NO_VERIFY=1 && make sources\n',
      },
      {
        note: 'Written into the settings of the tool.',
        code: 'FROM node:24\nRUN echo «insecure» >> ~/.curlrc && printf «"a=b\\\\ncheck_certificate = off\\\\n"» | tee -a /etc/wgetrc\nRUN npm «--strict-ssl false» ci && yarn config set enableStrictSsl «false» && echo «"strict-ssl=false"» > .npmrc\n',
        fixed:
          'FROM node:24\nRUN echo insecure >> ~/.curlrc && printf "a=b\\\\ncheck_certificate = off\\\\n" | tee -a /etc/wgetrc\nRUN npm ci && yarn config set enableStrictSsl true && echo "strict-ssl=false" > .npmrc\n',
      },
      {
        code: 'FROM python:3.13\nENV «MAVEN_OPTS="-Dmaven.wagon.http.ssl.insecure=true"»\nRUN python -m pip install «--trusted-host pypi.example.com» poetry==2.1.0 && poetry config certificates.a.cert «false» && http «--verify=no» https://example.com\n',
        fixed:
          'FROM python:3.13\nRUN python -m pip install poetry==2.1.0 && poetry config certificates.a.cert true && http https://example.com\n',
      },
      {
        note: 'The keys of hosts.',
        code: 'FROM debian:13.1\nENV «GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no"»\nRUN scp «-o StrictHostKeyChecking=no» build@example.com:a /a && echo «"StrictHostKeyChecking no"» >> ~/.ssh/config\n',
        fixed:
          'FROM debian:13.1\nRUN scp build@example.com:a /a && echo "StrictHostKeyChecking no" >> ~/.ssh/config\n',
      },
      {
        note: 'Behind wrappers, and in heredocs.',
        code: 'FROM debian:13.1\nRUN sudo sh -c "echo «insecure» >> /root/.curlrc" && env echo «check_certificate=off» > /etc/wgetrc\nRUN echo «insecure» | sudo tee -a /root/.curlrc\nRUN cat > ~/.npmrc <<EOF\nfund=false\n«strict-ssl=false»\nEOF\nCOPY <<EOF /root/.curlrc\n«insecure»\nEOF\n',
        fixed:
          'FROM debian:13.1\nRUN sudo sh -c "echo insecure >> /root/.curlrc" && env echo check_certificate=off > /etc/wgetrc\nRUN echo insecure | sudo tee -a /root/.curlrc\nRUN cat > ~/.npmrc <<EOF\nfund=false\nEOF\nCOPY <<EOF /root/.curlrc\nEOF\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1\nRUN scp -o StrictHostKeyChecking=accept-new build@example.com:a /a\n' },
      {
        code: 'FROM node:24\nRUN npm --strict-ssl true ci && echo insecure > notes && echo "a" >> ~/.curlrc\n',
      },
      { code: 'FROM debian:13.1\nRUN curl -fsSLo pack https://example.com/pack\n' },
      { code: 'FROM node:24\nENV NPM_CONFIG_STRICT_SSL=true\nRUN npm config set strict-ssl true || false\n' },
      {
        note: 'The service of this very container.',
        code: 'FROM debian:13.1\nHEALTHCHECK CMD curl -fk https://localhost:8443/health\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const variables = (instruction: VariablesInstruction): void => {
      for (const pair of instruction.pairs) {
        if (pair.value === null) continue;
        const { resolved } = pair;
        const tool = toolSwitchedOff(pair.name, resolved?.known ? resolved.value : pair.value.value);
        if (tool === null) continue;
        const fixes = [fix(`Remove ${pair.name}`, 'unsafe', [removePair(model, instruction, pair)].flat())];
        report(tool, { at: pair.span, data: { name: pair.name }, fixes });
      }
    };
    const written = (instruction: Instruction): void => {
      for (const { tool, name, at } of heredocSwitches(model.text, instruction))
        report(tool, {
          at,
          data: { name },
          fixes: [fix('Leave the line out', 'unsafe', [remove(wholeLines(model.text, at))])],
        });
    };
    return {
      instruction: { ENV: variables, ARG: variables, COPY: written, ADD: written, RUN: written },
      command: {
        '*': (command, instruction) => {
          if (instruction.keyword === 'HEALTHCHECK') return;
          for (const found of tlsSwitches(command)) {
            const { title, edits } = repair(model, command, found);
            const fixes: Fix[] = edits === null ? [] : [fix(title, 'unsafe', edits)];
            report(found.tool, { at: found.at, data: { name: found.name }, fixes });
          }
        },
      },
    };
  },
});
