// Placing: the line of a Dockerfile to which a package of its image goes back.
import { type AttributedLayer, attribute } from '../image/attribution.ts';
import type { ImageConfig } from '../image/config.ts';
import type { DockerfileModel, FromInstruction, Instruction } from '../model/dockerfile/model.ts';
import { type Span, span } from '../text/span.ts';
import { bringerBehind, bringerIn, type Sought } from './bringer.ts';

export interface Place {
  /** Equal for equal places. */
  readonly key: string;
  /** For people: `debian:12`, `RUN apt-get install -y curl`. */
  readonly label: string;
  /** In the file; null where there is none. */
  readonly span: Span | null;
  readonly instruction: Instruction | null;
  /** The COPY of the stage that ships which took it from another one. */
  readonly via: Instruction | null;
  /** False where no layer tells, or the image was not built from this text. */
  readonly isSure: boolean;
}

export type Placing = (found: Sought & { readonly layer: string | null }) => Place;

const longestLabel = 80;

const labelled = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestLabel ? `${line.slice(0, longestLabel - 1)}…` : line;
};

/** Its first line, of FROM the image: what goes on over many lines is not underlined as a whole. */
function markOf(instruction: Instruction, text: string): Span {
  if (instruction.keyword === 'FROM' && instruction.image) return instruction.image.span;
  const { start, end } = instruction.span;
  const line = text.slice(start, end).split(/\r?\n/)[0] ?? '';
  return span(start, start + line.replace(/\s*[\\`]?\s*$/, '').length);
}

function placeAt(
  { text }: DockerfileModel,
  instruction: Instruction,
  rest: Pick<Place, 'via' | 'isSure'>,
): Place {
  const mark = markOf(instruction, text);
  return {
    key: String(mark.start),
    label: labelled(text.slice(mark.start, mark.end)),
    span: mark,
    instruction,
    ...rest,
  };
}

const nowhere: Place = {
  key: '',
  label: 'the image',
  span: null,
  instruction: null,
  via: null,
  isSure: false,
};

/** Of an image whose Dockerfile nobody has named: by the step that made the layer. */
export function placeInImage(config: ImageConfig | null): Placing {
  if (config === null) return () => nowhere;
  const steps = config.history.filter(({ isEmpty }) => !isEmpty);
  const isTold = steps.length === config.diffIds.length;
  return ({ layer }) => {
    const index = layer === null ? -1 : config.diffIds.indexOf(layer);
    if (index < 0) return nowhere;
    const step = (isTold && steps[index]?.createdBy.replace(/^.*?#\(nop\) | # buildkit$/g, '')) || '';
    const label = labelled(`layer ${index + 1}${step === '' ? '' : `: ${step}`}`);
    return { ...nowhere, key: label, label, isSure: true };
  };
}

/** The base of the stage that ships. */
const rootFrom = ({ finalStage }: DockerfileModel): FromInstruction | null =>
  finalStage?.chain.at(-1)?.from ?? null;

export function placeInDockerfile(model: DockerfileModel, config: ImageConfig | null): Placing {
  const layers = new Map<string, AttributedLayer>(
    (config ? attribute(model, config) : []).map(layer => [layer.diffId, layer]),
  );
  const root = rootFrom(model);
  return found => {
    const origin = found.layer === null ? undefined : layers.get(found.layer)?.origin;
    if (origin?.kind === 'base') return placeAt(model, origin.from, { via: null, isSure: true });
    if (origin?.kind === 'instruction') {
      const { instruction } = origin;
      const isCopy = instruction.keyword === 'COPY' || instruction.keyword === 'ADD';
      const behind = isCopy ? bringerBehind(instruction, found) : instruction;
      return placeAt(model, behind, { via: behind === instruction ? null : instruction, isSure: true });
    }
    const guess = (model.finalStage && bringerIn(model.finalStage, found)) ?? root;
    return guess === null ? nowhere : placeAt(model, guess, { via: null, isSure: false });
  };
}

/** All at one place: the image that a service names, the base of a stage. */
export function placeAtSpan(text: string, at: Span, instruction: Instruction | null = null): Placing {
  const label = labelled(text.slice(at.start, at.end));
  const place = { ...nowhere, key: String(at.start), label, span: at, instruction, isSure: true };
  return () => place;
}
