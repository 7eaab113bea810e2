// The posture of a service in a few lines: what holds for it, where that comes from, and what fails.
import { originText, type ShownItem, type ShownList, type ShownPlace } from './checklist-file.ts';

/** The lines of the checklist that tell how well a service is closed, by the words that they have here. */
const lines: readonly (readonly [id: string, word: string])[] = [
  ['non-root', 'Account'],
  ['capabilities', 'Capabilities'],
  ['confinement', 'Privileges'],
  ['read-only-file-system', 'File system'],
  ['intended-ports', 'Ports'],
  ['separate-networks', 'Networks'],
  ['limits', 'Limits'],
  ['secrets-outside', 'Secrets'],
  ['health-check', 'Health'],
];

/** `plain` for those who show no Markdown. */
export interface PostureStyle {
  readonly plain: boolean;
  /** Where a place can be opened; null where it cannot. */
  linkTo(place: ShownPlace): string | null;
}

const escaped = (words: string): string => words.replace(/[\\`*_{}[\]<>()#|~!&]/g, sign => `\\${sign}`);

function originOf({ origin }: ShownItem, document: string, { plain, linkTo }: PostureStyle): string {
  if (origin.kind !== 'file') return plain ? originText(origin) : escaped(originText(origin));
  const { place } = origin;
  const line = `line ${place.start.line + 1}`;
  const words = place.location === document ? line : `${place.path}, ${line}`;
  const link = plain ? null : linkTo(place);
  return link === null ? words : `[${escaped(words)}](${link})`;
}

function lineOf(word: string, item: ShownItem, document: string, style: PostureStyle): string {
  const value = item.known ? item.value : `not known: ${item.value}`;
  const ending = item.status === 'failed' || item.status === 'accepted' ? `, ${item.status}` : '';
  const origin = originOf(item, document, style);
  return style.plain
    ? `- ${word}: ${value} (${origin})${ending}`
    : `- **${word}** ${escaped(value)} (${origin})${ending && `, *${item.status}*`}`;
}

export function postureOf(list: ShownList, style: PostureStyle): string {
  const name = list.name ?? '';
  const rows = lines.flatMap(([id, word]) => {
    const item = list.items.find(each => each.id === id);
    return item ? [lineOf(word, item, list.place.location, style)] : [];
  });
  const title = `Security posture of ${style.plain ? name : `\`${name.replaceAll('`', "'")}\``}`;
  return [style.plain ? title : `**${title}**`, '', ...rows].join('\n');
}
