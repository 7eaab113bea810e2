// relative-destination: COPY to a relative path in a folder that only the base knows.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { CopyInstruction, DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import { rememberFor } from '../../model/remembered.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';
import { insert, replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

/** Neither a path from the root, of Unix or Windows, nor a variable that may hold one. */
const isRelative = (path: string): boolean => path !== '' && !/^(?:[\\/$%]|[a-z]:)/i.test(path);

const setsFolder = (instruction: Instruction): boolean =>
  instruction.keyword === 'WORKDIR' ||
  (instruction.keyword === 'ONBUILD' && instruction.trigger?.keyword === 'WORKDIR');

/** The stage, or one below it, has said by then where relative paths begin. */
const hasFolder = ({ stage, index, before }: CopyInstruction): boolean =>
  before.workdir.setAt !== null ||
  (stage?.chain.some(({ instructions }) =>
    instructions.some(other => setsFolder(other) && (other.stage !== stage || other.index < index)),
  ) ??
    false);

const isOpen = (instruction: Instruction): instruction is CopyInstruction =>
  (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
  isRelative(instruction.destination?.value ?? '') &&
  !hasFolder(instruction);

/** The working folder itself, which would be the root. */
const isHere = ({ destination }: CopyInstruction): boolean =>
  /^\.{1,2}(?:$|\/(?:$|\.))/.test(destination?.value ?? '');

/** The first such COPY of a stage, and whether one of them needs a folder. */
const openCopies = rememberFor((instructions: readonly Instruction[]) => {
  const copies = instructions.filter(isOpen);
  return { first: copies[0], needsFolder: copies.some(isHere) };
});

function beginAtRoot({ destination, stage }: CopyInstruction): Fix[] {
  if (destination === null) return [];
  const { raw, span: at } = destination;
  // A path that goes on in the next line is left to a person.
  if (at.end - at.start !== raw.length) return [];
  const quote = /^["']/.test(raw) ? 1 : 0;
  const start = at.start + quote;
  const [prefix = ''] = /^(?:\.\/)+/.exec(raw.slice(quote)) ?? [];
  const edit = prefix === '' ? insert(start, '/') : replace(span(start, start + prefix.length), '/');
  return [fix('Begin at the root', stage?.root.kind === 'scratch' ? 'safe' : 'suggestion', [edit])];
}

/** All of a stage go the same way: into a folder of their own as soon as one of them needs it. */
function repairs(model: DockerfileModel, copy: CopyInstruction): Fix[] {
  if (copy.onbuild !== null || copy.stage === null) return isHere(copy) ? [] : beginAtRoot(copy);
  const { first = copy, needsFolder } = openCopies(copy.stage.instructions);
  const edit = insertBefore(model, first, [`${keywordLike(model, 'WORKDIR')} /app`]);
  const folder = fix('Set WORKDIR /app', 'suggestion', [edit], { group: 'working-folder' });
  return needsFolder ? [folder] : [...beginAtRoot(copy), folder];
}

const home =
  'Nothing fills in the `~` of {destination}: this makes a folder of that name. Write the whole path, such as `/root`.';

export default dockerfileRule({
  id: 'relative-destination',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A relative destination without WORKDIR',
  messages: {
    relative: {
      text: 'Where {destination} ends up is decided by the working folder of the base, mostly the root, and changes with it. Set WORKDIR before, or write the whole path.',
      equivalents: ['hadolint:DL3045'],
    },
    home: { text: home, equivalents: ['hadolint:DL3045'] },
    'home-below': { text: home },
  },
  docs: {
    why: 'A relative path begins at the working folder, and without `WORKDIR` that is whatever the base has set: `/` for most, `/go` for `golang`, something else in the next version. Files land among those of the system, or where nothing looks for them.',
    remedy:
      'Set `WORKDIR` to a folder of your own, or write the destination from the root. There is a repair for each; the folder `/app` is only a proposal.',
    references: ['https://docs.docker.com/build/building/best-practices/#workdir'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'The working folder of the base is not known here, and moving it is a choice. What ONBUILD copies into `.` is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCOPY run.sh «./bin/run.sh»\n',
        fixed: 'FROM debian:13\nCOPY run.sh /bin/run.sh\n',
        variants: { 'Set WORKDIR /app': 'FROM debian:13\nWORKDIR /app\nCOPY run.sh ./bin/run.sh\n' },
      },
      {
        note: 'It would be the root.',
        code: 'FROM python:3.14-slim\nCOPY . «.»\nUSER nobody\n',
        fixed: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nUSER nobody\n',
      },
      { code: 'FROM scratch\nADD ["app", «"app"»]\n', fixed: 'FROM scratch\nADD ["app", "/app"]\n' },
      {
        note: 'No shell reads it.',
        code: 'FROM debian:13 AS a\nCOPY .bashrc «~/»\nFROM a\nWORKDIR /srv\nCOPY run.sh «~/bin/run.sh»\n',
        fixed: 'FROM debian:13 AS a\nCOPY .bashrc ~/\nFROM a\nWORKDIR /srv\nCOPY run.sh ~/bin/run.sh\n',
      },
      {
        note: 'The stage that is built from this one decides.',
        code: 'FROM debian:13\nONBUILD COPY . «.»\n',
        fixed: 'FROM debian:13\nONBUILD COPY . .\n',
      },
    ],
    good: [
      { code: 'FROM debian:13 AS base\nWORKDIR /srv\nFROM base\nCOPY run.sh .\n' },
      { code: 'FROM debian:13\nARG DIR\nCOPY run.sh $DIR\nCOPY run.sh /usr/local/bin/\n' },
      {
        code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCOPY run.cmd c:/app/\n',
        note: 'From the root of a drive.',
      },
      { code: 'FROM debian:13\nONBUILD WORKDIR /srv\nONBUILD COPY . .\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (copy: CopyInstruction): void => {
      const { destination } = copy;
      if (destination === null) return;
      const data = { destination: destination.value };
      if (/^~(?:\/|$)/.test(destination.value))
        report(isOpen(copy) ? 'home' : 'home-below', { at: destination.span, data });
      else if (isOpen(copy)) report('relative', { at: destination.span, data, fixes: repairs(model, copy) });
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
