// Syntax images: those that read Dockerfiles, by the names under which they are published.

/** The usual one first. */
export const syntaxImages: readonly string[] = [
  'docker/dockerfile',
  'docker/dockerfile-upstream',
  'docker.io/docker/dockerfile',
];
