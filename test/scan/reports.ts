// Reports as scanners write them, as short as a test needs them.

/** A digest that ends in a digit. */
export const sha = (digit: number): string => `sha256:${'0'.repeat(63)}${digit}`;

/** Three layers: that of a base, of a RUN and of a COPY. */
export const imageConfig = (
  steps: readonly string[] = [
    '/bin/sh -c #(nop) ADD file:1 in / ',
    'RUN /bin/sh -c make # buildkit',
    'COPY . . # buildkit',
  ],
) => ({
  os: 'linux',
  architecture: 'amd64',
  history: steps.map(created_by => ({ created_by })),
  rootfs: { type: 'layers', diff_ids: steps.map((_, index) => sha(index + 1)) },
});

export const trivyReport = ({
  image = 'shop:1',
  results = [],
  config = imageConfig(),
}: {
  readonly image?: string;
  readonly results?: readonly object[];
  readonly config?: object;
}) => ({
  SchemaVersion: 2,
  Trivy: { Version: '0.74.0' },
  ArtifactName: image,
  ArtifactType: 'container_image',
  Metadata: { ImageConfig: config },
  Results: results,
});

export const grypeReport = (matches: readonly object[], config: object = imageConfig()) => ({
  matches,
  source: {
    type: 'image',
    target: { userInput: 'shop:1', config: Buffer.from(JSON.stringify(config)).toString('base64') },
  },
  descriptor: { name: 'grype', version: '0.121.3' },
});
