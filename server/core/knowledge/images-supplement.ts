// Image facts written by hand: images that the generated table lacks, and what some versions have otherwise. Each entry
// says where it comes from; what is not certain is `unknown` or left out.
import { bareImage, type ImageFacts } from './image-facts.ts';
import { compareVersions, tagParts } from './tag-parts.ts';

interface Entry {
  readonly image: RegExp;
  /** All tags where it is left out. */
  readonly tag?: RegExp;
  readonly facts: Partial<ImageFacts> & Pick<ImageFacts, 'os'>;
}

interface Correction {
  readonly image: RegExp;
  readonly tag?: RegExp;
  /** The versions it is about: from the one, up to but without the other. Tags without a version count as the newest. */
  readonly since?: readonly number[];
  readonly before?: readonly number[];
  readonly facts: Partial<ImageFacts>;
}

const account = (name: string, uid: number) => ({ name, uid, gid: uid });
const empty = { shell: false, curl: false, wget: false } as const;
const unknownTools = { curl: 'unknown', wget: 'unknown' } as const;
const distroless = { family: 'distroless-debian', packageManager: 'none' } as const;
const debian = { family: 'debian', packageManager: 'apt' } as const;
const alpine = { family: 'alpine', packageManager: 'apk' } as const;

const redHat = (name: string): RegExp =>
  new RegExp(`^(?:redhat|registry\\.access\\.redhat\\.com|registry\\.redhat\\.io)/${name}$`);

/** The first one that fits counts. */
const entries: readonly Entry[] = [
  // github.com/GoogleContainerTools/distroless, README: root, or 65532 in the nonroot tags; both are in passwd.
  {
    image: /^gcr\.io\/distroless\//,
    tag: /nonroot/,
    facts: { ...empty, os: distroless, user: '65532', accounts: [account('nonroot', 65532)] },
  },
  {
    image: /^gcr\.io\/distroless\//,
    facts: { ...empty, os: distroless, accounts: [account('nonroot', 65532)] },
  },
  // github.com/chainguard-images/images, images/wolfi-base: root, apk and BusyBox; Wolfi's passwd has `nonroot`.
  {
    image: /^(?:cgr\.dev\/)?chainguard\/wolfi-base$/,
    facts: {
      os: { family: 'wolfi', packageManager: 'apk' },
      accounts: [account('nonroot', 65532)],
      wget: true,
    },
  },
  // edu.chainguard.dev, "Migrating to Chainguard Containers": not root; a shell and apk in the `-dev` tags alone.
  {
    image: /^(?:cgr\.dev\/)?chainguard\//,
    tag: /-dev$/,
    facts: { ...unknownTools, os: { family: 'wolfi', packageManager: 'apk' }, user: '65532' },
  },
  {
    image: /^(?:cgr\.dev\/)?chainguard\//,
    facts: { ...empty, os: { family: 'wolfi', packageManager: 'none' }, user: '65532' },
  },
  // docs.redhat.com, "Building, running, and managing containers", on standard, init, minimal and micro images.
  {
    image: redHat('(?:ubi\\d+/)?ubi\\d*-micro'),
    facts: { os: { family: 'rhel', packageManager: 'none' } },
  },
  {
    image: redHat('(?:ubi\\d+/)?ubi\\d*-minimal'),
    facts: { os: { family: 'rhel', packageManager: 'microdnf' }, curl: true },
  },
  {
    image: redHat('(?:ubi7/ubi|ubi7)(?:-init)?'),
    facts: { os: { family: 'rhel', packageManager: 'yum' }, curl: true },
  },
  {
    image: redHat('(?:ubi\\d+/)?ubi\\d*(?:-init)?'),
    facts: { os: { family: 'rhel', packageManager: 'dnf' }, curl: true },
  },
  // github.com/sclorg: the images for languages and servers end with USER 1001.
  {
    image: redHat('ubi\\d+/(?:nodejs|python|ruby|php|perl|nginx|httpd)-\\d+(?:-minimal)?'),
    facts: { ...unknownTools, os: { family: 'rhel', packageManager: 'unknown' }, user: '1001' },
  },
  // github.com/bitnami/minideb, README; github.com/bitnami/containers: the Dockerfiles end with USER 1001.
  { image: /^bitnami\/minideb$/, facts: { os: debian } },
  {
    image: /^(?:public\.ecr\.aws\/)?bitnami(?:legacy)?\//,
    facts: { ...unknownTools, os: debian, user: '1001' },
  },
  // github.com/confluentinc/common-docker, base/: UBI minimal with wget, ending with USER appuser.
  {
    image: /^confluentinc\/cp-/,
    facts: {
      os: { family: 'rhel', packageManager: 'microdnf' },
      user: 'appuser',
      accounts: [{ name: 'appuser', uid: null, gid: null }],
      curl: true,
      wget: true,
    },
  },
  // github.com/prometheus: the exporters and the alertmanager are built on prometheus/busybox and end with USER nobody.
  {
    image: /^(?:quay\.io\/prometheus|prom)\//,
    facts: { os: { family: 'busybox', packageManager: 'none' }, user: 'nobody', wget: true },
  },
  // github.com/oven-sh/bun, dockerhub/: an account `bun` in each, root by default.
  {
    image: /^oven\/bun$/,
    tag: /alpine/,
    facts: { os: alpine, accounts: [account('bun', 1000)], wget: true },
  },
  { image: /^oven\/bun$/, tag: /slim/, facts: { os: debian, accounts: [account('bun', 1000)] } },
  // docs.linuxserver.io, "Understanding PUID and PGID": s6 starts as root and runs the service as `abc`.
  {
    image: /^(?:(?:lscr|ghcr)\.io\/)?linuxserver\//,
    facts: {
      ...unknownTools,
      os: { family: 'unknown', packageManager: 'unknown' },
      entrypoint: ['/init'],
      drops: [{ tool: 's6-setuidgid', to: 'abc' }],
    },
  },
  // github.com/jenkinsci/docker: USER jenkins in every variant.
  {
    image: /^jenkins\/jenkins$/,
    tag: /alpine/,
    facts: { ...unknownTools, os: alpine, user: 'jenkins', accounts: [account('jenkins', 1000)] },
  },
  {
    image: /^jenkins\/jenkins$/,
    tag: /^(?!.*(?:rhel|ubi|windows|almalinux|centos))/,
    facts: { ...unknownTools, os: debian, user: 'jenkins', accounts: [account('jenkins', 1000)] },
  },
  // docs.centos.org: yum up to 7, dnf since 8. No official image any longer, but it still pulls.
  {
    image: /^centos$/,
    tag: /^(?:centos)?[5-7](?!\d)/,
    facts: { os: { family: 'centos', packageManager: 'yum' }, curl: true },
  },
  {
    image: /^(?:quay\.io\/centos\/)?centos$/,
    facts: { os: { family: 'centos', packageManager: 'dnf' }, curl: true },
  },
  // en.opensuse.org and documentation.suse.com: zypper in the base images.
  {
    image:
      /^(?:opensuse\/(?:leap|tumbleweed)|registry\.opensuse\.org\/.+|registry\.suse\.com\/bci\/bci-base)$/,
    facts: { ...unknownTools, os: { family: 'suse', packageManager: 'zypper' } },
  },
];

