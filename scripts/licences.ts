// Licences: those of the packages that went into the bundles go along with them.
import { readdirSync, readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import { inRepository } from './repository.ts';

const packagePattern = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** The folders of the packages of which something is in a bundle. */
function packageFolders(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  return [...new Set(inputs.flatMap(input => packagePattern.exec(input)?.[0] ?? []))].sort();
}

export function licenceTexts(metafiles: readonly Metafile[]): string {
  const texts = packageFolders(metafiles).map(folder => {
    const manifest = JSON.parse(readFileSync(inRepository(folder, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
    };
    const name = readdirSync(inRepository(folder)).find(file => /^licen[cs]e\b/i.test(file));
    if (name === undefined) throw new Error(`${folder} says nothing of its licence.`);
    return `${manifest.name} ${manifest.version}\n\n${readFileSync(inRepository(folder, name), 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
