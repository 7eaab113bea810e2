// One build as a person watches it: on standard error what happens, until it has ended or Ctrl+C stops it.
import { narrator, type ToldLine } from '../core/build/narration.ts';
import type { Outcome } from '../core/build/outcome.ts';
import { type BuildProblem, placeProblems } from '../core/build/placing.ts';
import { printable } from '../core/report/drawn-line.ts';
import type { Palette } from '../core/report/palette.ts';
import { buildImage } from '../node/build/image.ts';
import type { BuildPlan } from '../node/build/plan.ts';
import type { Equipment } from '../node/build/tool.ts';
import type { Terminal } from './terminal.ts';

const drawn = ({ kind, text }: ToldLine, { strong, dim }: Palette): string => {
  const safe = printable(text);
  if (kind === 'step') return `${strong(safe)}\n`;
  return `  ${kind === 'end' ? safe : dim(safe)}\n`;
};

const signals = ['SIGINT', 'SIGTERM'] as const;

/** `text` in place of what the Dockerfile holds. */
export async function watchedBuild(
  equipment: Equipment,
  plan: BuildPlan,
  text: string | null,
  terminal: Terminal,
  palette: Palette | null,
): Promise<Outcome<BuildProblem>> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  for (const signal of signals) process.on(signal, stop);
  const narrate = narrator();
  try {
    const outcome = await buildImage(equipment, plan.request, {
      signal: stopping.signal,
      text: text ?? (plan.isInline ? plan.model.text : null),
      tell(event) {
        if (palette !== null) for (const line of narrate(event)) terminal.err(drawn(line, palette));
      },
    });
    // Of an inline Dockerfile no line is one of a file.
    const model = plan.isInline ? null : plan.model;
    return { ...outcome, problems: placeProblems(model, outcome.problems) };
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
