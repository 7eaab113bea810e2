// Version pins: the versions that an image offers, written behind the packages that an install names without one.
import type { FactReader } from '../engine/facts.ts';
import type { Fix, LookUp } from '../engine/finding.ts';
import { isPlainVersion, versionQuestionText } from '../engine/package-versions.ts';
import { fix } from '../engine/rule.ts';
import { packageNameOf, pinSign } from '../insight/package-pins.ts';
import type { PackageWork } from '../insight/package-work.ts';
import type { ShellWord } from '../model/shell/script.ts';
import { type Edit, insert } from '../text/edit.ts';

export interface PinRequest {
  readonly facts: FactReader<'version'>;
  /** Whose own repositories the install reads. */
  readonly image: string;
  readonly work: PackageWork;
  readonly packages: readonly ShellWord[];
}

export interface PinOffer {
  readonly fixes: readonly Fix[];
  /** What is not known yet. */
  readonly lookUp?: LookUp;
}

/** Behind the last character of the name; null where quotes and escapes leave open where that is. */
function endOfName({ raw, value, span }: ShellWord): number | null {
  if (raw === value) return span.end;
  return raw === `"${value}"` || raw === `'${value}'` ? span.end - 1 : null;
}

interface Pin {
  readonly name: string;
  readonly question: string;
  readonly version: string | null;
  readonly edit: Edit;
}

function pinsOf({ facts, image, work, packages }: PinRequest): Pin[] {
  const sign = pinSign(work);
  if (sign === null) return [];
  return packages.flatMap(word => {
    const name = packageNameOf(word);
    const question = versionQuestionText({ manager: work.manager.name, name, image });
    const end = endOfName(word);
    if (question === null || end === null) return [];
    const answer = facts.get('version', question) ?? null;
    const version = answer !== null && isPlainVersion(answer) ? answer : null;
    return [{ name, question, version, edit: insert(end, `${sign}${version}`) }];
  });
}

const mostNamed = 3;

function listed(pins: readonly Pin[]): string {
  const named = pins.slice(0, mostNamed).map(({ name }) => name);
  const rest = pins.length - named.length;
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
}

function pinFix(pins: readonly Pin[]): Fix[] {
  const [first, ...others] = pins;
  if (first === undefined) return [];
  const title =
    others.length === 0
      ? `Pin ${first.name} to ${first.version}`
      : `Pin ${listed(pins)} to what the image offers`;
  return [
    fix(
      title,
      'suggestion',
      pins.map(({ edit }) => edit),
    ),
  ];
}

/** One fix for all packages of a call whose versions are known, one question for the others. */
export function pinVersions(request: PinRequest): PinOffer {
  const pins = pinsOf(request);
  const unknown = pins.filter(({ version }) => version === null);
  const fixes = pinFix(pins.filter(({ version }) => version !== null));
  if (unknown.length === 0) return { fixes };
  const title = `Look up the ${unknown.length === 1 ? 'version' : 'versions'} of ${listed(unknown)} in ${request.image}`;
  return { fixes, lookUp: { kind: 'version', title, questions: unknown.map(({ question }) => question) } };
}
