// An image for the pictures: what a build of a small Dockerfile leaves, an engine that holds it, and a scanner's report on it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { program } from '../../support/fake-engine.ts';
import { writeImageEngine } from '../../support/image-engine.ts';
import { type MadeImage, oldArchive, type TarEntry, tar } from '../../support/tar.ts';

export const dockerfile = `FROM debian:13-slim
WORKDIR /srv/shop
RUN apt-get update && apt-get install -y build-essential curl
COPY . .
RUN make && cp build/shop /usr/local/bin/shop
RUN rm -rf /srv/shop/build /var/lib/apt/lists/*
USER nobody
CMD ["shop"]
`;

/** In tenths of a megabyte. */
const file = (place: string, tenths: number): TarEntry => ({
  path: place,
  data: Buffer.alloc(tenths * 100_000, place),
});

const layers = [
  tar(
    file('usr/lib/x86_64-linux-gnu/libc.so.6', 20),
    file('usr/lib/x86_64-linux-gnu/libcrypto.so.3', 55),
    file('usr/lib/x86_64-linux-gnu/perl-base/perl', 39),
    file('usr/bin/bash', 13),
    file('usr/share/zoneinfo/tzdata.zi', 11),
    file('var/lib/dpkg/status', 8),
  ),
  tar({ path: 'srv/shop/', type: '5' }),
  tar(
    file('usr/lib/gcc/x86_64-linux-gnu/14/cc1', 330),
    file('usr/lib/gcc/x86_64-linux-gnu/14/cc1plus', 350),
    file('usr/lib/gcc/x86_64-linux-gnu/14/lto1', 320),
    file('usr/bin/x86_64-linux-gnu-ld.bfd', 27),
    file('usr/bin/curl', 3),
    file('usr/lib/x86_64-linux-gnu/libcurl.so.4', 8),
    file('var/lib/apt/lists/deb.debian.org_dists_trixie_main_Packages', 190),
    file('var/cache/apt/archives/gcc-14_amd64.deb', 260),
  ),
  tar(file('srv/shop/src/shop.c', 1), file('srv/shop/testdata/orders.csv', 64)),
  tar(file('srv/shop/build/shop.o', 150), file('srv/shop/build/shop', 90), file('usr/local/bin/shop', 90)),
  tar(
    { path: 'srv/shop/.wh.build' },
    { path: 'var/lib/apt/lists/.wh.deb.debian.org_dists_trixie_main_Packages' },
  ),
];

const history = dockerfile
  .trim()
  .split('\n')
  .map((line, at) => {
    if (at === 0) return { created_by: '# debian.sh --arch amd64 out/ trixie' };
    const words = line.replace(/^RUN /, 'RUN /bin/sh -c ');
    return { created_by: `${words} # buildkit`, empty_layer: /^USER|^CMD/.test(line) };
  });

const image: MadeImage = { layers, history, name: 'app:1' };

const diffId = (layer: number): string => `sha256:${String(layer + 100).padStart(64, '0')}`;

type Found = readonly [
  id: string,
  name: string,
  installed: string,
  fixed: string,
  severity: string,
  layer: number,
];

const found: readonly Found[] = [
  ['CVE-2026-1001', 'libssl3t64', '3.5.1-1', '3.5.4-1', 'CRITICAL', 0],
  ['CVE-2026-1002', 'libc6', '2.41-12', '2.41-12+deb13u1', 'HIGH', 0],
  ['CVE-2026-1003', 'perl-base', '5.40.1-6', '', 'MEDIUM', 0],
  ['CVE-2026-1004', 'libcurl4t64', '8.14.1-2', '8.14.1-2+deb13u2', 'HIGH', 2],
  ['CVE-2026-1005', 'curl', '8.14.1-2', '8.14.1-2+deb13u2', 'HIGH', 2],
  ['CVE-2026-1006', 'binutils', '2.44-3', '', 'LOW', 2],
];

const report = {
  SchemaVersion: 2,
  ArtifactName: 'app:1',
  Metadata: {
    DiffIDs: layers.map((_, layer) => diffId(layer)),
    ImageConfig: { history, rootfs: { type: 'layers', diff_ids: layers.map((_, layer) => diffId(layer)) } },
  },
  Results: [
    {
      ...{ Target: 'app:1 (debian 13)', Class: 'os-pkgs', Type: 'debian' },
      Vulnerabilities: found.map(([id, name, installed, fixed, severity, layer]) => ({
        VulnerabilityID: id,
        PkgName: name,
        InstalledVersion: installed,
        FixedVersion: fixed,
        Severity: severity,
        Title: `${name}: made up for a picture`,
        Layer: { DiffID: diffId(layer) },
      })),
    },
  ],
};

/** Programs for PATH: an engine that has the image as `app:1`, and a scanner. */
export function programsFor(folder: string): void {
  const archive = path.join(folder, 'image.tar');
  writeImageEngine(folder, image, `exec /bin/cat '${archive}'`);
  writeFileSync(archive, oldArchive(image));
  const answer = path.join(folder, 'report.json');
  writeFileSync(answer, JSON.stringify(report));
  program(
    folder,
    'trivy',
    `case "$1" in --version) echo 'Version: 0.74.0'; exit ;; esac
for word in "$@"; do case "$word" in --output=*) file="\${word#*=}" ;; esac; done
/bin/cat '${answer}' >"$file"
`,
  );
}
