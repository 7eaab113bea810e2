// What people have accepted: entries of `.bulkhead.yaml`, of `.trivyignore` and of VEX documents, as one kind of thing.
import type { ScanIgnore } from '../engine/config/scan.ts';
import { parseYaml } from '../model/yaml/adapter.ts';
import { mapIn, mapsIn, textIn, textsIn } from './json.ts';
import type { Vulnerability } from './model.ts';
import { toPlain } from './plain-yaml.ts';
import { type Purl, readPurl } from './purl.ts';

export interface Ignore {
  readonly id: string;
  /** By its name alone; null: whatever the package. */
  readonly package: string | null;
  /** One of these packages; empty: whatever the package. */
  readonly purls: readonly Purl[];
  readonly reason: string | null;
  /** The last day on which it holds. */
  readonly expires: string | null;
  /** The file that says so. */
  readonly from: string;
}

export const ignoresOfConfig = (ignores: readonly ScanIgnore[]): Ignore[] =>
  ignores.map(ignore => ({ ...ignore, purls: [], from: '.bulkhead.yaml' }));

const dayIn = (text: string | undefined): string | null => /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? null;

/** A line holds an id, `exp:2027-01-31` behind it where it ends some day; `#` begins a comment. */
export function readTrivyIgnore(text: string): Ignore[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [before = '', comment] = line.split('#');
    const [id = '', ...words] = before.trim().split(/\s+/);
    if (id === '') return [];
    const expires = dayIn(words.find(word => word.startsWith('exp:'))?.slice('exp:'.length));
    const reason = comment?.trim() || null;
    return { id, package: null, purls: [], reason, expires, from: '.trivyignore' };
  });
}

const kinds = ['vulnerabilities', 'misconfigurations', 'secrets'];

export function readTrivyIgnoreYaml(text: string): Ignore[] {
  const root = mapIn(toPlain(parseYaml(text).root));
  return kinds.flatMap(kind =>
    mapsIn(root[kind]).flatMap(entry => {
      const id = textIn(entry.id);
      // One that holds in some files only is not honoured: more would be hidden than was meant.
      if (id === null || entry.paths !== undefined) return [];
      const purls = textsIn(entry.purls).flatMap(purl => readPurl(purl) ?? []);
      const expires = dayIn(textIn(entry.expired_at) ?? undefined);
      return {
        id,
        package: null,
        purls,
        reason: textIn(entry.statement),
        expires,
        from: '.trivyignore.yaml',
      };
    }),
  );
}

function isOf(purl: Purl, { purl: own, package: name, installed, ecosystem }: Vulnerability): boolean {
  const other = (own === null ? null : readPurl(own)) ?? { type: ecosystem, name, version: installed };
  return (
    purl.type === other.type &&
    purl.name === other.name &&
    (purl.version === null || purl.version === other.version)
  );
}

/** Whether what is accepted is this, on whatever day. */
export const accepts = (ignore: Ignore, found: Vulnerability): boolean =>
  (ignore.package === null || ignore.package === found.package) &&
  (ignore.purls.length === 0 || ignore.purls.some(purl => isOf(purl, found)));

export const hasExpired = ({ expires }: Ignore, today: string): boolean =>
  expires !== null && expires < today;
