// stored-login: a login, or a setting with credentials in it, whose file stays in the image.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { emptiedFolders, isWithin, mountedFolders } from '../../insight/folders.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { copiedCredentials, wordsOf, writtenCredentials } from '../../insight/written-credentials.ts';
import { type StoredLogin, storedLogins } from '../../knowledge/stored-logins.ts';
import type {
  CopyInstruction,
  DockerfileModel,
  Instruction,
  RunInstruction,
} from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { appendCommand } from '../../repairs/append-command.ts';
import { rightsOf } from '../../repairs/commands.ts';
import { span } from '../../text/span.ts';

/** Mounted over, removed again, or forgotten by the program itself. */
function isGone(
  run: RunInstruction,
  login: ShellCommand,
  { place, ended }: Omit<StoredLogin, 'call'>,
): boolean {
  const isBehind = (other: ShellCommand): boolean => other.span.start > login.span.start;
  return (
    mountedFolders(run, ['cache', 'tmpfs', 'secret', 'bind']).some(folder => isWithin(place, folder)) ||
    emptiedFolders(run).some(({ folder, command }) => isBehind(command) && isWithin(place, folder)) ||
    run.script.commands.some(
      other => other.name === login.name && isBehind(other) && ended?.test(wordsOf(other)) === true,
    )
  );
}

function remove(model: DockerfileModel, run: RunInstruction, login: ShellCommand, place: string): Fix[] {
  const command = `${rightsOf(login)}rm -rf ${place}`;
  const edit = appendCommand(model, run, command);
  return edit === null ? [] : [fix(`End the RUN with ${command}`, 'unsafe', [edit])];
}

const clouds = new Set<string | null>(['aws', 'az', 'gcloud']);

/** What writes a file, of which a later command of the RUN may have need. */
const loginPrograms = Object.keys(storedLogins);
const writers = ['echo', 'printf', 'cat', 'cp', 'install'];

const isLast = ({ script }: RunInstruction, { span: { end } }: ShellCommand): boolean =>
  !script.commands.some(other => other.span.start > end);

/** What Trivy takes for safe: it looks for the mount, not at what becomes of the secret. */
const mountsSecret = ({ mounts }: RunInstruction): boolean => mounts.some(({ type }) => type === 'secret');

const text =
  '`{command}` writes the credentials to {place}, which stays in this layer: whoever pulls the image has them. Remove it in the same RUN, or pass them for one command alone.';

