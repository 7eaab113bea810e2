// Examples: the texts of a rule that docs show and tests run, read back from how they are written down.
import { parseCompose } from '../model/compose/parse.ts';
import { parseDockerfile } from '../model/dockerfile/parse.ts';
import { readIgnoreFile } from '../model/gitignore.ts';
import { readLocalImage } from '../model/local-image.ts';
import { bySpan, type Span, span } from '../text/span.ts';
import type { Answer, BuildContext, FactKind, FactReader, Facts } from './facts.ts';
import type { Example, RuleInfo } from './rule.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { readComments } from './shellcheck.ts';

export interface MarkedText {
  readonly text: string;
  /** In document order. */
  readonly marks: readonly Span[];
}

/** Takes `«marks»` out of a text; marks may stand within marks. */
export function readMarks(code: string): MarkedText {
  let text = '';
  const open: number[] = [];
  const marks: Span[] = [];
  for (const piece of code.split(/([«»])/)) {
    if (piece === '«') {
      open.push(text.length);
    } else if (piece === '»') {
      const start = open.pop();
      if (start === undefined) throw new Error(`A mark is closed but not opened in ${JSON.stringify(code)}.`);
      marks.push(span(start, text.length));
    } else {
      text += piece;
    }
  }
  if (open.length > 0) throw new Error(`A mark is not closed in ${JSON.stringify(code)}.`);
  return { text, marks: marks.sort(bySpan) };
}

/** Only this rule, with the options of the example. */
export const exampleSettings = ({ id }: RuleInfo, { options }: Example): Settings => ({
  ...defaultSettings,
  only: new Set([id]),
  rules: new Map([[id, { severity: null, options: options ?? {} }]]),
});

/** What the text of a Compose example is called. */
const exampleName = 'compose.yaml';

type Files = Readonly<Record<string, string>>;

/** The path without `.` and `..`; those that lead out of the folder stay in front. */
function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function contextAt(files: Files, folder: string): BuildContext | null {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = Object.keys(files)
    .filter(path => path.startsWith(prefix))
    .map(path => path.slice(prefix.length));
  if (names.length === 0 && folder !== '') return null;
  const ignorePath = ['Dockerfile.dockerignore', '.dockerignore'].find(name => names.includes(name));
  return {
    files: names,
    complete: true,
    ignoreFile:
      ignorePath === undefined ? null : { path: ignorePath, text: files[prefix + ignorePath] ?? '' },
  };
}

/** Facts where nothing exists but the document and the files given, by their paths beside it, or what was asked. */
export function factsBeside(files: Files): FactReader {
  const answers: { readonly [K in FactKind]: (path: string) => Facts[K] | null } = {
    context: path => contextAt(files, normalise(path)),
    compose: path => {
      const text = files[normalise(path)];
      return text === undefined ? null : parseCompose(text);
    },
    folder: () => ({ document: exampleName, files: [exampleName, ...Object.keys(files)], set: null }),
    shellcheck: question => readComments(files[question] ?? ''),
    version: question => files[question] ?? null,
    image: name => {
      const printed = files[name];
      return printed === undefined ? null : readLocalImage(printed);
    },
    registry: question => files[question] ?? null,
    env: path => {
      const name = normalise(path);
      const text = files[name];
      const isIgnored = readIgnoreFile(files['.gitignore'] ?? '')(name) ?? false;
      return text === undefined ? null : { text, takenIn: !isIgnored };
    },
    dockerfile: path => {
      const text = files[normalise(path)];
      return text === undefined ? null : parseDockerfile(text);
    },
  };
  return {
    get: <K extends FactKind>(kind: K, path: string): Answer<K> => answers[kind](path),
  };
}
