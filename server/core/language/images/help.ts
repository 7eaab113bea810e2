// The image under the cursor: what is known of it, each with the source that says so.
import { factsOf } from '../../insight/image-facts.ts';
import { endOfLife, endOfLifeAsOf, releaseLine } from '../../knowledge/end-of-life.ts';
import { imagesAsOf, type KnownImage } from '../../knowledge/images.ts';
import { retirementOf } from '../../knowledge/retired-images.ts';
import { tagsAsOf, tagsOf } from '../../knowledge/tags.ts';
import { imageOf } from '../../model/compose/image.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import type { DockerfileModel } from '../../model/dockerfile/model.ts';
import { familiarName, type ImageReference } from '../../model/image-reference.ts';
import type { LocalImage } from '../../model/local-image.ts';
import { bytesText } from '../../text/bytes.ts';
import { contains, emptySpan, type Span } from '../../text/span.ts';
import { imagePage } from '../image-page.ts';

export interface ImageHere {
  readonly span: Span;
  readonly reference: ImageReference;
}

/** The image that a FROM or a service names at a place; null where a stage is named, or a variable hides it. */
export function imageAt(model: DockerfileModel | ComposeModel, offset: number): ImageHere | null {
  const place = emptySpan(offset);
  const named: ImageHere[] =
    model.language === 'dockerfile'
      ? model.stages.flatMap(({ base, from: { image } }) =>
          base.kind === 'image' && image ? [{ span: image.span, reference: base.reference }] : [],
        )
      : model.services.flatMap(service => {
          const reference = imageOf(model, service)?.reference;
          return reference?.known ? [{ span: reference.value.span, reference: reference.value }] : [];
        });
  return named.find(({ span }) => contains(span, place)) ?? null;
}

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
const listed = (texts: readonly string[]): string => texts.map(code).join(', ');
/** More would be a page. */
const few = 8;

interface Line {
  readonly label: string;
  readonly text: string;
  readonly source: string;
}

const tableOf = (day: string): string => `table of ${day}`;

function factLines(facts: KnownImage, local: LocalImage | null): Line[] {
  const source = local ? 'engine' : tableOf(imagesAsOf) + (facts.exact ? '' : ', read from tags like it');
  const { os, user, entrypoint, cmd, ports, volumes, healthcheck, drops } = facts;
  const system = os.packageManager === 'unknown' ? os.family : `${os.family}, packages: ${os.packageManager}`;
  const [drop] = drops;
  const account = user ?? `root${drop ? `, handed over with ${drop.tool}` : ''}`;
  const lines: (readonly [label: string, text: string, source?: string])[] = [
    ['System', os.family === 'unknown' ? '' : system, local ? tableOf(imagesAsOf) : source],
    ['User', account],
    ['Entrypoint', entrypoint === null ? '' : code(entrypoint.join(' '))],
    ['Command', cmd === null ? '' : code(cmd.join(' '))],
    ['Ports', listed(ports)],
    ['Volumes', listed(volumes)],
    ['Health check', healthcheck ? (local?.healthcheck ? code(local.healthcheck.join(' ')) : 'yes') : 'none'],
    ['Made', local?.created ?? ''],
    ['Size', local?.size ? `${bytesText(local.size)} unpacked` : ''],
  ];
  return lines.flatMap(([label, text, from = source]) =>
    text === '' ? [] : [{ label, text, source: from }],
  );
}

function supportLine(name: string, tag: string | null): Line[] {
  const retirement = retirementOf(name, tag);
  const source = tableOf(endOfLifeAsOf);
  if (retirement) return [{ label: 'End of life', text: `it ${retirement.why}`, source }];
  const end = tag === null ? undefined : endOfLife(name, tag);
  if (end === undefined) {
    const isFollowed = tag !== null && releaseLine(name, tag) !== null;
    return isFollowed ? [{ label: 'End of life', text: 'not yet', source }] : [];
  }
  const since = end.ended === null ? '' : ` since ${end.ended}`;
  return [{ label: 'End of life', text: `${end.release}: no fixes${since}`, source }];
}

/** Markdown; null where nothing is known but its name. */
export function imageHelp(reference: ImageReference, local: LocalImage | null): string | null {
  const name = familiarName(reference);
  const tag = reference.tag ?? 'latest';
  const group = tagsOf(name)?.find(tags => tags.includes(tag));
  const aliases = (group ?? []).filter(other => other !== tag);
  const facts = factsOf(reference, local);
  const shown = [...aliases].sort((a, b) => b.length - a.length).slice(0, few);
  const lines: Line[] = [
    ...(shown.length > 0 ? [{ label: 'Same image', text: listed(shown), source: tableOf(tagsAsOf) }] : []),
    ...supportLine(name, reference.tag),
    ...(facts ? factLines(facts, local) : []),
  ];
  if (lines.length === 0) return null;
  const page = imagePage(reference);
  const title = page === null ? `**${reference.text}**` : `**[${reference.text}](${page})**`;
  return [title, lines.map(({ label, text, source }) => `- ${label}: ${text} *(${source})*`).join('\n')].join(
    '\n\n',
  );
}