export default dockerfileRule({
  id: 'stored-login',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A login that stays in the image',
  messages: {
    cloud: { text, equivalents: ['trivy:DS-0031'] },
    stored: { text },
    written: {
      text: 'The credentials written to {place} stay in this layer: whoever pulls the image has them. Remove the file in the same RUN, or mount it as a secret.',
    },
  },
  docs: {
    why: 'A login is there to be remembered: the program writes what it was given, or a token for it, into a file of the account. Mounting the secret keeps it out of the Dockerfile and of the history, not out of that file.',
    remedy:
      'Give the credentials to the one command that needs them: a variable in front of it, an option, a secret mounted at the place where the program looks (`--mount=type=secret,id=npmrc,target=/root/.npmrc`). Or remove the file at the end of the same RUN, as the repair does.',
    limits:
      'Only layers of the image count, not those of build stages. A file that `HOME` or a setting of the program puts elsewhere is not followed, and what scripts do is not seen.',
    references: ['https://docs.docker.com/build/building/secrets/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A RUN behind it, or the container, may rely on the login. A RUN in JSON form takes no further command.',
  },
  examples: {
    bad: [
      {
        note: 'The secret is mounted, and then written down.',
        code: 'FROM golang:1.25\nRUN --mount=type=secret,id=token «git config» --global url."https://$(cat /run/secrets/token)@github.com/".insteadOf https://github.com/ \\\n    && go mod download\n',
        fixed:
          'FROM golang:1.25\nRUN --mount=type=secret,id=token git config --global url."https://$(cat /run/secrets/token)@github.com/".insteadOf https://github.com/ \\\n    && go mod download \\\n    && rm -rf ~/.gitconfig\n',
      },
      {
        code: 'FROM google/cloud-sdk:545.0.0\nCOPY key.json /tmp/\nRUN «gcloud auth» activate-service-account --key-file=/tmp/key.json && rm /tmp/key.json\n',
        fixed:
          'FROM google/cloud-sdk:545.0.0\nCOPY key.json /tmp/\nRUN gcloud auth activate-service-account --key-file=/tmp/key.json && rm /tmp/key.json && rm -rf ~/.config/gcloud\n',
      },
      {
        code: 'FROM node:24.9-slim\nRUN --mount=type=secret,id=npm,env=TOKEN «npm config set» //registry.npmjs.org/:_authToken "$TOKEN" && npm ci\n',
        fixed:
          'FROM node:24.9-slim\nRUN --mount=type=secret,id=npm,env=TOKEN npm config set //registry.npmjs.org/:_authToken "$TOKEN" && npm ci && rm -rf ~/.npmrc\n',
      },
      {
        code: 'FROM mcr.microsoft.com/azure-cli:2.79.0\nRUN [«"az", "login"», "--service-principal", "-u", "app", "-p", "$P"]\n',
        fixed:
          'FROM mcr.microsoft.com/azure-cli:2.79.0\nRUN ["az", "login", "--service-principal", "-u", "app", "-p", "$P"]\n',
      },
      {
        note: 'Written by hand. A file that nothing else of the RUN reads is not removed.',
        code: 'FROM node:24.9-slim\nRUN --mount=type=secret,id=npm,env=TOKEN echo "//registry.npmjs.org/:_authToken=$TOKEN" > «~/.npmrc» && npm ci\nRUN --mount=type=secret,id=key cp /run/secrets/key «~/.ssh/id_ed25519»\nARG WHO\nCOPY <<EOF «/root/.netrc»\nmachine example.com login app password ${WHO}\nEOF\n',
        fixed:
          'FROM node:24.9-slim\nRUN --mount=type=secret,id=npm,env=TOKEN echo "//registry.npmjs.org/:_authToken=$TOKEN" > ~/.npmrc && npm ci && rm -rf ~/.npmrc\nRUN --mount=type=secret,id=key cp /run/secrets/key ~/.ssh/id_ed25519\nARG WHO\nCOPY <<EOF /root/.netrc\nmachine example.com login app password ${WHO}\nEOF\n',
      },
    ],
    good: [
      {
        note: 'No credentials, a reference to them, or a file that is gone again.',
        code: 'FROM node:24.9-slim\nRUN echo "registry=$REGISTRY" > ~/.npmrc && echo \'//registry.npmjs.org/:_authToken=${TOKEN}\' >> ~/.npmrc\nRUN echo "machine example.com password $P" > ~/.netrc && make && rm ~/.netrc\nCOPY <<EOF /root/.npmrc\n//registry.npmjs.org/:_authToken=\\${TOKEN}\nEOF\n',
      },
      {
        note: 'Removed, forgotten, or under a mount.',
        code: 'FROM docker:28\nRUN docker login -u app -p "$P" && docker pull app && rm -rf /root/.docker\nRUN docker login -u app -p "$P" && docker pull app && docker logout\nRUN --mount=type=tmpfs,target=/root/.docker docker login -u app -p "$P" && docker pull app\n',
      },
      {
        note: 'A reference, which npm resolves when it reads the file.',
        code: "FROM node:24.9-slim\nRUN npm config set //registry.npmjs.org/:_authToken '${NPM_TOKEN}'\n",
      },
      {
        note: 'This layer is not shipped.',
        code: 'FROM golang:1.25 AS build\nRUN gh auth login --with-token < /run/secrets/gh && make\nFROM scratch\nCOPY --from=build /out /\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, instruction: Instruction): void => {
      const login = storedLogins[command.name ?? ''];
      const { nameWord } = command;
      if (instruction.keyword !== 'RUN' || !login || !nameWord || !leavesLayer(instruction)) return;
      const words = wordsOf(command);
      const [said = ''] = login.call.exec(words) ?? [];
      if (said === '' || / --help\b/.test(words) || isGone(instruction, command, login)) return;
      const verb = command.args.find(({ value }) => value === said.split(' ', 1)[0]) ?? nameWord;
      const { place } = login;
      report(clouds.has(command.name) && !mountsSecret(instruction) ? 'cloud' : 'stored', {
        at: span(nameWord.span.start, verb.span.end),
        data: { command: `${command.name} ${verb.value ?? ''}`.trimEnd(), place },
        fixes: remove(model, instruction, command, place),
      });
    };
    const write = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || !leavesLayer(instruction)) return;
      const written = writtenCredentials(command, instruction);
      if (written === null || isGone(instruction, command, written)) return;
      const { at, place } = written;
      const fixes = isLast(instruction, command) ? [] : remove(model, instruction, command, place);
      report('written', { at, data: { place }, fixes });
    };
    const copy = (instruction: CopyInstruction): void => {
      const written = leavesLayer(instruction) ? copiedCredentials(instruction) : null;
      if (written !== null) report('written', { at: written.at, data: { place: written.place } });
    };
    return {
      instruction: { COPY: copy },
      programs: [
        { names: loginPrograms, visit },
        { names: writers, visit: write },
      ],
    };
  },
});
