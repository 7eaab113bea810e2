// The order in which people look through the labels of an image: what it is, where it comes from, whose it is, which one.
const keys = [
  ...['title', 'description', 'source', 'url', 'documentation', 'authors', 'vendor', 'licenses', 'version']
    .concat('revision', 'created', 'ref.name', 'base.name', 'base.digest')
    .map(name => `org.opencontainers.image.${name}`),
  ...['k8s.display-name', 'k8s.description', 'openshift.tags', 'openshift.expose-services']
    .concat('openshift.s2i.scripts-url')
    .map(name => `io.${name}`),
];
const places = new Map(keys.map((key, index) => [key, index]));
const behind = [/^com\.docker\./, /^(?:org\.label-schema\.|maintainer$)/, /\./];

/** Smaller is earlier; keys of one place stay in the order that the author gave them. */
export function labelPlace(key: string): number {
  const kind = behind.findIndex(pattern => pattern.test(key));
  return places.get(key) ?? keys.length + (kind < 0 ? behind.length : kind);
}
