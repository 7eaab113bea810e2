// Generates everything that is made from the rules. With `--check` it changes nothing and names what is out of date.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Product } from './generate/product.ts';
import { ruleIndex } from './generate/rule-index.ts';
import { inRepository } from './repository.ts';
import { loadRule, ruleFiles } from './rules.ts';

const current = (file: string): string =>
  existsSync(inRepository(file)) ? readFileSync(inRepository(file), 'utf8') : '';

console.log(current, mkdirSync, rmSync, writeFileSync, path, ruleIndex, loadRule, ruleFiles());

export type { Product };
