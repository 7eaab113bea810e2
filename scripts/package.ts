// Packages the extension. Usage: npm run package [-- FILE]
import { statSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from './repository.ts';
import { makePackage } from './vsix.ts';

const file = path.resolve(process.argv[2] ?? inRepository('bulkhead.vsix'));
try {
  await makePackage(file);
  console.log(`${file}  ${Math.round(statSync(file).size / 1000)} KB`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
