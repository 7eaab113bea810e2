// Tar archives made for a test, byte by byte: also those that no program would write.
import { gzipSync } from 'node:zlib';

export interface TarEntry {
  readonly path: string;
  /** Of its header; `0` is a file. */
  readonly type?: string;
  readonly data?: Buffer | string;
  readonly target?: string;
  /** Where it is another one than that of the data. */
  readonly size?: number | string;
  /** `posix` by default. */
  readonly format?: 'posix' | 'gnu' | 'old';
  readonly prefix?: string;
  /** Puts more into the header. */
  readonly patch?: (header: Buffer) => void;
}

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

export function header(entry: TarEntry): Buffer {
  const { path, type = '0', data = '', target = '', format = 'posix', prefix = '', patch } = entry;
  const size = entry.size ?? Buffer.byteLength(data);
  const bytes = Buffer.alloc(512);
  bytes.write(path, 0, 100);
  bytes.write(octal(0o644, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(typeof size === 'string' ? size : octal(size, 12), 124);
  bytes.write(octal(0, 12), 136);
  bytes.write(type, 156);
  bytes.write(target, 157, 100);
  if (format !== 'old') bytes.write(format === 'posix' ? 'ustar\0' + '00' : 'ustar  \0', 257, 'latin1');
  bytes.write(prefix, 345);
  patch?.(bytes);
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

const padded = (data: Buffer): Buffer =>
  Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)]);

export const entryBytes = (entry: TarEntry): Buffer =>
  Buffer.concat([header(entry), padded(Buffer.from(entry.data ?? ''))]);

export const ending = Buffer.alloc(1_024);

export const tar = (...entries: readonly TarEntry[]): Buffer =>
  Buffer.concat([...entries.map(entryBytes), ending]);

/** Attributes of the next entry, as POSIX has them. */
export function attributes(values: Readonly<Record<string, string>>): TarEntry {
  const records = Object.entries(values).map(([name, value]) => {
    const rest = ` ${name}=${value}\n`;
    const own = Buffer.byteLength(rest);
    const digits = String(own + String(own).length).length;
    return `${own + digits}${rest}`;
  });
  return { path: 'PaxHeaders/x', type: 'x', data: records.join('') };
}

export interface MadeImage {
  readonly layers: readonly Buffer[];
  /** As the configuration tells it; a step for each layer where it is missing. */
  readonly history?: readonly { readonly created_by: string; readonly empty_layer?: boolean }[];
  readonly name?: string;
}

const digestOf = (index: number): string => String(index).padStart(64, '0');

const configOf = ({ layers, history }: MadeImage): string =>
  JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    history: history ?? layers.map((_, index) => ({ created_by: `step ${index}` })),
    rootfs: { type: 'layers', diff_ids: layers.map((_, index) => `sha256:${digestOf(index + 100)}`) },
  });

/** As engines saved images for years; the manifest comes last. */
export const oldArchive = (image: MadeImage): Buffer =>
  tar(
    ...image.layers.flatMap((data, index) => [
      { path: `${digestOf(index)}/`, type: '5' },
      { path: `${digestOf(index)}/VERSION`, data: '1.0' },
      { path: `${digestOf(index)}/layer.tar`, data },
    ]),
    { path: 'c.json', data: configOf(image) },
    {
      path: 'manifest.json',
      data: JSON.stringify([
        {
          Config: 'c.json',
          RepoTags: image.name === undefined ? null : [image.name],
          Layers: image.layers.map((_, index) => `${digestOf(index)}/layer.tar`),
        },
      ]),
    },
  );

/** The files of a layout, by name. */
export function layoutFiles(image: MadeImage): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const put = (index: number, data: Buffer | string): object => {
    files.set(`blobs/sha256/${digestOf(index)}`, Buffer.from(data));
    return { digest: `sha256:${digestOf(index)}`, size: data.length };
  };
  const layers = image.layers.map((data, index) => put(index, data));
  const config = put(50, configOf(image));
  const manifest = put(60, JSON.stringify({ schemaVersion: 2, config, layers }));
  const statement = put(61, JSON.stringify({ schemaVersion: 2, config: {}, layers: [] }));
  const platform = { os: 'linux', architecture: 'amd64' };
  const index = put(
    62,
    JSON.stringify({
      manifests: [
        { ...statement, platform: { os: 'unknown', architecture: 'unknown' } },
        { ...manifest, platform },
      ],
    }),
  );
  const annotations = image.name === undefined ? {} : { 'io.containerd.image.name': image.name };
  files.set('index.json', Buffer.from(JSON.stringify({ manifests: [{ ...index, annotations }] })));
  files.set('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'));
  return files;
}

export const layoutArchive = (image: MadeImage): Buffer =>
  tar(...[...layoutFiles(image)].map(([path, data]) => ({ path, data })));

export const packed = (image: MadeImage): MadeImage => ({
  ...image,
  layers: image.layers.map(layer => gzipSync(layer)),
});
