// Repairs of what a scanner found: what the text itself holds back. What a cache holds back, a build brings.
import type { Fix } from '../engine/finding.ts';
import { isPlainVersion } from '../engine/package-versions.ts';
import { fix } from '../engine/rule.ts';
import { packageNameOf, pinSign } from '../insight/package-pins.ts';
import { type PackageWork, packageWorkOf } from '../insight/package-work.ts';
import type {
  DockerfileModel,
  FromInstruction,
  Instruction,
  RunInstruction,
} from '../model/dockerfile/model.ts';
import type { ShellWord } from '../model/shell/script.ts';
import { pinFromFixes } from '../repairs/pin-from.ts';
import { supportedFixes } from '../repairs/pin-supported.ts';
import { type Edit, replace } from '../text/edit.ts';
import { span } from '../text/span.ts';
import type { ScanGroup, ScannedPackage } from './groups.ts';
import { compareLoosely } from './versions.ts';

/** For comparison: Python takes `Flask_Cors` and `flask-cors` for one. */
const plainName = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/** The version of a word such as `curl=7.88.1-10`, if it is one that holds the package back. */
function pinEdit(work: PackageWork, word: ShellWord, fixed: string): Edit[] {
  const sign = pinSign(work);
  const { raw, value, span: at } = word;
  const where = sign === null || value === null ? -1 : value.lastIndexOf(sign);
  if (sign === null || value === null || where <= 0) return [];
  const version = value.slice(where + sign.length);
  const quote = raw === value ? 0 : raw === `"${value}"` || raw === `'${value}'` ? 1 : null;
  const holds = /^[\w.+~:-]+\*?$/.test(version) && compareLoosely(version, fixed) < 0;
  if (quote === null || !holds) return [];
  const end = at.end - quote;
  return [replace(span(end - version.length, end), fixed)];
}

function nameIn(work: PackageWork, word: ShellWord): string {
  const sign = pinSign(work) ?? '=';
  const name = packageNameOf(word);
  const at = name.lastIndexOf(sign);
  return plainName((at > 0 ? name.slice(0, at) : name).replace(/\[[^\]]*\]$/, ''));
}

function pinsIn(run: RunInstruction, { name, fixed }: ScannedPackage): Edit[] {
  if (fixed === null || !isPlainVersion(fixed)) return [];
  return packageWorkOf(run).flatMap(work =>
    work.action === 'install'
      ? work.operands
          .filter(word => nameIn(work, word) === plainName(name))
          .flatMap(word => pinEdit(work, word, fixed))
      : [],
  );
}

function runFixes(run: RunInstruction, packages: readonly ScannedPackage[]): Fix[] {
  const raised = packages.flatMap(each => {
    const edits = pinsIn(run, each);
    return edits.length === 0 ? [] : [{ ...each, edits }];
  });
  const [first, ...others] = raised;
  if (first === undefined) return [];
  const title =
    others.length === 0
      ? `Raise ${first.name} to ${first.fixed}`
      : `Raise ${first.name} and ${others.length} more to the versions without these vulnerabilities`;
  return [
    fix(
      title,
      'unsafe',
      raised.flatMap(({ edits }) => edits),
    ),
  ];
}

/** Tags that are known to be newer, in the same spelling. */
function baseFixes(model: DockerfileModel, from: FromInstruction): Fix[] {
  if (!from.reference.known) return [];
  return pinFromFixes(model, from, from.reference.value, supportedFixes).filter(({ edits }) =>
    edits.some(({ span: at, text }) => model.text.slice(at.start, at.end) !== text),
  );
}

export function scanFixes(model: DockerfileModel, { place: { instruction }, packages }: ScanGroup): Fix[] {
  if (instruction?.keyword === 'FROM') return baseFixes(model, instruction);
  return instruction?.keyword === 'RUN' ? runFixes(instruction, packages) : [];
}

const advices: Partial<Readonly<Record<Instruction['keyword'], string>>> = {
  FROM: 'A build with --pull takes what the tag names today.',
  RUN: 'A build with --no-cache installs what is newest.',
  COPY: 'Raise them where the file that is copied asks for them.',
  ADD: 'Raise them where the file that is added asks for them.',
};

/** What to do where no text is to be changed; empty where nothing is known to help. */
export function adviceFor({ place: { instruction }, fixable }: ScanGroup, fixes: readonly Fix[]): string {
  if (fixable === 0 || fixes.length > 0 || instruction === null) return '';
  const isHeld = instruction.keyword === 'FROM' && /@sha\d+:/.test(instruction.image?.value ?? '');
  return isHeld ? 'The digest holds it back: move it.' : (advices[instruction.keyword] ?? '');
}
