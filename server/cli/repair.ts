// Repairing one file: its fixes, the files that come along with them, and what is left afterwards.
import path from 'node:path';
import { type Safety, staysInText } from '../core/engine/finding.ts';
import type { LintResult } from '../core/engine/linting.ts';
import type { NeighbourFile, RepairedFile } from '../core/report/fix-text.ts';
import { hiddenDiff, neighbourDiff } from '../core/report/patch.ts';
import { hideWith } from '../core/report/sensitive.ts';
import { type FixChoice, fixDocument, lintDocument } from '../host/check.ts';
import { hardenService, lintService } from '../host/hardening.ts';
import type { Drafts } from '../node/drafts.ts';
import { FileProblem } from '../node/file-problem.ts';
import { type NeighbourChange, planNeighbours, writeNeighbour } from '../node/neighbours.ts';
import { overwriteFile } from '../node/write.ts';
import type { Input } from './inputs.ts';
import { type Configured, pinningRule, type Session } from './session.ts';

export interface Repairs {
  readonly upTo: Safety;
  /** `disk`: files are written. `patch`: they are not. `text`: they are not, and no other file comes along. */
  readonly into: 'disk' | 'patch' | 'text';
  /** Packages get the versions that the session looks up. */
  readonly pins: boolean;
  /** Only this service; null for the whole file. */
  readonly service: string | null;
}

export interface Repaired extends Configured, RepairedFile {
  /** The changes of the file and of those that come along with it. */
  readonly patch: string;
}

/** Its fixes need a choice, which the person has made. */
const pinning: FixChoice = { upTo: 'suggestion', wanted: ({ rule }) => rule === pinningRule };

function outcomeOf({ before, after }: NeighbourChange): NeighbourFile['outcome'] {
  if (before === null) return 'made';
  return before === after ? 'left as it was' : 'changed';
}

async function write(input: Input, text: string, neighbours: readonly NeighbourChange[]): Promise<void> {
  for (const neighbour of neighbours) await writeNeighbour(neighbour);
  if (text !== input.text) await overwriteFile(input.location, text);
}

/** Throws a FileProblem where something could not be written; the file itself comes last. */
export async function repair(
  { project, catalogue }: Session,
  drafts: Drafts,
  input: Input,
  { upTo, into, pins, service }: Repairs,
): Promise<Repaired> {
  const look = (text: string): Promise<LintResult> =>
    service === null
      ? lintDocument(project, catalogue, { ...input, text })
      : lintService(project, catalogue, { ...input, text }, service);
  const before = await look(input.text);
  const choice = into === 'text' ? { upTo, wanted: staysInText(upTo) } : { upTo };
  const pinned = pins ? await fixDocument(project, catalogue, input, pinning) : null;
  const base = { ...input, text: pinned?.text ?? input.text };
  const rest =
    service === null
      ? { ...(await fixDocument(project, catalogue, base, choice)), others: [] }
      : await hardenService(project, catalogue, base, service, choice);
  const { text, files, others } = rest;
  const applied = [...(pinned?.applied ?? []), ...rest.applied];
  const refused = [...(pinned?.refused ?? []), ...rest.refused];
  if (input.lossy && (text !== input.text || into === 'text')) {
    throw new FileProblem(input.path, 'is not UTF-8 text and was not rewritten: save it as UTF-8 first');
  }
  const hide = hideWith(input.text, before.sensitive);
  const neighbours = await planNeighbours(drafts, input.location, files, line => hide(line) !== line);
  if (into === 'disk') await write(input, text, neighbours);
  drafts.put(input.location, text);
  for (const { location } of [input, ...neighbours]) project.forget(location);

  const after = text === input.text && files.length === 0 ? before : await look(text);
  const shown = ({ path: relative }: NeighbourChange): string =>
    path.posix.join(path.posix.dirname(input.path), relative);
  const { findings, suppressed, sensitive } = after;
  return {
    configuration: await project.configuration(input.location),
    file: { path: input.path, language: input.language, text, findings, suppressed, sensitive },
    applied,
    refused,
    others,
    neighbours: neighbours.map(change => ({ path: shown(change), outcome: outcomeOf(change) })),
    patch: [
      hiddenDiff(input.path, { text: input.text, sensitive: before.sensitive }, { text, sensitive }),
      ...neighbours.map(change => neighbourDiff(shown(change), change)),
    ].join(''),
  };
}
