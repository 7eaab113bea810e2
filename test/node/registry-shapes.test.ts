// Registries in the forms in which Docker Hub, GHCR, ECR and Quay answer: challenges, tokens, lists, indexes, errors.
import assert from 'node:assert/strict';
import type http from 'node:http';
import { test } from 'node:test';
import { repositoryOf } from '../../server/core/model/image-reference.ts';
import { readImageConfig, readManifest } from '../../server/core/registry/readings.ts';
import { registryClient } from '../../server/node/registry/client.ts';
import type { Account } from '../../server/node/registry/credentials.ts';
import { type FakeServer, serve, sha256 } from '../support/fake-registry.ts';
import { noSettings } from '../support/registry-client.ts';

const config = JSON.stringify({
  architecture: 'amd64',
  config: {
    Env: ['PATH=/usr/local/bin', 'NODE_VERSION=24.9.0'],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['node'],
    ArgsEscaped: true,
  },
  created: '2026-08-21T17:22:57Z',
  history: [{ created: '2026-08-21T17:22:57Z', created_by: '# debian.sh', comment: 'debuerreotype 0.16' }],
  os: 'linux',
  rootfs: { type: 'layers', diff_ids: [sha256('layer')] },
});

const imageOf = (type: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: sha256(config),
      size: config.length,
    },
    layers: [
      { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: sha256('layer'), size: 28_228_512 },
    ],
    annotations: { 'com.docker.official-images.bashbrew.arch': 'amd64' },
  });

const ociImage = imageOf('application/vnd.oci.image.manifest.v1+json');
const dockerImage = imageOf('application/vnd.docker.distribution.manifest.v2+json');

const indexOf = (type: string, image: string, imageType: string): string =>
  JSON.stringify({
    manifests: [
      {
        annotations: { 'org.opencontainers.image.version': '24.9.0-slim' },
        digest: sha256(image),
        mediaType: imageType,
        platform: { architecture: 'amd64', os: 'linux' },
        size: image.length,
      },
      {
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
        digest: sha256('attestation'),
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        platform: { architecture: 'unknown', os: 'unknown' },
        size: 841,
      },
    ],
    mediaType: type,
    schemaVersion: 2,
  });

const ociIndex = indexOf(
  'application/vnd.oci.image.index.v1+json',
  ociImage,
  'application/vnd.oci.image.manifest.v1+json',
);
const dockerList = indexOf(
  'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerImage,
  'application/vnd.docker.distribution.manifest.v2+json',
);

interface Shape {
  readonly path: string;
  readonly account?: Account;
  /** What it sends to whoever is not known; SERVICE stands for the address of its service for tokens. */
  readonly challenge: string;
  /** What its service for tokens answers. */
  readonly token?: object;
  /** What it wants to see; null: nobody asks. */
  readonly authorization: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly index: string;
  readonly image: string;
  /** Two pages of tags, and how the first leads to the second. */
  readonly next: string;
  /** Blobs come from elsewhere. */
  readonly redirectsBlobs: boolean;
  readonly notFound: readonly [status: number, body: object];
  readonly told: RegExp;
}

const errors = (code: string, message: string, detail?: unknown): object => ({
  errors: [{ code, message, detail }],
});

const shapes: Readonly<Record<string, Shape>> = {
  'Docker Hub': {
    path: 'library/node',
    challenge: 'Bearer realm="SERVICE",service="registry.docker.io",scope="repository:library/node:pull"',
    token: {
      token: 'aa.bb.cc',
      access_token: 'aa.bb.cc',
      expires_in: 300,
      issued_at: '2026-11-28T20:00:00Z',
    },
    authorization: 'Bearer aa.bb.cc',
    headers: {
      'docker-distribution-api-version': 'registry/2.0',
      'ratelimit-limit': '100;w=21600',
      'ratelimit-remaining': '98;w=21600',
      'strict-transport-security': 'max-age=31536000',
    },
    index: ociIndex,
    image: ociImage,
    next: '</v2/library/node/tags/list?last=24-slim&n=1000>; rel="next"',
    redirectsBlobs: true,
    notFound: [404, errors('MANIFEST_UNKNOWN', 'manifest unknown', 'unknown tag=nope')],
    told: /has no nope \(404 MANIFEST_UNKNOWN\)/,
  },
  GHCR: {
    path: 'owner/app',
    challenge: 'Bearer realm="SERVICE",service="ghcr.io",scope="repository:owner/app:pull"',
    token: { token: 'ZGphbmdv' },
    authorization: 'Bearer ZGphbmdv',
    headers: { 'docker-distribution-api-version': 'registry/2.0', 'x-github-request-id': 'A:1:2:3:4' },
    index: ociIndex,
    image: ociImage,
    next: '</v2/owner/app/tags/list?last=24-slim&n=1000>; rel="next"',
    redirectsBlobs: true,
    notFound: [404, errors('MANIFEST_UNKNOWN', 'manifest unknown')],
    told: /has no nope \(404 MANIFEST_UNKNOWN\)/,
  },
  ECR: {
    path: 'team/app',
    account: { kind: 'password', user: 'AWS', password: 'eyJ' },
    challenge:
      'Basic realm="https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/",service="ecr.amazonaws.com"',
    authorization: `Basic ${Buffer.from('AWS:eyJ').toString('base64')}`,
    headers: { 'docker-distribution-api-version': 'registry/2.0', sizes: '' },
    index: dockerList,
    image: dockerImage,
    next: '</v2/team/app/tags/list?n=1000&last=abc%2Bdef%3D%3D>; rel="next"',
    redirectsBlobs: true,
    notFound: [404, errors('NAME_UNKNOWN', "The repository with name 'team/app' does not exist")],
    told: /has no image team\/app, or shows it only to those who may see it/,
  },
  Quay: {
    path: 'org/app',
    challenge: 'Bearer realm="SERVICE",service="quay.io",scope="repository:org/app:pull"',
    token: { token: 'eyJhbGciOi.e30.x' },
    authorization: 'Bearer eyJhbGciOi.e30.x',
    headers: { 'docker-distribution-api-version': 'registry/2.0', server: 'nginx/1.22.1' },
    index: dockerList,
    image: dockerImage,
    next: '</v2/org/app/tags/list?n=1000&next_page=gAAAAABk%3D%3D>; rel="next"',
    redirectsBlobs: false,
    notFound: [401, errors('UNAUTHORIZED', 'access to the requested resource is not authorized', {})],
    told: /shows org\/app only to those who may see it/,
  },
};

