// Secret files: mounted instead of copied, or left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { leaveFileOut, mountFileInstead, secretFileFlag } from '../../server/core/repairs/secret-file.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { lastOf } from '../support/dockerfile.ts';

for (const [path, flag] of [
  ['.npmrc', '--secret id=npmrc,src=.npmrc'],
  ['conf/server.key', '--secret id=server.key,src=conf/server.key'],
  ['.ssh', '--ssh default'],
  ['home/.aws', '--secret id=aws,src=home/.aws/credentials'],
  ['*.pem', '--secret id=...,src=...'],
] as const) {
  test(`passed to the build: ${path}`, () => assert.equal(secretFileFlag(path), flag));
}

const npm = 'RUN --mount=type=secret,id=npmrc,target=/a/.npmrc';

/** Behind `WORKDIR /a`: with the file mounted, and with it left out. */
const rows: readonly [text: string, mounted: string | null, left: string][] = [
  ['COPY .npmrc .\nRUN npm ci', `${npm} npm ci`, 'RUN npm ci'],
  [
    'COPY .npmrc b ./\nRUN npm ci\nRUN ls',
    `COPY b ./\n${npm} npm ci\nRUN ls`,
    'COPY b ./\nRUN npm ci\nRUN ls',
  ],
  ['COPY .npmrc .\nRUN ls', null, 'RUN ls'],
  ['COPY .npmrc .\nRUN cat .npmrc', `${npm} cat .npmrc`, 'RUN cat .npmrc'],
  ['COPY .npmrc $X\nRUN npm ci', null, 'RUN npm ci'],
  ['COPY .npmrc .\nRUN npm ci && rm .npmrc', `${npm} npm ci`, 'RUN npm ci'],
  ['COPY .npmrc .\nRUN npm ci\nRUN rm -f "/a/.npmrc"', `${npm} npm ci`, 'RUN npm ci'],
  ['COPY .npmrc .\nRUN npm ci; rm .npmrc b', `${npm} npm ci; rm b`, 'RUN npm ci; rm b'],
  ['COPY .npmrc .\nRUN chown x:y .npmrc && npm ci', `${npm} npm ci`, 'RUN npm ci'],
  ['COPY .npmrc .\nRUN npm ci; ln -s .npmrc b', null, 'RUN npm ci; ln -s .npmrc b'],
  ['COPY .npmrc .\nRUN npm ci; rm -rf /a', null, 'RUN npm ci; rm -rf /a'],
  ['COPY .npmrc .\nRUN npm ci; (rm .npmrc)', null, 'RUN npm ci; (rm .npmrc)'],
  ['USER 7\nCOPY .npmrc .\nRUN npm ci', `USER 7\n${npm},uid=7 npm ci`, 'USER 7\nRUN npm ci'],
  ['USER x\nCOPY .npmrc .\nRUN npm ci', `USER x\n${npm},mode=0444 npm ci`, 'USER x\nRUN npm ci'],
  ['COPY .ssh .\nRUN git clone x', null, 'RUN git clone x'],
];

for (const [text, mounted, left] of rows) {
  test(`the file of ${text.replaceAll('\n', '; ')}`, () => {
    const whole = (body: string): string => `FROM debian:13\nWORKDIR /a\n${body}\n`;
    const model = parseDockerfile(whole(text));
    const copy = lastOf(model, 'COPY');
    const [source] = copy.sources;
    assert.ok(source);
    const edits = mountFileInstead(model, copy, source);
    assert.equal(edits && applyEdits(model.text, edits), mounted === null ? null : whole(mounted));
    assert.equal(applyEdits(model.text, leaveFileOut(model, copy, source)), whole(left));
  });
}
