// The repairs of every image of the facts: each variant gets one that is valid and fits it, or there is a reason why none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultFactsFolder } from '../../scripts/knowledge/build-tables.ts';
import { readFacts, type VariantFacts } from '../../scripts/knowledge/facts.ts';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { factsBeside } from '../../server/core/engine/example.ts';
import type { Finding } from '../../server/core/engine/finding.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Language } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { tmpfsOf } from '../../server/core/model/compose/tmpfs.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { applyEdits } from '../../server/core/text/edit.ts';

const facts = readFacts(defaultFactsFolder);
const withFacts = { skip: facts === undefined ? 'no facts folder' : false };
const catalogue = catalogueOf(rules);

const findingsOf = (text: string, language: Language, ...only: string[]): readonly Finding[] => {
  const settings = { ...defaultSettings, profile: 'all' as const, only: new Set(only) };
  return lint(catalogue, { model: parse(text, language), settings, facts: factsBeside({}) }).findings;
};

/** The text with the best fix of the finding in it; null where it has none. */
const repaired = (text: string, { fixes: [best] }: Finding): string | null =>
  best === undefined ? null : applyEdits(text, [...best.edits]);

/** Which tools make an account, by the family of the system. */
const makesAccounts: Readonly<Record<string, RegExp>> = {
  addgroup: /^(?:alpine|busybox|cirros|wolfi)$/,
  groupadd: /^(?!alpine|busybox|cirros|distroless|scratch|ubuntu-chiseled)/,
};

function checkUser(image: string, { user, os, accounts, shell }: VariantFacts): void {
  const text = `FROM ${image}\n`;
  const [finding] = findingsOf(text, 'dockerfile', 'root-user');
  const isRoot = user === null || /^(?:root|0)(?::|$)/.test(user);
  // Who is not root is left in peace.
  if (!isRoot) {
    assert.equal(finding, undefined);
    return;
  }
  assert.ok(finding, 'root is told of');
  const after = repaired(text, finding);
  // Its entrypoint or its server gives root up: a USER would keep it from starting. The finding says how.
  if (finding.messageId === 'drops') {
    assert.equal(after, null);
    return;
  }
  assert.ok(after !== null, 'no repair');
  const model = parseDockerfile(after);
  assert.deepEqual(model.problems, []);
  assert.deepEqual(findingsOf(after, 'dockerfile', 'root-user', 'unresolvable-account'), []);
  // The service needs root: another tag of the image does without.
  if (!/^USER /m.test(after)) {
    assert.match(after, /^FROM \S+-rootless\n$/);
    return;
  }
  const run = model.instructions.find(({ keyword }) => keyword === 'RUN');
  const [, name = ''] = /^USER ([^:\n]+)/m.exec(after) ?? [];
  if (run === undefined) {
    const isThere =
      /^\d+$/.test(name) || accounts.some(account => account.name === name) || name === 'nonroot';
    assert.ok(isThere, `${name} is not in the image`);
    return;
  }
  assert.notEqual(shell, false, 'nothing can be run there');
  const tool = after.includes('addgroup') ? 'addgroup' : 'groupadd';
  assert.match(os.family, makesAccounts[tool] ?? /^$/);
}

/** Why there is no check that could be written. */
const withoutCheck: Readonly<Record<string, RegExp>> = {
  // Its base is not among the facts: whether bash or curl are there, nobody can tell.
  'mcr.microsoft.com/dotnet/aspnet': /azurelinux/,
};

