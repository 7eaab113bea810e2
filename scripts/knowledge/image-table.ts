// Writes the table of image facts: for each image which of its groups of tags share facts, and these facts as JSON.
import { bareImage } from '../../server/core/knowledge/image-facts.ts';
import { expandTags } from '../../server/core/knowledge/tag-pattern.ts';
import type { FactsFolder, ImageFacts, VariantFacts } from './facts.ts';
import { tagPattern } from './tag-pattern.ts';

type Image = ImageFacts['images'][string];
type Row = Readonly<Record<string, unknown>>;

const variantNames = 'abcdefghijklmnopqrstuvwxyz';
const notRead = '-';

const rowOf = (variant: VariantFacts): Row => ({
  os: `${variant.os.family}/${variant.os.packageManager}`,
  user: variant.user,
  accounts: variant.accounts.map(({ name, uid, gid }) => [name, uid, gid]),
  ports: variant.ports.filter(port => !port.includes('$')),
  volumes: variant.volumes,
  healthcheck: variant.healthcheck,
  entrypoint: variant.entrypoint,
  cmd: variant.cmd,
  drops: variant.drops.map(({ tool, to }) => [tool, to]),
  fileEnv: variant.fileEnv,
  // The debug variants of distroless keep their shell in /busybox, where no RUN or HEALTHCHECK looks for it.
  shell: variant.os.family === 'distroless-debian' ? false : variant.shell,
  curl: variant.curl,
  wget: variant.wget,
  base: variant.base,
});

/** What of the row differs from the other row. */
const difference = (row: Row, other: Row): Row =>
  Object.fromEntries(
    Object.entries(row).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(other[name])),
  );

/** The groups of an image outside the official ones: the labels of each variant are one. */
const ownGroups = ({ variants }: Image): (readonly string[])[] => variants.map(({ tags }) => tags ?? []);

const setKey = (tags: readonly string[]): string => [...tags].sort().join(' ');

/** The row as what differs from the earlier row that is most like it, behind the letter of that one. */
function shortest(row: Row, earlier: readonly Row[]): string {
  const texts = earlier.map((other, index) => variantNames[index] + JSON.stringify(difference(row, other)));
  const alone = JSON.stringify(difference(row, { os: '', ...bareImage }));
  return texts.reduce((best, text) => (text.length < best.length ? text : best), alone);
}

function linesOf(name: string, image: Image, official: readonly (readonly string[])[] | undefined): string[] {
  const groups = official ?? ownGroups(image);
  const pattern = tagPattern(groups);
  const rows: Row[] = [];
  const lines: string[] = [];
  const variantOf = new Map<string, string>();
  for (const [index, variant] of image.variants.entries()) {
    const keys = (official ? variant.groups : [index]).map(group => setKey(groups[group] ?? []));
    // Where the source gives a label twice, the first one holds.
    const open = keys.filter(key => !variantOf.has(key));
    if (open.length === 0) continue;
    const row = rowOf(variant);
    let at = rows.findIndex(other => JSON.stringify(other) === JSON.stringify(row));
    if (at < 0) {
      at = rows.length;
      lines.push(`${name}#${variantNames[at]} ${shortest(row, rows)}`);
      rows.push(row);
    }
    for (const key of open) variantOf.set(key, variantNames.charAt(at));
  }
  const letters = expandTags(pattern).map(group => variantOf.get(setKey(group)) ?? notRead);
  const { healthCommand } = image;
  const health = healthCommand && { test: healthCommand.test, note: healthCommand.note };
  return [
    `${name} ${letters.join('')}${official ? '' : ` ${pattern}`}`,
    ...lines,
    ...(health ? [`${name}#health ${JSON.stringify(health)}`] : []),
  ];
}

/** The lines of the table. An image with the same lines as an earlier one only names it. */
export function imageLines({ tags, images }: Pick<FactsFolder, 'tags' | 'images'>): string[] {
  const nameOf = new Map<string, string>();
  return Object.entries(images.images).flatMap(([name, image]) => {
    const lines = linesOf(name, image, tags.images[name]);
    const key = lines.map(line => line.slice(name.length)).join('\n');
    const same = nameOf.get(key);
    if (same !== undefined) return [`${name} =${same}`];
    nameOf.set(key, name);
    return lines;
  });
}
