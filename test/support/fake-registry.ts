// A registry that is none: a server on this machine that holds images, and behaves, or misbehaves, as a test says.
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export type Handle = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
  seen: Seen,
) => void | Promise<void>;

export interface FakeServer {
  /** `127.0.0.1:40123` */
  readonly host: string;
  readonly seen: readonly Seen[];
}

/** Lives as long as the tests of the file. */
export async function serve(handle: Handle): Promise<FakeServer> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      const entry: Seen = {
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: Buffer.concat(parts).toString(),
      };
      seen.push(entry);
      void handle(request, response, entry);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

export const sha256 = (text: string | Buffer): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

export interface StoredImage {
  readonly digest: string;
  readonly type: string;
  readonly text: string;
  readonly blobs: ReadonlyMap<string, string | Buffer>;
  /** Of an index, the images it lists. */
  readonly images: readonly StoredImage[];
}

const docker = 'application/vnd.docker.distribution';
const oci = 'application/vnd.oci.image';

/** An image for one platform; `what` makes it another one than others. */
export function storedImage(what: string, architecture = 'amd64', variant?: string): StoredImage {
  const config = JSON.stringify({
    architecture,
    os: 'linux',
    ...(variant && { variant }),
    created: '2026-08-21T10:11:12.123456789Z',
    config: {
      User: '1000',
      Entrypoint: ['/entry'],
      Cmd: [what],
      ExposedPorts: { '8080/tcp': {} },
      Labels: { what },
    },
  });
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: `${docker}.manifest.v2+json`,
    config: { mediaType: `${docker}.container.image.v1+json`, size: config.length, digest: sha256(config) },
    layers: [{ mediaType: `${docker}.image.rootfs.diff.tar.gzip`, size: 1_000_000, digest: sha256(what) }],
  });
  return {
    digest: sha256(text),
    type: `${docker}.manifest.v2+json`,
    text,
    blobs: new Map([[sha256(config), config]]),
    images: [],
  };
}

/** With these layers, as they are sent; `steps` made them. */
export function layeredImage(layers: readonly Buffer[], steps: readonly string[]): StoredImage {
  const config = JSON.stringify({
    ...{ architecture: 'amd64', os: 'linux', config: {} },
    history: steps.map(created_by => ({ created_by })),
    rootfs: { type: 'layers', diff_ids: layers.map(sha256) },
  });
  const blobs = new Map<string, string | Buffer>(layers.map(layer => [sha256(layer), layer]));
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: `${oci}.manifest.v1+json`,
    config: { mediaType: `${oci}.config.v1+json`, size: config.length, digest: sha256(config) },
    layers: layers.map(layer => ({
      mediaType: `${oci}.layer.v1.tar+gzip`,
      size: layer.length,
      digest: sha256(layer),
    })),
  });
  return {
    ...{ digest: sha256(text), type: `${oci}.manifest.v1+json`, text, images: [] },
    blobs: blobs.set(sha256(config), config),
  };
}

/** For amd64 and arm64, with an attestation beside them. */
export function storedIndex(what: string): StoredImage {
  const images = [storedImage(what), storedImage(what, 'arm64', 'v8')];
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: `${oci}.index.v1+json`,
    manifests: [
      {
        mediaType: images[0]?.type,
        size: 1,
        digest: images[0]?.digest,
        platform: { os: 'linux', architecture: 'amd64' },
      },
      {
        mediaType: images[1]?.type,
        size: 1,
        digest: images[1]?.digest,
        platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
      },
      {
        mediaType: `${oci}.manifest.v1+json`,
        size: 1,
        digest: sha256('attestation'),
        platform: { os: 'unknown', architecture: 'unknown' },
      },
    ],
  });
  return { digest: sha256(text), type: `${oci}.index.v1+json`, text, blobs: new Map(), images };
}

/** Repository -> tag -> image. */
export type Holdings = Readonly<Record<string, Readonly<Record<string, StoredImage>>>>;

const refuse = (response: http.ServerResponse, status: number, code: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message: `no: ${code}`, detail: { secret: 's3cr3t' } }] }));
};

/** What a registry answers that asks nobody who he is; `pageSize` tags at a time. */
export function holding(holdings: Holdings, pageSize = 100): Handle {
  return ({ method, url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://a');
    const [, repository = '', kind = '', name = ''] =
      /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(pathname) ?? [];
    const tags = holdings[repository];
    if (tags === undefined) return refuse(response, 404, 'NAME_UNKNOWN');
    if (kind === 'tags') {
      const all = Object.keys(tags).sort();
      const start = all.indexOf(searchParams.get('last') ?? '') + 1;
      const page = all.slice(start, start + pageSize);
      const isMore = start + pageSize < all.length;
      response.writeHead(200, {
        'content-type': 'application/json',
        ...(isMore && {
          link: `</v2/${repository}/tags/list?last=${page.at(-1)}&n=${pageSize}>; rel="next"`,
        }),
      });
      return void response.end(JSON.stringify({ name: repository, tags: page }));
    }
    const all = Object.values(tags).flatMap(image => [image, ...image.images]);
    if (kind === 'blobs') {
      const blob = all.flatMap(({ blobs }) => blobs.get(name) ?? [])[0];
      if (blob === undefined) return refuse(response, 404, 'BLOB_UNKNOWN');
      return void response.end(blob);
    }
    const image = tags[name] ?? all.find(({ digest }) => digest === name);
    if (image === undefined) return refuse(response, 404, 'MANIFEST_UNKNOWN');
    response.writeHead(200, { 'content-type': image.type, 'docker-content-digest': image.digest });
    response.end(method === 'HEAD' ? undefined : image.text);
  };
}
