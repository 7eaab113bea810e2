// The report on the size of an image: its account, at the instructions of the file that it was built from.
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import { lineIndex } from '../text/lines.ts';
import { type Account, accountFor, type Place } from './account.ts';
import { attribute } from './attribution.ts';
import { type Budget, type Excess, excessesOf } from './budget.ts';
import type { ImageConfig } from './config.ts';
import type { LayerContent } from './entry.ts';
import { noticesOf, type SizeNotice } from './notices.ts';
import type { SizedLayer } from './sized-layer.ts';
import { readStep } from './steps.ts';

export interface SizeReport extends Omit<Account, 'layers'> {
  /** As it was asked for. */
  readonly image: string;
  readonly platform: string;
  readonly layers: readonly SizedLayer[];
  readonly notices: readonly SizeNotice[];
  readonly excesses: readonly Excess[];
}

export interface Inspected {
  readonly image: string;
  readonly config: ImageConfig;
  readonly layers: readonly LayerContent[];
  /** Of the base, where the engine has it. */
  readonly baseDiffIds?: readonly string[];
}

/** As a person would write it: a comment of a builder stays one. */
function stepText(createdBy: string): string {
  const { keyword, text } = readStep(createdBy);
  if (keyword !== null && keyword !== 'RUN') return `${keyword} ${text}`;
  return text === '' || text.startsWith('#')
    ? text
    : `RUN ${text.replace(/^(?:\|\d+ .*?)?\/bin\/sh -c /, '')}`;
}

/** Without a file the layers have their steps alone. */
export function sizeReport(
  { image, config, layers: contents, baseDiffIds = [] }: Inspected,
  model: DockerfileModel | null,
  places: readonly Place[],
  budget: Budget = {},
): SizeReport {
  const account = accountFor(contents, places);
  const index = model && lineIndex(model.text);
  const attributed = model ? attribute(model, config, { baseDiffIds }) : [];
  const steps = config.history.filter(({ isEmpty }) => !isEmpty);
  const layers = account.layers.map((layer, at): SizedLayer => {
    const { entry = steps[at] ?? null, origin = { kind: 'unknown' } as const } = attributed[at] ?? {};
    const where =
      origin.kind === 'instruction' ? origin.instruction : origin.kind === 'base' ? origin.from : null;
    return {
      ...layer,
      index: at,
      diffId: config.diffIds[at] ?? '',
      step: stepText(entry?.createdBy ?? ''),
      origin: origin.kind,
      line: where && index ? index.lineAt(where.span.start) : null,
    };
  });
  const whole = { ...account, image, platform: config.platform, layers };
  return { ...whole, notices: noticesOf(whole), excesses: excessesOf(whole, budget) };
}
