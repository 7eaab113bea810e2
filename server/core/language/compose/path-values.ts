// Completion of paths: the files and folders beside the document.
import type { Completion } from '../completion.ts';
import { type Context, partOfWord, serviceAt, tablePath } from './context.ts';

interface PathPlace {
  readonly wants: 'file' | 'folder' | 'any';
  /** Paths count from here; seen from the folder of the document. Null: that cannot be told. */
  readonly base?: (context: Context) => string | null;
  /** Only what begins with a dot is a path. */
  readonly dotted?: true;
  /** A colon ends it. */
  readonly colon?: true;
}

/** Where the build of a service takes its files from. */
function contextOf(context: Context): string | null {
  const build = serviceAt(context)?.get('build');
  const node = build?.node?.kind === 'map' ? serviceAt(context)?.get('build', 'context')?.node : build?.node;
  if (!node) return '.';
  return node.kind === 'scalar' && isBeside(node.text) ? node.text : null;
}

const file: PathPlace = { wants: 'file' };
const folder: PathPlace = { wants: 'folder' };

const places: Readonly<Record<string, PathPlace>> = {
  'include.[]': file,
  'include.[].path': file,
  'include.[].path.[]': file,
  'include.[].env_file': file,
  'include.[].env_file.[]': file,
  'include.[].project_directory': folder,
  'services.*.env_file': file,
  'services.*.env_file.[]': file,
  'services.*.env_file.[].path': file,
  'services.*.label_file': file,
  'services.*.label_file.[]': file,
  'services.*.extends.file': file,
  'services.*.build': folder,
  'services.*.build.context': folder,
  'services.*.build.additional_contexts.*': folder,
  'services.*.build.dockerfile': { wants: 'file', base: contextOf },
  'services.*.credential_spec.file': file,
  'services.*.develop.watch.[].path': { wants: 'any' },
  'services.*.volumes.[]': { wants: 'any', dotted: true, colon: true },
  'services.*.volumes.[].source': { wants: 'any', dotted: true },
  'secrets.*.file': file,
  'configs.*.file': file,
};

/** Not of the machine, of the network or behind a variable. */
const isBeside = (path: string): boolean => !/^(?:\/|~|\\|[a-zA-Z]:|[a-z+]+:\/\/)|[$\\]/.test(path);

/** What nobody names by hand. */
const hidden = new Set(['.git', 'node_modules', '.DS_Store']);

const joined = (base: string, path: string): string =>
  base === '.' ? path : `${base.replace(/\/+$/, '')}/${path}`;

/** The part behind the last `/` is completed; folders lead on. */
export function pathValues(context: Context): Completion[] {
  const { place, around } = context;
  const { wants, base = () => '.', dotted, colon } = places[tablePath(context.path)] ?? { wants: null };
  const from = wants === null ? null : base(context);
  const { typed } = place;
  if (from === null || !isBeside(typed) || (colon && typed.includes(':'))) return [];
  if (dotted && !typed.startsWith('.')) return typed === '' ? [hostPath(context)] : [];
  const slash = typed.lastIndexOf('/') + 1;
  const parent = typed.slice(0, slash);
  const entries = around.folder(joined(from, parent) || '.') ?? [];
  const where = partOfWord(context, slash, colon ? /[/:]/ : /\//);
  return entries
    .filter(({ name, kind }) => !hidden.has(name) && (kind === 'folder' || wants !== 'folder'))
    .map(({ name, kind }) => {
      const isFolder = kind === 'folder';
      const leadsOn = isFolder && wants !== 'folder';
      const hasSlash = context.model.text[where.end] === '/';
      const before = dotted && slash === 0 ? './' : '';
      return {
        label: before + name + (isFolder ? '/' : ''),
        kind,
        span: where,
        text: before + name + (leadsOn && !hasSlash ? '/' : ''),
        rank: isFolder === (wants === 'folder') ? 1 : 2,
        ...(leadsOn && { goesOn: true }),
      };
    });
}

/** The way to the paths of a place where names may stand too. */
const hostPath = ({ place }: Context): Completion => ({
  label: './',
  kind: 'folder',
  span: place.word,
  text: './',
  detail: 'a path of the host',
  rank: 3,
  goesOn: true,
});
