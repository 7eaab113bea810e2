// unsorted-packages: a list of packages in no order.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isFileOperand, isOfOtherKind, packageWork } from '../../insight/package-work.ts';
import { packageManagerNames } from '../../knowledge/package-lookup.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { replace } from '../../text/edit.ts';
import { spanText } from '../../text/span.ts';

/** The name without version, in the order of a dictionary; `@scope/name` keeps its sign. */
const sortKey = ({ value }: ShellWord): string =>
  (value ?? '').toLowerCase().replace(/(?<=.)[=<>~!@:;[].*$/, '');

function listOf(command: ShellCommand): readonly ShellWord[] {
  const work = packageWork(command);
  return work?.action === 'install' && !isOfOtherKind(work) ? work.operands : [];
}

/** Only names can change places: not files, nor what a variable stands for. */
const isName = ({ value, raw }: ShellWord): boolean =>
  value !== null && !isFileOperand(value) && value !== '.' && !raw.includes('\n');

/** The parts between comments: a comment speaks of what stands below it. */
function parts(text: string, words: readonly ShellWord[]): readonly (readonly ShellWord[])[] {
  const found: ShellWord[][] = [];
  let end = -1;
  for (const word of words) {
    const isApart = end < 0 || /^[ \t]*#/m.test(text.slice(end, word.span.start));
    if (isApart) found.push([word]);
    else found.at(-1)?.push(word);
    end = word.span.end;
  }
  return found;
}

const byKey = (one: ShellWord, other: ShellWord): number => {
  const [left, right] = [sortKey(one), sortKey(other)];
  return left < right ? -1 : left > right ? 1 : 0;
};

function sortFix(text: string, words: readonly ShellWord[]): Fix {
  const sorted = [...words].sort(byKey);
  const edits = words.flatMap((word, index) => {
    const other = sorted[index] ?? word;
    return other === word ? [] : [replace(word.span, spanText(text, other.span))];
  });
  return fix('Sort the packages', 'safe', edits);
}

export default dockerfileRule({
  id: 'unsorted-packages',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Packages in no order',
  messages: {
    unsorted: {
      text: '`{package}` stands behind `{before}`: in a list without order, packages are hard to find and end up in it twice. Sort it.',
      equivalents: ['tally:sort-packages'],
    },
  },
  docs: {
    why: 'A sorted list shows at a glance whether a package is in it, keeps it from being named twice, and makes changes easy to review: one line in, one line out.',
    remedy:
      'Sort the packages by name, without regard to case and version. The repair lets the names change places; blanks, line breaks and comments stay where they are, and packages do not move past a comment.',
    references: ['https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments'],
  },
  fix: {
    availability: 'always',
    safety: 'safe',
    why: 'Package managers install a list in an order of their own.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y \\\n    wget \\\n    «curl=8.14.1-2» \\\n    git \\\n    && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y \\\n    curl=8.14.1-2 \\\n    git \\\n    wget \\\n    && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        note: 'A comment parts a list.',
        code: 'FROM alpine:3.22\nRUN apk add --no-cache \\\n    tzdata \\\n    # to build\n    make \\\n    «gcc»\n',
        fixed:
          'FROM alpine:3.22\nRUN apk add --no-cache \\\n    tzdata \\\n    # to build\n    gcc \\\n    make\n',
      },
      {
        code: 'FROM node:24-slim\nRUN npm install -g $TOOL typescript «@angular/cli»\n',
        fixed: 'FROM node:24-slim\nRUN npm install -g $TOOL @angular/cli typescript\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\nRUN apt-get install -y curl g++ git $MORE wget\n' },
      { code: 'FROM python:3.14-slim\nRUN pip install -r requirements.txt && pip install Flask gunicorn\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || instruction.json) return;
      for (const words of parts(model.text, listOf(command).filter(isName))) {
        const at = words.findIndex((word, index) => byKey(words[index - 1] ?? word, word) > 0);
        const [before, word] = words.slice(at - 1, at + 1);
        if (at < 1 || !before || !word) continue;
        report('unsorted', {
          at: word.span,
          data: { package: word.value ?? '', before: before.value ?? '' },
          fixes: instruction.script.complete ? [sortFix(model.text, words)] : [],
        });
      }
    };
    return { programs: [{ names: packageManagerNames, visit }] };
  },
});
