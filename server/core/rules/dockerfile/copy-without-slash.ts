// copy-without-slash: several sources, and a destination that is not written as a folder.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { sourceKind } from '../../insight/copy-sources.ts';
import { destinationOf, filledIn } from '../../insight/copy-target.ts';
import type { CopyInstruction, Word } from '../../model/dockerfile/model.ts';
import { insert } from '../../text/edit.ts';

/** Folders that every base has. */
const standard =
  /^\/(?:$|(?:bin|etc|home|lib|media|mnt|opt|root|run|sbin|srv|tmp|var)$|usr(?:$|\/(?:local\/)?(?:bin|lib|sbin|share|src)$|\/local$)|var\/(?:cache|lib|log|tmp)$)/;

/** BuildKit finds a folder there, and copies into it. */
function isFolderAlready(copy: CopyInstruction): boolean {
  const path = destinationOf(copy);
  const { workdir } = copy.before;
  if (/(?:^|\/)\.{1,2}$/.test(copy.destination?.value ?? '')) return true;
  return path !== null && (standard.test(path) || (workdir.known && workdir.value === path));
}

/** Behind the last character of the value, within the quotes. */
const endOf = ({ raw, span: { end } }: Word): number => (/["']$/.test(raw) ? end - 1 : end);

export default dockerfileRule({
  id: 'copy-without-slash',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Several sources for a destination that is no folder',
  messages: {
    file: {
      text: 'Unless {destination} is a folder already, BuildKit writes each source over the one before and keeps the last; other builders refuse. End it with a slash.',
      equivalents: [
        'hadolint:DL3021',
        'trivy:DS-0011',
        'kics:copy_with_more_than_two_arguments_not_ending_with_slash',
        'dockerfile-utils:INVALID_DESTINATION',
      ],
    },
    folder: {
      text: '{destination} is a folder already, so BuildKit copies into it; other builders want to be told and refuse. End it with a slash.',
      severity: 'hint',
      equivalents: [
        'hadolint:DL3021',
        'trivy:DS-0011',
        'kics:copy_with_more_than_two_arguments_not_ending_with_slash',
        'dockerfile-utils:INVALID_DESTINATION',
      ],
    },
  },
  docs: {
    why: 'With several sources the destination has to be a folder, and only a slash at its end says so. BuildKit does not insist: where nothing is there yet, it writes the first source to that name, then the second one over it, and so on. The build succeeds and all files but the last are gone.',
    remedy: 'End the destination with a slash. The repair does so.',
    limits:
      'A pattern counts as one source, as nobody knows what it matches. A destination that ends in a variable is left alone.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy',
      'https://github.com/moby/buildkit/issues/1853',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'Where no folder was before, there is one now, with all the files in it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24.9-slim\nCOPY package.json package-lock.json «/app»\nUSER node\n',
        fixed: 'FROM node:24.9-slim\nCOPY package.json package-lock.json /app/\nUSER node\n',
      },
      {
        code: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY ["package.json", "package-lock.json", «"."»]\nCOPY a b «/usr/local/bin»\nUSER node\n',
        fixed:
          'FROM node:24.9-slim\nWORKDIR /app\nCOPY ["package.json", "package-lock.json", "./"]\nCOPY a b /usr/local/bin/\nUSER node\n',
      },
    ],
    good: [
      { code: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY src dist\n' },
      { code: 'FROM eclipse-temurin:25-jre\nARG DIR=/srv/\nCOPY target/*.jar app.jar\nCOPY a b $DIR\n' },
    ],
  },
  check: ({ report }) => {
    const visit = (copy: CopyInstruction): void => {
      const { sources, heredocs, destination, before } = copy;
      if (destination === null || sources.length + heredocs.length < 2) return;
      if (/[\\/]$|\$\{?\w+[^/]*$/.test(filledIn(destination.value, before) ?? destination.value)) return;
      if (sources.some(source => sourceKind(copy, source) === 'history')) return;
      const isFolder = isFolderAlready(copy);
      const edit = insert(endOf(destination), '/');
      const fixes = [fix('End it with a slash', isFolder ? 'safe' : 'unsafe', [edit])];
      const data = { destination: destination.value };
      report(isFolder ? 'folder' : 'file', { at: destination.span, data, fixes });
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
