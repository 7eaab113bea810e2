// One build as a person watches it: on standard error what happens, until it has ended or Ctrl+C stops it.
import { narrator, type ToldLine } from '../core/build/narration.ts';
import type { Outcome } from '../core/build/outcome.ts';
import { type BuildProblem, placeProblems } from '../core/build/placing.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import { printable } from '../core/report/drawn-line.ts';
import type { Palette } from '../core/report/palette.ts';
import type { Instead } from '../host/compare-builds.ts';
import { buildImage } from '../node/build/image.ts';
import type { BuildPlan } from '../node/build/plan.ts';
import type { Equipment } from '../node/build/tool.ts';
import { withSignal } from './signals.ts';
import type { Terminal } from './terminal.ts';

const drawn = ({ kind, text }: ToldLine, { strong, dim }: Palette): string => {
  const safe = printable(text);
  if (kind === 'step') return `${strong(safe)}\n`;
  return `  ${kind === 'end' ? safe : dim(safe)}\n`;
};

/** With what stands in for the Dockerfile's own text and tag, if anything does. */
export async function watchedBuild(
  equipment: Equipment,
  { request, model, isInline }: BuildPlan,
  instead: Instead | null,
  terminal: Terminal,
  palette: Palette | null,
): Promise<Outcome<BuildProblem>> {
  const narrate = narrator();
  const text = instead?.text ?? (isInline ? model.text : null);
  const outcome = await withSignal(signal =>
    buildImage(
      equipment,
      { ...request, tag: instead?.tag ?? request.tag },
      {
        signal,
        text,
        tell(event) {
          if (palette !== null) for (const line of narrate(event)) terminal.err(drawn(line, palette));
        },
      },
    ),
  );
  // Of an inline Dockerfile no line is one of a file.
  const placed = isInline ? null : instead ? parseDockerfile(instead.text, request.target) : model;
  return { ...outcome, problems: placeProblems(placed, outcome.problems) };
}
