// Placing: the line to which a package goes back, by its layer, through stages, and where no layer tells.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readImageConfig } from '../../server/core/image/config.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { placeInDockerfile, placeInImage } from '../../server/core/scan/placing.ts';
import { imageConfig, sha } from './reports.ts';

const base = '/bin/sh -c #(nop) ADD file:1 in / ';
const run = (script: string): string => `RUN /bin/sh -c ${script} # buildkit`;

const shop = `FROM debian:12 AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
RUN apt-get install -y libpng16-16
COPY . .
FROM node:22
WORKDIR /app
RUN apt-get update && \\
    apt-get install -y curl
COPY requirements.txt /app/
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/package-lock.json /src/data/ /srv/
COPY --from=build / /other
COPY --from=alpine:3 /etc/x /x
CMD ["node"]
`;
const shopSteps = [
  base,
  'WORKDIR /app',
  run('apt-get update &&     apt-get install -y curl'),
  'COPY requirements.txt /app/ # buildkit',
  'COPY /src/node_modules ./node_modules # buildkit',
  'COPY /src/package-lock.json /src/data/ /srv/ # buildkit',
  'COPY / /other # buildkit',
  'COPY /etc/x /x # buildkit',
];

interface Row {
  readonly name: string;
  readonly text?: string;
  readonly steps?: readonly string[];
  /** `ecosystem package path`. */
  readonly found: string;
  readonly layer: number | null;
  /** The line, the mark, and the line that it came by. */
  readonly at: string;
}

// biome-ignore format: one row a case
const rows: readonly Row[] = [
  { name: 'of the base', found: 'deb openssl', layer: 1, at: '7 node:22' },
  { name: 'of a RUN, its first line', found: 'deb curl', layer: 3, at: '9 RUN apt-get update &&' },
  { name: 'of a lock file that is copied', found: 'pypi flask app/requirements.txt', layer: 4, at: '11 COPY requirements.txt /app/' },
  { name: 'through a stage, installed there', found: 'npm lodash app/node_modules/lodash/package.json', layer: 5, at: '4 RUN npm ci via 12' },
  { name: 'through a stage, a lock file', found: 'npm lodash srv/package-lock.json', layer: 6, at: '3 COPY package.json package-lock.json ./ via 13' },
  { name: 'through a stage, the system with a package that is named', found: 'deb libpng16-16 other/var/lib/dpkg/status', layer: 7, at: '5 RUN apt-get install -y libpng16-16 via 14' },
  { name: 'through a stage, the system that it is from', found: 'deb zlib1g other/var/lib/dpkg/status', layer: 7, at: '1 debian:12 via 14' },
  { name: 'of another image', found: 'npm x x/package.json', layer: 8, at: '15 COPY --from=alpine:3 /etc/x /x' },
  { name: 'no layer, named by a RUN', found: 'deb curl', layer: null, at: '9 RUN apt-get update && ?' },
  { name: 'no layer, of the system', found: 'deb openssl', layer: null, at: '7 node:22 ?' },
  { name: 'a layer that nobody knows', found: 'pypi flask app/requirements.txt', layer: 9, at: '11 COPY requirements.txt /app/ ?' },
  { name: 'a text that has changed', text: 'FROM debian:12\nRUN apt-get install -y curl\n', steps: [base, run('apt-get install -y wget')], found: 'deb wget', layer: 2, at: '1 debian:12 ?' },
  { name: 'through two stages', text: 'FROM golang:1 AS a\nWORKDIR /s\nRUN go build -o /s/out/app\nFROM a AS b\nCOPY --from=a /s/out /b\nFROM scratch\nCOPY --from=b /b/app /app\n', steps: ['COPY /b/app /app # buildkit'], found: 'golang golang.org/x/net app', layer: 1, at: '3 RUN go build -o /s/out/app via 7' },
  { name: 'a stage on another one', text: 'FROM debian:12 AS a\nRUN apt-get install -y curl\nFROM a\nRUN make\n', steps: [base, run('apt-get install -y curl'), run('make')], found: 'deb curl', layer: 2, at: '2 RUN apt-get install -y curl' },
];

for (const { name, text = shop, steps = shopSteps, found, layer, at } of rows) {
  test(name, () => {
    const model = parseDockerfile(text);
    const placeOf = placeInDockerfile(model, readImageConfig(imageConfig(steps)));
    const [ecosystem = '', packageName = '', path = null] = found.split(' ');
    const place = placeOf({
      ecosystem,
      package: packageName,
      path,
      layer: layer === null ? null : sha(layer),
    });
    const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
    assert.ok(place.span);
    const via = place.via === null ? '' : ` via ${lineAt(place.via.span.start)}`;
    const mark = text.slice(place.span.start, place.span.end);
    assert.equal(`${lineAt(place.span.start)} ${mark}${via}${place.isSure ? '' : ' ?'}`, at);
  });
}

test('an image without a file: by what made its layers', () => {
  const placeOf = placeInImage(readImageConfig(imageConfig(shopSteps.slice(0, 3))));
  const label = (layer: string | null): string =>
    placeOf({ ecosystem: 'deb', package: 'x', path: null, layer }).label;
  assert.deepEqual(
    [label(sha(1)), label(sha(3)), label(sha(9)), label(null)],
    [
      'layer 1: ADD file:1 in /',
      'layer 3: RUN /bin/sh -c apt-get update && apt-get install -y curl',
      'the image',
      'the image',
    ],
  );
});
