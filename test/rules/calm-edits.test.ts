// What all rules together look at after an edit: a rule that looks around for nothing makes every key slower.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Rule } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { rules } from '../../server/core/rules/index.generated.ts';

const text = `FROM debian:bookworm-slim AS base
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
RUN make one
FROM node:22 AS build
COPY package.json ./
RUN npm ci
RUN npm run build
FROM base
COPY --from=build /src/dist /app
RUN make two
CMD ["/app/run"]
`;

/** Which rules visit the RUNs that say only \`make\`, whatever they do there. */
function visitedAfter(edited: string): string[] {
  const visited: string[] = [];
  const counting = rules
    .filter((rule): rule is Rule<'dockerfile'> => rule.language === 'dockerfile')
    .map(rule => ({
      ...rule,
      start(context: Parameters<typeof rule.start>[0]) {
        const visitors = rule.start(context);
        const { RUN } = visitors.instruction ?? {};
        if (RUN === undefined) return visitors;
        const counted = (run: Parameters<typeof RUN>[0]): void => {
          if (run.body.text.startsWith('make')) visited.push(rule.id);
          RUN(run);
        };
        return { ...visitors, instruction: { ...visitors.instruction, RUN: counted } };
      },
    }));
  const request = { settings: { ...defaultSettings, profile: 'all' }, facts: noFacts } as const;
  const catalogue = catalogueOf(counting as readonly Rule[]);
  const before = parseDockerfile(text);
  // The first lint of all starts each rule; the next one is what an editor keeps.
  lint(catalogue, { ...request, model: before });
  const { memory } = lint(catalogue, { ...request, model: before });
  visited.length = 0;
  lint(catalogue, { ...request, model: parseDockerfile(edited, null, before), memory });
  return visited;
}

test('a RUN in which nothing stands out is visited by no rule after an edit elsewhere', () => {
  assert.deepEqual(visitedAfter(text.replace('npm run build', 'npm run builds')), []);
});

test('a RUN that is edited is visited by those that read RUNs', () => {
  assert.ok(visitedAfter(text.replace('make two', 'make twenty')).includes('bashism'));
});
