// Measures the engine: one document parsed, checked and repaired, warm, the median of many runs.
import { readFileSync } from 'node:fs';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import { fixAll } from '../../server/core/engine/fix-all.ts';
import { languageOf, parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Language } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { markdownTable } from '../generate/markdown.ts';
import { inRepository } from '../repository.ts';

interface Input {
  readonly name: string;
  readonly language: Language;
  readonly text: string;
}

const runs = 60;
const warmUps = 20;

/** A text repeated until it has so many lines. */
function repeated(text: string, lines: number): string {
  const once = text.split('\n').length - 1;
  return text
    .repeat(Math.ceil(lines / once))
    .split('\n')
    .slice(0, lines)
    .join('\n');
}

/** A Compose file with as many services as it takes. */
function manyServices(lines: number): string {
  const service = (index: number): string => `  service${index}:
    image: nginx:1.29
    restart: always
    environment:
      LEVEL: info
      ADDRESS: 0.0.0.0:80
    ports:
      - "80${index}:80"
    volumes:
      - data:/data
`;
  const services = Array.from({ length: Math.floor(lines / 10) }, (_, index) => service(index));
  return `services:\n${services.join('')}volumes:\n  data:\n`;
}

function ownInputs(): Input[] {
  const dockerfile = readFileSync(inRepository('examples', 'shop', 'Dockerfile'), 'utf8');
  const sized = (lines: number): Input => ({
    name: `Dockerfile, ${lines} lines`,
    language: 'dockerfile',
    text: repeated(dockerfile, lines),
  });
  return [
    sized(40),
    sized(2_000),
    { name: 'Compose, 1000 lines', language: 'compose', text: manyServices(1_000) },
  ];
}

const given = (file: string): Input => ({
  name: file,
  language: languageOf(file) ?? 'dockerfile',
  text: readFileSync(file, 'utf8'),
});

/** Milliseconds of the run in the middle. */
function median(run: () => void): string {
  const times: number[] = [];
  for (let index = -warmUps; index < runs; index++) {
    const start = performance.now();
    run();
    if (index >= 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return (times[runs >> 1] ?? 0).toFixed(2);
}

const catalogue = catalogueOf(rules);
const request = { settings: { ...defaultSettings, profile: 'all' }, facts: noFacts } as const;

/** Of the files, or of inputs of its own in the sizes that editors see. */
export function engineTable(files: readonly string[]): string {
  const inputs = files.length > 0 ? files.map(given) : ownInputs();
  const rows = inputs.map(({ name, language, text }) => [
    name,
    median(() => parse(text, language)),
    median(() => lint(catalogue, { ...request, model: parse(text, language) })),
    median(() => fixAll(catalogue, { ...request, text, language, upTo: 'suggestion' })),
  ]);
  return markdownTable([`${rules.length} rules`, 'parse', 'parse and lint', 'fix all'], rows);
}
