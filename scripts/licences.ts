// Licences: those of the packages and of the data that went into the bundles go along with them.
import { readdirSync, readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import { inRepository } from './repository.ts';

const packagePattern = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** The folders of the packages of which something is in a bundle. */
function packageFolders(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  return [...new Set(inputs.flatMap(input => packagePattern.exec(input)?.[0] ?? []))].sort();
}

/** The schema of Compose files, made smaller. */
const schemaTitle = 'Compose Specification schema\nCopyright 2020 The Compose Specification Authors';

/** A line for each paragraph: what two licences have in common is packed once, however each is wrapped. */
function licenceIn(file: string): string {
  const paragraphs = readFileSync(file, 'utf8')
    .trim()
    .split(/\n\s*\n/);
  return paragraphs.map(paragraph => paragraph.trim().replaceAll(/\s+/g, ' ')).join('\n\n');
}

const schemaLicence = (): string =>
  `${schemaTitle}\n\n${licenceIn(inRepository('scripts/data/compose-spec.LICENSE'))}\n`;

/** Each text once, under the names of all packages that have it. */
export function licenceTexts(metafiles: readonly Metafile[]): string {
  const packages = new Map<string, string[]>();
  for (const folder of packageFolders(metafiles)) {
    const manifest = JSON.parse(readFileSync(inRepository(folder, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
    };
    const name = readdirSync(inRepository(folder)).find(file => /^licen[cs]e\b/i.test(file));
    if (name === undefined) throw new Error(`${folder} says nothing of its licence.`);
    const text = licenceIn(inRepository(folder, name));
    packages.set(text, [...(packages.get(text) ?? []), `${manifest.name} ${manifest.version}`]);
  }
  const texts = [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return [...texts, schemaLicence()].join(`\n${'-'.repeat(80)}\n\n`);
}
