// Globs of configuration files, in the manner of ignore files: `**`, `*`, `?`, `{a,b}`, `[a-z]`, `[!a]`, `\` before a character.

/** Offsets into a path. */
type Places = ReadonlySet<number>;

/**
 * One piece of a pattern: where a match may stand behind it, given where it may stand before it. Working on sets of
 * places takes time in proportion to pattern times path, whatever the pattern.
 */
type Piece = (path: string, from: Places) => Places;

/** A single character that is no slash, or is the slash itself. */
const character =
  (fits: (written: string) => boolean): Piece =>
  (path, from) =>
    new Set([...from].filter(at => at < path.length && fits(path.charAt(at))).map(at => at + 1));

/** From any of the places on, wherever a run of characters leads. */
const run =
  (goesOn: (written: string) => boolean, stopsAt: (path: string, at: number) => boolean): Piece =>
  (path, from) => {
    const reached = new Set(from);
    let open = false;
    for (let at = 0; at <= path.length; at++) {
      open ||= from.has(at);
      if (open && stopsAt(path, at)) reached.add(at);
      open &&= goesOn(path.charAt(at));
    }
    return reached;
  };

const anyCharacter = character(written => written !== '/');
const anyName = run(
  written => written !== '/',
  () => true,
);
/** `**` and its slash: any number of folders. */
const anyFolders = run(
  () => true,
  (path, at) => path[at - 1] === '/',
);
const anything = run(
  () => true,
  () => true,
);

const inOrder =
  (pieces: readonly Piece[]): Piece =>
  (path, from) =>
    pieces.reduce((places, piece) => (places.size === 0 ? places : piece(path, places)), from);

const oneOf =
  (branches: readonly Piece[]): Piece =>
  (path, from) =>
    new Set(branches.flatMap(branch => [...branch(path, from)]));

/** `[a-z_]` and `[!a-z_]`. */
function characterClass(token: string): Piece {
  const negated = /^\[[!^]/.test(token);
  const members = Array.from(token.slice(negated ? 2 : 1, -1).matchAll(/(.)-(.)|./gs));
  const holds = (written: string): boolean =>
    members.some(([single, first = single, last = single]) => first <= written && written <= last);
  return character(written => written !== '/' && holds(written) !== negated);
}

const tokens = /\*\*\/|\*+|\[[!^]?\]?[^\]/[]*\]|\\?./gs;

/** Deeper braces stand for themselves. */
const maximumDepth = 10;

function pieceOf(token: string, startsName: boolean, endsPattern: boolean): Piece {
  if (token === '**/' && startsName) return anyFolders;
  if (token === '**/') return inOrder([anyName, character(written => written === '/')]);
  if (token === '**' && startsName && endsPattern) return anything;
  if (token.startsWith('*')) return anyName;
  if (token === '?') return anyCharacter;
  if (token.length > 2) return characterClass(token);
  const literal = token.length === 2 ? token.charAt(1) : token;
  return character(written => written === literal);
}

/** An alternative that is being read: those before it in the same braces, and its own pieces so far. */
interface Group {
  readonly done: Piece[];
  pieces: Piece[];
}

const endGroup = ({ done, pieces }: Group): Piece => oneOf([...done, inOrder(pieces)]);

/** Braces left open end with the pattern. */
function compile(pattern: string): Piece {
  let group: Group = { done: [], pieces: [] };
  const outer: Group[] = [];
  const close = (): void => {
    const piece = endGroup(group);
    group = outer.pop() ?? { done: [], pieces: [] };
    group.pieces.push(piece);
  };
  for (const { 0: token, index } of pattern.matchAll(tokens)) {
    if (token === '{' && outer.length < maximumDepth) {
      outer.push(group);
      group = { done: [], pieces: [] };
    } else if (token === ',' && outer.length > 0) {
      group.done.push(inOrder(group.pieces));
      group.pieces = [];
    } else if (token === '}' && outer.length > 0) close();
    else {
      const startsName = index === 0 || '/{,'.includes(pattern.charAt(index - 1));
      group.pieces.push(pieceOf(token, startsName, index + token.length === pattern.length));
    }
  }
  while (outer.length > 0) close();
  return endGroup(group);
}

/** Where in a path the glob may end. With a slash inside or before it the glob starts at the root, else at any name. */
function endsOf(glob: string): (names: string) => ReadonlySet<number> {
  const pattern = glob.replace(/^\.?\/|\/$/g, '');
  const isAnchored = pattern.includes('/') || /^\.?\//.test(glob);
  const match = compile(pattern);
  return names => {
    const starts = new Set([0]);
    return match(names, isAnchored ? starts : anyFolders(names, starts));
  };
}

const fromRoot = (path: string): string => path.replace(/^\.?\/+/, '');

/** True where the glob names the file or a folder above it; with a slash at its end it names folders alone. */
export function globMatcher(glob: string): (path: string) => boolean {
  const ends = endsOf(glob);
  const namesFolders = glob.endsWith('/');
  return path => {
    const names = fromRoot(path);
    return [...ends(names)].some(at => names[at] === '/' || (at === names.length && !namesFolders));
  };
}

/** True where the glob names just this file or folder; the path of a folder ends with a slash. */
export function exactGlobMatcher(glob: string): (path: string) => boolean {
  const ends = endsOf(glob);
  const namesFolders = glob.endsWith('/');
  return path => {
    const names = fromRoot(path);
    return names.endsWith('/')
      ? ends(names).has(names.length - 1)
      : !namesFolders && ends(names).has(names.length);
  };
}

export const globMatches = (glob: string, path: string): boolean => globMatcher(glob)(path);