const corrections: readonly Correction[] = [
  // learn.microsoft.com, "What's new in containers for .NET 8": account `app`; port 8080 instead of 80, without EXPOSE.
  { image: /^mcr\.microsoft\.com\/dotnet\//, before: [8], facts: { user: null, accounts: [] } },
  { image: /^mcr\.microsoft\.com\/dotnet\/aspnet$/, before: [8], facts: { ports: ['80'] } },
  { image: /^mcr\.microsoft\.com\/dotnet\/aspnet$/, since: [8], facts: { ports: ['8080'] } },
  // github.com/docker-library/haproxy: USER haproxy since 2.4.
  { image: /^haproxy$/, before: [2, 4], facts: { user: null } },
  // github.com/influxdata/influxdata-docker: version 1 ran as root up to 1.8.
  { image: /^influxdb$/, before: [1, 11], facts: { user: null } },
  // github.com/traefik/traefik-library-image: version 1 is a binary alone, but for the alpine tags.
  {
    image: /^traefik$/,
    tag: /^v?1(?!.*alpine)/,
    before: [2],
    facts: { ...empty, os: { family: 'scratch', packageManager: 'none' } },
  },
  // github.com/docker-library/postgres: the volume is above the data since 18; the facts have one of the older ones wrong.
  { image: /^postgres$/, before: [18], facts: { volumes: ['/var/lib/postgresql/data'] } },
  // mongodb.com, "mongosh": in the place of `mongo` since 6.0.
  {
    image: /^mongo$/,
    before: [6],
    facts: {
      healthCommand: {
        test: ['CMD-SHELL', `mongo --quiet --eval "db.adminCommand('ping').ok" | grep -q 1`],
        note: null,
      },
    },
  },
  // Their usual checks need what is not there by default: `ping: {}`, `-m 8222`, `KC_HEALTH_ENABLED`, a password.
  { image: /^(?:traefik|nats|quay\.io\/keycloak\/keycloak)$/, facts: { healthCommand: null } },
  { image: /^elasticsearch$/, since: [8], facts: { healthCommand: null } },
  // Launchpad bug 2005129: the account `ubuntu` is there since 23.04.
  { image: /^ubuntu$/, tag: /^(?:trusty|xenial|bionic|focal)/, facts: { accounts: [] } },
  { image: /^ubuntu$/, before: [23, 4], facts: { accounts: [] } },
];

/** What is known of an image that the table lacks. */
export function supplementFor(image: string, tag: string): ImageFacts | undefined {
  const entry = entries.find(
    candidate => candidate.image.test(image) && (candidate.tag === undefined || candidate.tag.test(tag)),
  );
  return entry && { ...bareImage, ...entry.facts };
}

/** The facts with what is different in the tag's version. */
export function corrected(image: string, tag: string, facts: ImageFacts): ImageFacts {
  // A tag that states a part of a version names the newest with that part.
  const version = [...(tagParts(tag).version ?? []), Number.POSITIVE_INFINITY];
  const fits = ({ image: pattern, tag: tags, since = [], before }: Correction): boolean =>
    pattern.test(image) &&
    (tags === undefined || tags.test(tag)) &&
    compareVersions(version, since) >= 0 &&
    (before === undefined || compareVersions(version, before) < 0);
  return Object.assign({ ...facts }, ...corrections.filter(fits).map(correction => correction.facts));
}

/**
 * A tag with the distribution that it leaves out, for images whose table names it in every tag. .NET stands on Debian
 * up to 9 and on Ubuntu since 10 (github.com/dotnet/dotnet-docker, documentation/supported-tags.md); Deno on Debian.
 */
export function spelledOut(image: string, tag: string): string {
  const { version, words } = tagParts(tag);
  if (words.length > 0) return tag;
  if (image === 'denoland/deno') return 'debian';
  if (!image.startsWith('mcr.microsoft.com/dotnet/')) return tag;
  if (version === null) return '10.0-noble';
  return `${tag}-${compareVersions(version, [10]) < 0 ? 'bookworm-slim' : 'noble'}`;
}