/** As it is asked in front of everything: who is not known is sent to the service for tokens. */
async function serving(shape: Shape): Promise<FakeServer> {
  const service = await serve((_request, response) => void response.end(JSON.stringify(shape.token)));
  const elsewhere = await serve(
    ({ headers }, response) =>
      void response.writeHead(headers.authorization === undefined ? 200 : 400).end(config),
  );
  const answer = (url: URL, response: http.ServerResponse, isHead: boolean): void => {
    const [, kind = '', name = ''] = /\/(manifests|blobs|tags)\/([^/]+)$/.exec(url.pathname) ?? [];
    if (kind === 'tags') {
      const isFirst = url.searchParams.get('n') === '1000' && url.searchParams.size === 1;
      const link = isFirst ? { link: shape.next } : {};
      response.writeHead(200, { ...shape.headers, ...link });
      const tags = isFirst ? ['24', '24-slim'] : ['24.9.0', 'latest'];
      return void response.end(JSON.stringify({ name: shape.path, tags }));
    }
    if (kind === 'blobs') {
      if (!shape.redirectsBlobs) return void response.end(config);
      return void response.writeHead(307, { location: `http://${elsewhere.host}/data?sig=a%2Bb` }).end();
    }
    const text = new Map([
      ['24', shape.index],
      [sha256(shape.image), shape.image],
    ]).get(name);
    if (text === undefined) {
      const [status, body] = shape.notFound;
      return void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    }
    response.writeHead(200, { ...shape.headers, 'docker-content-digest': sha256(text) });
    response.end(isHead ? undefined : text);
  };
  return serve(({ url = '', method }, response, { authorization }) => {
    if (authorization === shape.authorization)
      return answer(new URL(url, 'http://a'), response, method === 'HEAD');
    response.writeHead(401, {
      ...shape.headers,
      'www-authenticate': shape.challenge.replace('SERVICE', `http://${service.host}/token`),
    });
    response.end(JSON.stringify(errors('UNAUTHORIZED', 'authentication required', null)));
  });
}

for (const [name, shape] of Object.entries(shapes)) {
  test(`in the form of ${name}`, async () => {
    const { host } = await serving(shape);
    const credentials = { of: async () => shape.account ?? null };
    const client = registryClient({
      settings: noSettings,
      credentials,
      limits: { time: 5_000 },
    });
    const repository = repositoryOf({ registry: host, name: shape.path });
    assert.equal(await client.digest(repository, '24'), sha256(shape.index));
    assert.deepEqual(await client.tags(repository), ['24', '24-slim', '24.9.0', 'latest']);
    const index = readManifest((await client.manifest(repository, '24')).text);
    const [first, ...others] = index?.kind === 'index' ? index.images : [];
    assert.deepEqual([first, others], [{ digest: sha256(shape.image), platform: 'linux/amd64' }, []]);
    const image = readManifest((await client.manifest(repository, first?.digest ?? '')).text);
    assert.deepEqual(image, { kind: 'image', config: sha256(config), size: 28_228_512 });
    const blob = await client.blob(repository, sha256(config));
    assert.deepEqual(readImageConfig(blob.text)?.entrypoint, ['docker-entrypoint.sh']);
    await assert.rejects(client.manifest(repository, 'nope'), shape.told);
  });
}