/** The programs that a check calls, and whether the variant has them. */
function checkTools(text: string, { shell, curl, wget, os }: VariantFacts): void {
  const check = /(?:HEALTHCHECK[^\n]*\n\s*CMD |test: )(.*)/.exec(text)?.[1] ?? '';
  assert.notEqual(check, '');
  const isShell = text.includes('HEALTHCHECK') ? !check.startsWith('[') : check.includes('CMD-SHELL');
  if (isShell) assert.notEqual(shell, false, 'it has no shell');
  if (/(?:^|["\s])curl\b/.test(check)) assert.equal(curl, true, 'it has no curl');
  if (/(?:^|["\s])wget\b/.test(check)) assert.equal(wget, true, 'it has no wget');
  if (/\bbash\b/.test(check)) assert.doesNotMatch(os.family, /alpine|busybox|distroless|scratch|chiseled/);
}

function checkHealth(image: string, variant: VariantFacts, language: Language): void {
  const isDockerfile = language === 'dockerfile';
  const rule = isDockerfile ? 'missing-healthcheck' : 'compose-missing-healthcheck';
  const text = isDockerfile ? `FROM ${image}\n` : `services:\n  app:\n    image: ${image}\n`;
  const [finding] = findingsOf(text, language, rule);
  if (variant.healthcheck) {
    assert.equal(finding, undefined, 'it has one');
    return;
  }
  // What listens on nothing is a tool, or a start for others.
  if (finding === undefined) return;
  const after = repaired(text, finding);
  if (after === null) {
    const [name = '', tag = ''] = image.split(/:(?=[^/]*$)/);
    const isEmpty = variant.shell === false && variant.os.packageManager === 'none';
    assert.ok(isEmpty || withoutCheck[name]?.test(tag), `no repair: ${finding.messageId}`);
    return;
  }
  if (isDockerfile) assert.deepEqual(parseDockerfile(after).problems, []);
  else assert.deepEqual(parseCompose(after).problems, []);
  const others = isDockerfile
    ? ['useless-healthcheck', 'absent-healthcheck-tool', 'zero-health-setting']
    : ['compose-useless-healthcheck', 'compose-invalid-healthcheck-test', 'compose-schema-violation'];
  assert.deepEqual(findingsOf(after, language, rule, ...others), []);
  checkTools(after, variant);
}

function checkReadOnly(image: string, { volumes }: VariantFacts): void {
  const text = `services:\n  app:\n    image: ${image}\n`;
  const [finding] = findingsOf(text, 'compose', 'compose-writable-root');
  const after = finding && repaired(text, finding);
  assert.ok(after, 'no repair');
  const model = parseCompose(after);
  assert.deepEqual(findingsOf(after, 'compose', 'compose-writable-root', 'compose-schema-violation'), []);
  const [service] = model.services;
  assert.ok(service);
  const targets = tmpfsOf(model, service).map(({ target }) => target ?? '');
  assert.deepEqual([...new Set(targets)], targets);
  for (const target of targets) {
    assert.match(target, /^\/[\w./-]+$/);
    // Data that has to stay would be gone with the container.
    const isOverData = volumes.some(volume => volume === target || volume.startsWith(`${target}/`));
    assert.ok(!isOverData || target === '/tmp' || target === '/run', `${target} covers a volume`);
  }
}

for (const [name, { variants }] of Object.entries(facts?.images.images ?? {})) {
  test(`${name}: USER, HEALTHCHECK and read_only of every variant`, () => {
    assert.ok(variants.length > 0);
    for (const variant of variants) {
      const [group] = variant.groups;
      const tag = group === undefined ? variant.tags?.[0] : facts?.tags.images[name]?.[group]?.[0];
      if (tag === undefined) continue;
      const image = `${name}:${tag}`;
      const stated = (check: () => void): void => {
        try {
          check();
        } catch (error) {
          throw new Error(`${image}: ${error}`, { cause: error });
        }
      };
      stated(() => checkUser(image, variant));
      stated(() => checkHealth(image, variant, 'dockerfile'));
      stated(() => checkHealth(image, variant, 'compose'));
      stated(() => checkReadOnly(image, variant));
    }
  });
}

test('what root alone can do is moved to a tag that does without', withFacts, () => {
  const text = 'services:\n  app:\n    image: docker:dind\n';
  const [finding] = findingsOf(text, 'compose', 'compose-default-root');
  assert.equal(finding && repaired(text, finding), text.replace('dind', 'dind-rootless'));
  const [own] = findingsOf('FROM docker:dind\nCMD ["/app"]\n', 'dockerfile', 'root-user');
  assert.match(own?.fixes[0]?.title ?? '', /^Run as /);
});

test('all images of the facts were looked at', withFacts, t => {
  const images = Object.values(facts?.images.images ?? {});
  t.diagnostic(`${images.length} images, ${images.flatMap(({ variants }) => variants).length} variants`);
  assert.ok(images.length > 100);
});
