// A build as it is watched: a line where a step begins, what it prints below, and how it ended.
import type { BuildEvent, BuildStep } from './step.ts';

export interface ToldLine {
  readonly kind: 'step' | 'end' | 'output';
  readonly text: string;
}

/** `build 2/4  RUN npm ci`. */
function stepTitle({ stage, number, total, text }: BuildStep): string {
  if (number === null) return text;
  const place = `${number}${total === null ? '' : `/${total}`}`;
  return `${stage === null ? '' : `${stage} `}${place}  ${text}`;
}

const seconds = (count: number): string => (count < 10 ? count.toFixed(1) : String(Math.round(count)));

/** `9.5 s`, `2 min 5 s`. */
export const durationText = (count: number): string =>
  count < 99.5 ? `${seconds(count)} s` : `${Math.floor(count / 60)} min ${Math.round(count % 60)} s`;

const endings: Readonly<Record<BuildStep['state'], string>> = {
  running: '',
  done: 'done',
  cached: 'from the cache',
  failed: 'failed',
};

function endOf({ state, seconds: took }: BuildStep): string {
  return state === 'cached' || took === null ? endings[state] : `${endings[state]} in ${durationText(took)}`;
}

const titleless = /^\[(?:internal|context)\b/;

/** Steps that run at the same time are named again whenever another one speaks. */
export function narrator(): (event: BuildEvent) => ToldLine[] {
  let shown: string | null = null;
  const under = (step: BuildStep, line: ToldLine): ToldLine[] => {
    const title = stepTitle(step);
    const head: ToldLine[] = shown === title ? [] : [{ kind: 'step', text: title }];
    shown = title;
    return [...head, line];
  };
  return event => {
    if (event.kind === 'output') {
      const line: ToldLine = { kind: 'output', text: event.text };
      return event.step ? under(event.step, line) : [line];
    }
    const { step } = event;
    // What takes no time to speak of is not worth a line.
    if (step.state === 'running' || (titleless.test(step.text) && step.state !== 'failed')) return [];
    return under(step, { kind: 'end', text: endOf(step) });
  };
}
