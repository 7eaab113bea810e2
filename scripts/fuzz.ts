// Checks mutants of real files: no crash, nothing slow, no repair that breaks a text.
// Usage: npm run fuzz -- [--runs N] [--seed N] [--first N] [--language dockerfile|compose]. One mutant again: --runs 1
// --first NUMBER with the same seed and language.
import { parseArgs } from 'node:util';
import { catalogueOf } from '../server/core/engine/catalogue.ts';
import { rules } from '../server/core/rules/index.generated.ts';
import { ownInputs, realInputs } from './fuzz/inputs.ts';
import { fuzz } from './fuzz/run.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    language: { type: 'string' },
  },
});

const [runs, seed, first] = [values.runs, values.seed, values.first].map(Number) as [number, number, number];
if (![runs, seed, first].every(Number.isSafeInteger)) {
  console.error('--runs, --seed and --first take whole numbers.');
  process.exit(2);
}

const inputs = [...ownInputs(), ...realInputs()].filter(
  ({ language }) => values.language === undefined || values.language === language,
);
const shown = new Set<string>();
const { findings, fixes, slowest, failures } = fuzz(
  catalogueOf(rules),
  { inputs, seed, first, runs },
  ({ run, problem, text }) => {
    // One text for each kind of problem is enough to begin with.
    if (shown.has(problem)) return;
    shown.add(problem);
    console.log(`mutant ${run}: ${problem}\n${JSON.stringify(text)}\n`);
  },
);
console.log(
  `${runs} mutants of ${inputs.length} texts, seed ${seed}: ${findings} findings, ${fixes} repairs, ` +
    `the slowest mutant (${slowest.run}) took ${slowest.milliseconds.toFixed(1)} ms, ${failures.length} problems`,
);
process.exit(failures.length === 0 ? 0 : 1);
