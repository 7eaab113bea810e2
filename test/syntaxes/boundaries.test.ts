// Nothing runs away: each instruction starts afresh, and a Compose file is coloured as before outside of commands.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inRepository } from '../../scripts/repository.ts';
import { languageOf } from '../../server/core/engine/language.ts';
import type { Language } from '../../server/core/engine/rule.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import type { YamlPair } from '../../server/core/model/yaml/node.ts';
import { type Span, span } from '../../server/core/text/span.ts';
import { sampleOf } from '../support/sample.ts';
import { type Token, type Tokenize, tokenizer } from './tokens.ts';

const unknown = 'meta.instruction.dockerfile';
const isOurs = (scope: string): boolean => /^meta\.(?:instruction|heredoc)\b/.test(scope);

/** An instruction starts where nothing is open but the file: with its scope, then with that of its keyword. */
function startsAfresh(scopes: readonly string[]): boolean {
  const [, own = '', inner = ''] = scopes.filter(scope => scope !== 'meta.escape-backtick.dockerfile');
  return own === unknown || (isOurs(own) && inner.startsWith('keyword.'));
}

/** Instructions that do not start afresh, or end before their last line. */
function escapes(text: string, tokens: readonly Token[]): string[] {
  return parseDockerfile(text).instructions.flatMap(({ span: { start, end } }) => {
    const inside = tokens.filter(token => token.start < end && token.start + token.text.length > start);
    const scopes = inside[0]?.scopes ?? [];
    const lost = inside.find(token => token.text.trim() !== '' && !token.scopes.some(isOurs));
    const shown = JSON.stringify(text.slice(start, start + 40));
    return [
      ...(startsAfresh(scopes) ? [] : [`${shown} starts in ${scopes.join(' ')}`]),
      ...(lost ? [`${shown} ends before ${JSON.stringify(lost.text)}`] : []),
    ];
  });
}

// biome-ignore format: one row a case
const openEnded: readonly (readonly [name: string, text: string])[] = [
  ['quotes', 'RUN echo "a\nRUN echo \'b\nCMD `c\nUSER u'],
  ['blocks', 'RUN if a; then {\nRUN $(a\nCMD for x in\nRUN case x in\nRUN a() {\nUSER u'],
  ['a heredoc of the shell alone', 'RUN cat<<EOF\nCMD cat <<EOF\nUSER u'],
  ['lists', 'CMD ["a\nENTRYPOINT ["a",\nSHELL [\nVOLUME ["a" b\nUSER u'],
  ['flags', 'RUN --mount=type="a\nCOPY --chown=\'b\nUSER u'],
  ['values', 'ENV A="b\nLABEL \'c\nARG ${d\nMAINTAINER "e\nEXPOSE \'\nUSER u'],
  ['health checks', 'HEALTHCHECK CMD "a\nHEALTHCHECK --interval="b CMD c\nUSER u'],
  ['a heredoc', 'RUN <<EOF\nif a; then "\nEOF\nCOPY <<-X /a\n"\n\tX\nUSER u'],
  ['a heredoc in another language', 'RUN python3 <<EOF\n"""\nEOF\nUSER u'],
  ['a list of heredocs', 'RUN cat <<A <<B\n"\nA\n\'\nB\nUSER u'],
  ['a comment that ends in a mark', 'RUN a \\\n# "b \\\n  c\n# \'d \\\nUSER u'],
  ['a mark at the end of a comment of the shell', 'RUN a # "b \\\n  c\nUSER u'],
  ['an open quote on a continued line', 'RUN a "b \\\n  c\nUSER u'],
  ['the backtick', '# escape=`\nRUN a "b `\n  c\nRUN d \\\nHEALTHCHECK CMD `\n  "e\nUSER u'],
  ['what is no instruction', '"a\n\'b\n{{ c }} "\nUSER u'],
  ['Windows line ends', 'RUN a "b \\\r\n  c\r\nRUN <<E\r\n"\r\nE\r\nUSER u'],
];

/** As it is, and with a shell grammar that would never end by itself. */
const shells = [false, true] as const;

for (const greedyShell of shells) {
  const tokenize = tokenizer('source.dockerfile', { greedyShell });
  for (const [name, text] of openEnded) {
    test(`instructions hold ${greedyShell ? 'anything' : 'shell'}: ${name}`, async () =>
      assert.deepEqual(escapes(text, (await tokenize)(text)), []));
  }
}

const corpus = inRepository('..', 'shared', 'corpus');

function corpusFiles(wanted: Language): [name: string, text: string][] {
  const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter(name => languageOf(name) === wanted && existsSync(path.join(corpus, name)))
    .sort();
  return sampleOf(names).map(name => [name, readFileSync(path.join(corpus, name), 'utf8')]);
}

for (const greedyShell of shells) {
  test(`instructions of real files hold ${greedyShell ? 'anything' : 'shell'}`, {
    skip: !existsSync(corpus),
  }, async () => {
    const tokenize = await tokenizer('source.dockerfile', { greedyShell });
    const problems = corpusFiles('dockerfile').flatMap(([name, text]) =>
      escapes(text, tokenize(text)).map(problem => `${name}: ${problem}`),
    );
    assert.deepEqual(problems, []);
  });
}

const isCommand = ({ key }: YamlPair): boolean => key.text === 'command' || key.text === 'entrypoint';

/** Where the commands of a Compose file are written, to the end of their last line. */
function commandsIn(text: string): Span[] {
  const pairs = parseCompose(text).services.flatMap(({ map }) => map?.pairs ?? []);
  const checks = pairs
    .filter(({ key }) => key.text === 'healthcheck')
    .flatMap(({ value }) => (value?.kind === 'map' ? value.pairs : []))
    .filter(({ key }) => key.text === 'test');
  return [...pairs.filter(isCommand), ...checks].map(({ key, span: { end } }) => {
    const lineEnd = text.indexOf('\n', end);
    return span(key.span.end, lineEnd < 0 ? text.length : lineEnd);
  });
}

/** The scopes that colour each character. */
function colours(text: string, tokens: readonly Token[]): string[] {
  const found = Array<string>(text.length).fill('');
  for (const { start, text: written, scopes } of tokens) {
    found.fill(scopes.filter(scope => !scope.startsWith('meta.')).join(' '), start, start + written.length);
  }
  return found;
}

/** Characters outside of commands that have another colour than without us. */
function strays(text: string, tokenize: Tokenize, plain: Tokenize): string[] {
  const [with_, without] = [colours(text, tokenize(text)), colours(text, plain(text))];
  const commands = commandsIn(text);
  const changed = with_.findIndex(
    (colour, at) => colour !== without[at] && !commands.some(({ start, end }) => at >= start && at < end),
  );
  return changed < 0 ? [] : [`${JSON.stringify(text.slice(changed, changed + 40))}: ${with_[changed]}`];
}

test('real Compose files are coloured as before outside of commands', {
  skip: !existsSync(corpus),
}, async () => {
  const plain = await tokenizer('source.yaml', { injected: false });
  for (const greedyShell of shells) {
    const tokenize = await tokenizer('source.yaml', { greedyShell });
    const problems = corpusFiles('compose').flatMap(([name, text]) =>
      strays(text, tokenize, plain).map(problem => `${name}: ${problem}`),
    );
    assert.deepEqual(problems, []);
  }
});
