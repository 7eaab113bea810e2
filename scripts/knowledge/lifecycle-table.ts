// The end-of-life table from the facts: the releases of an image, and since when they get no more fixes.
import type { LifecycleFacts, ReleaseFacts } from './facts.ts';

/**
 * Products whose releases are supported for a year or so at least, and that people start images from. Where every
 * release ends with the next one, "ended" says no more than "not the newest".
 */
const products = (
  'alpine-linux amazon-corretto amazon-linux apache-activemq apache-airflow apache-cassandra apache-couchdb ' +
  'apache-groovy apache-http-server apache-maven arangodb centos composer couchbase-server debian docker-engine ' +
  'dotnet drupal eclipse-jetty eclipse-temurin elasticsearch elixir erlang fedora ghc go gradle haproxy ' +
  'hashicorp-vault ibm-semeru influxdb joomla jruby julia kibana kong-gateway logstash mageia mariadb matomo ' +
  'mediawiki memcached mongodb mysql nextcloud nginx nodejs opensearch opensuse oracle-linux perl php phpmyadmin ' +
  'postgresql python rabbitmq redis redmine ros ros-2 ruby sapmachine solr tomcat ubuntu vinyl-cache vmware-photon ' +
  'zookeeper'
).split(' ');

/** Support that everybody gets. What Ubuntu and Red Hat call extended is paid for, Debian's long-term support is not. */
const freeSupport = (product: string, { eol, eoes }: ReleaseFacts): ReleaseFacts['eol'] =>
  product === 'debian' ? (eoes ?? eol) : eol;

const hasEnded = (end: ReleaseFacts['eol'], asOf: string): end is string | true =>
  end === true || (typeof end === 'string' && end <= asOf);

/** `10/buster:20240630`, `10/buster:*` where nobody wrote down the day, `13/trixie` while it is supported. */
function entryOf({ cycle, codename }: ReleaseFacts, end: ReleaseFacts['eol'], asOf: string): string {
  const name = codename === undefined || !/^\d/.test(cycle) ? '' : `/${codename.toLowerCase().split(' ')[0]}`;
  const until = hasEnded(end, asOf) ? `:${end === true ? '*' : end.replaceAll('-', '')}` : '';
  return `${cycle.toLowerCase()}${name}${until}`;
}

/** Names of whole registries' folders, and copies that carry tags of their own. */
const isOtherName = (image: string): boolean =>
  /^(?:bitnami|cimg|circleci|rapidfort|cgr\.dev|redislabs|ubuntu|mysql|couchbase|apache)\/|^ghcr\.io\/[^/]+$|\/ocr\//.test(
    image,
  );

/** One line for each image: its releases, the newest first; `=other` where they are those of another image. */
export function lifecycleLines({ asOf, products: all }: LifecycleFacts): string[] {
  const lines = new Map<string, string[]>();
  for (const product of products) {
    const { images = [], cycles = [] } = all[product] ?? {};
    const main = images.find(image => !image.includes('/')) ?? images[0];
    if (main === undefined) continue;
    const entries = cycles.map(release => entryOf(release, freeSupport(product, release), asOf));
    lines.set(main, [...(lines.get(main) ?? []), ...entries]);
    for (const other of images) if (other !== main && !isOtherName(other)) lines.set(other, [`=${main}`]);
  }
  return [...lines].map(([image, entries]) => `${image} ${entries.join(' ')}`).sort();
}
