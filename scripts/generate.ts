// Generates everything that is made from the rules. With `--check` it changes nothing and names what is out of date.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { metaRules } from '../server/core/engine/meta-rules.ts';
import { comparison } from './generate/comparison.ts';
import { composeKeyTextsModule } from './generate/compose-key-texts.ts';
import { composeSchemaModule } from './generate/compose-schema.ts';
import { equivalentsPage } from './generate/equivalents.ts';
import { between, type Product } from './generate/product.ts';
import { ruleIndex } from './generate/rule-index.ts';
import { enginePages, pageIndex, pagesFolder, rulePages, ruleTable } from './generate/rule-pages.ts';
import { configFileSchema, manifestSettings } from './generate/settings.ts';
import { filesBelow, inRepository } from './repository.ts';
import { loadRule, ruleFiles } from './rules.ts';

async function products(): Promise<Product[]> {
  const files = ruleFiles();
  const rules = await Promise.all(files.map(loadRule));
  const infos = [...rules, ...metaRules];
  return [
    ruleIndex(files),
    composeSchemaModule,
    composeKeyTextsModule,
    ...rulePages(rules),
    ...enginePages(metaRules),
    pageIndex(rules, metaRules),
    {
      path: 'README.md',
      text: current => {
        const compared = between(current, 'comparison', comparison(infos));
        return between(compared, 'rules', ruleTable(rules, `${pagesFolder}/`));
      },
    },
    equivalentsPage(infos),
    manifestSettings(infos),
    configFileSchema(infos),
  ];
}

function currentText(file: string): string {
  return existsSync(inRepository(file)) ? readFileSync(inRepository(file), 'utf8') : '';
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(inRepository(file)), { recursive: true });
  writeFileSync(inRepository(file), text);
}

const all = await products();
const texts = new Map(all.map(product => [product.path, product.text(currentText(product.path))]));
const stale = [...texts].filter(([file, text]) => currentText(file) !== text);
const pages = existsSync(inRepository(pagesFolder))
  ? filesBelow(pagesFolder, file => file.endsWith('.md'))
  : [];
const orphans = pages.filter(file => !texts.has(file));

if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is out of date.`);
  for (const file of orphans) console.error(`${file} belongs to no rule.`);
  if (stale.length + orphans.length > 0) {
    console.error('Run: npm run generate');
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of stale) write(file, text);
  for (const file of orphans) rmSync(inRepository(file));
  console.log(`${stale.length} of ${texts.size} generated files written, ${orphans.length} removed.`);
}
