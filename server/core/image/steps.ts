// Steps: the forms in which builders write down an instruction, and whether one says the same as an instruction of a file.
import type {
  CopyInstruction,
  Instruction,
  PlainInstruction,
  RunInstruction,
} from '../model/dockerfile/model.ts';

/** The instructions that may leave a layer. */
export type LayerInstruction = (RunInstruction | CopyInstruction | PlainInstruction) & {
  readonly keyword: 'RUN' | 'COPY' | 'ADD' | 'WORKDIR';
};

const layered: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

export const mayLeaveLayer = (instruction: Instruction): instruction is LayerInstruction =>
  layered.has(instruction.keyword);

/** A step without what its builder adds to every one. */
export interface Step {
  /** Null where no instruction is named: a command of a builder that does not say RUN. */
  readonly keyword: string | null;
  readonly text: string;
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** BuildKit ends its steps with a comment; Docker's older builder and buildah name what is no command in one. */
export function readStep(createdBy: string): Step {
  const text = squeezed(createdBy).replace(/ # buildkit$/, '');
  const named = /^(?:\S+ )*?#\(nop\) (.*)$/s.exec(text)?.[1]?.trim() ?? text;
  const [, keyword, rest] = /^([A-Z]+)(?: (.*))?$/s.exec(named) ?? [];
  return keyword === undefined ? { keyword: null, text: named } : { keyword, text: rest ?? '' };
}

/** A step without a keyword is a command. */
export function isLayerStep(createdBy: string): boolean {
  const { keyword } = readStep(createdBy);
  return keyword === null || layered.has(keyword);
}

/** How surely a step is an instruction: more where more of it was compared. 0: it is another one. */
export type Likeness = 0 | 2 | 3 | 4;

export function likenessOf(instruction: LayerInstruction): (step: Step) => Likeness {
  if (instruction.keyword === 'RUN') return likenessOfRun(instruction);
  if (instruction.keyword === 'WORKDIR') return likenessOfFolder(instruction);
  return likenessOfCopy(instruction);
}

const variable = /\$(?:\w+|\{[^}]*\})/;

/** Whether a text is that of a word in which variables have values that only the build knew. */
function fits(written: string, text: string): boolean {
  const [first = '', ...rest] = squeezed(written).split(new RegExp(variable, 'g'));
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

const isFolder = (text: string, written: string): boolean => fits(withoutSlash(written), withoutSlash(text));

const withoutSlash = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path);

const hasVariable = (words: readonly string[]): boolean => words.some(word => variable.test(word));

const shells = /(?:^| )(?:\S*[/\\])?(?:\w*sh|powershell|cmd)(?:\.exe)?(?: [-/]\S+)*$/i;
/** Characters. */
const longestShell = 200;
const flags = /(?:^| )--[a-z]+(?:=\S+)?$/;

/** The texts that a builder may give to the shell, or start. */
function* scriptsOf({ json, words, body, heredocs }: RunInstruction): Generator<string> {
  if (json) yield words.map(word => word.value).join(' ');
  if (heredocs.length === 1) yield heredocs[0]?.content ?? '';
  if (heredocs.length > 0) {
    yield `${body.text}\n${heredocs.map(({ content, name }) => `${content}${name}`).join('\n')}`;
    yield `${body.text}\n${heredocs.map(({ content }) => content.trim()).join('\n')}`;
    for (const { name, content } of heredocs) if (content.startsWith('#!')) yield `/dev/pipes/${name}`;
  } else {
    yield body.text;
  }
}

/** What may stand in front of a script: `|2 A=x B=y`, a shell with its options, the flags of the instruction. */
function isPreamble(text: string, shell: string | null): boolean {
  let rest = text;
  while (flags.test(rest)) rest = rest.replace(flags, '');
  if (shell !== null && rest.endsWith(shell)) rest = rest.slice(0, -shell.length).trimEnd();
  else rest = rest.slice(0, -longestShell) + rest.slice(-longestShell).replace(shells, '');
  return rest === '' || /^\|\d+ /.test(rest);
}

function likenessOfRun(run: RunInstruction): (step: Step) => Likeness {
  const scripts = [...new Set([...scriptsOf(run)].map(squeezed))].filter(script => script !== '');
  const { shell } = run.before;
  const known = shell.known ? squeezed(shell.value.join(' ')) : null;
  return ({ keyword, text }) => {
    if (keyword !== null && keyword !== 'RUN') return 0;
    const isIt = scripts.some(
      script => text.endsWith(script) && isPreamble(text.slice(0, -script.length).trimEnd(), known),
    );
    return isIt ? 4 : 0;
  };
}

/** The folder that a path is in where it does not say so. */
const below = (folder: string, path: string): string =>
  `${folder}/${path}`.replace(/\/(?:\.?\/)+/g, '/').replace(/(?<=.)\/\.?$/, '');

function likenessOfCopy(copy: CopyInstruction): (step: Step) => Likeness {
  const destination = copy.destination?.value ?? '';
  const words = [
    ...copy.sources.map(({ value }) => value),
    ...copy.heredocs.map(({ name }) => `<<${name}`),
    destination,
  ];
  const whole = words.join(' ');
  const { workdir } = copy.before;
  const targets = workdir.known ? [destination, below(workdir.value, destination)] : [destination];
  const surely = hasVariable(words) ? 3 : 4;
  return ({ keyword, text }) => {
    if (keyword !== copy.keyword) return 0;
    const named = text.replace(/^(?:--[a-z-]+(?:=\S+)? ?)+/, '');
    if (fits(whole, named)) return surely;
    // The older builder and buildah tell the digest of what was copied, and where to.
    const to = /^[a-z]+:\S+ in (.*)$/.exec(named)?.[1];
    return to !== undefined && targets.some(target => isFolder(to, target)) ? 3 : 0;
  };
}

function likenessOfFolder({ body, after }: PlainInstruction): (step: Step) => Likeness {
  const written = squeezed(body.text).replace(/^(["'])(.*)\1$/, '$2');
  const folders = after.workdir.known ? [written, after.workdir.value] : [written];
  const isRelative = !after.workdir.known && !/^[/$]/.test(written);
  return ({ keyword, text }) => {
    if (keyword !== 'WORKDIR') return 0;
    // One that is relative to a folder of the base is told in full.
    const isIt =
      folders.some(folder => isFolder(text, folder)) ||
      (isRelative && withoutSlash(text).endsWith(`/${withoutSlash(written)}`));
    return isIt ? 2 : 0;
  };
}
