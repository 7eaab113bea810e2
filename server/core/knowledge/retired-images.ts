// Retired images: those that are published no longer, and what took their place. Each says where that is written.
import { tagParts } from './tag-parts.ts';
import { isKnownTag } from './tags.ts';

export interface Retirement {
  /** Ends the sentence "it ...". */
  readonly why: string;
  /** Images to move to, the first choice first, with their tags where these can be told. */
  readonly successors: readonly string[];
}

interface Entry {
  readonly image: RegExp;
  readonly why: string;
  successors(image: string, tag: string | null): readonly string[];
}

/** Only tags that exist. */
const known = (image: string, tag: string): readonly string[] =>
  isKnownTag(image, tag) === true ? [`${image}:${tag}`] : [];

const withTag = (image: string, tag: string | null): string => (tag === null ? image : `${image}:${tag}`);

/** `openjdk:17-jre-slim-buster` is `eclipse-temurin:17-jre`. */
function temurin(_image: string, tag: string | null): readonly string[] {
  const { version, words } = tagParts(tag ?? '');
  const kind = words.includes('jre') ? 'jre' : 'jdk';
  const system = words.some(word => word.startsWith('alpine')) ? '-alpine' : '';
  const wanted = version === null ? [] : known('eclipse-temurin', `${version[0]}-${kind}${system}`);
  return wanted.length > 0 || version === null ? wanted : known('eclipse-temurin', `${version[0]}-${kind}`);
}

/** CentOS 7 and older have no successor of their own number. */
function rebuilds(_image: string, tag: string | null): readonly string[] {
  const release = String(Math.max(tagParts((tag ?? '').replace('centos', '')).version?.[0] ?? 9, 8));
  return ['almalinux', 'rockylinux'].flatMap(image => known(image, release));
}

const moved =
  (from: string, to: string): Entry['successors'] =>
  (image, tag) => [withTag(image.replace(from, to), tag)];

const renamed =
  (to: string): Entry['successors'] =>
  (_image, tag) => [withTag(to, tag)];

const none = (): readonly string[] => [];

const entries: readonly Entry[] = [
  // hub.docker.com/_/openjdk: deprecated, early-access builds only; docker-library/openjdk issue 505.
  {
    image: /^(?:openjdk|java)$/,
    why: 'has had no releases since 2022, and gets no fixes',
    successors: temurin,
  },
  // hub.docker.com/_/adoptopenjdk: deprecated in favour of eclipse-temurin.
  {
    image: /^adoptopenjdk(?:\/.*)?$/,
    why: 'was replaced by Eclipse Temurin in 2021, and gets no fixes',
    successors: temurin,
  },
  // hub.docker.com/_/centos: deprecated; CentOS Linux 8 ended on 2021-12-31 and 7 on 2024-06-30.
  { image: /^centos$/, why: 'ended with CentOS Linux, and gets no fixes', successors: rebuilds },
  // hub.docker.com/_/consul and /_/vault: deprecated in favour of the publisher's own.
  {
    image: /^(?:consul|vault)$/,
    why: 'is published under hashicorp alone',
    successors: moved('', 'hashicorp/'),
  },
  // hub.docker.com/_/jenkins: deprecated in favour of jenkins/jenkins.
  { image: /^jenkins$/, why: 'was replaced by jenkins/jenkins in 2018', successors: none },
  // kubernetes.io/blog, "k8s.gcr.io Redirect to registry.k8s.io": frozen on 2023-04-03.
  {
    image: /^k8s\.gcr\.io\//,
    why: 'is in a registry that was frozen in 2023',
    successors: moved('k8s.gcr.io/', 'registry.k8s.io/'),
  },
  // github.com/dotnet/dotnet-docker, announcement 7: repositories renamed with .NET 5.
  {
    image: /^mcr\.microsoft\.com\/dotnet\/core\//,
    why: 'is in a repository that ended with .NET Core 3.1',
    successors: none,
  },
  {
    image: /^microsoft\/(?:dotnet|aspnetcore)/,
    why: 'moved to mcr.microsoft.com in 2019, and gets no fixes',
    successors: none,
  },
  // hub.docker.com/r/jboss/keycloak and /r/jboss/wildfly: moved to quay.io.
  {
    image: /^jboss\/(?:keycloak|wildfly)$/,
    why: 'moved to quay.io, and gets no fixes',
    successors: (image, tag) => {
      const product = image.slice('jboss/'.length);
      return [withTag(`quay.io/${product}/${product}`, tag)];
    },
  },
  // circleci.com/docs, "Migrating to next-generation convenience images": unsupported since the end of 2021.
  { image: /^circleci\//, why: 'was replaced by the cimg images in 2021', successors: none },
  // hub.docker.com/_/opensuse: deprecated in favour of opensuse/leap and opensuse/tumbleweed.
  { image: /^opensuse$/, why: 'is published as opensuse/leap', successors: renamed('opensuse/leap') },
  // hub.docker.com/_/piwik: renamed.
  { image: /^piwik$/, why: 'is published as matomo', successors: none },
  // hub.docker.com/_/owncloud: deprecated in favour of owncloud/server.
  { image: /^owncloud$/, why: 'is published as owncloud/server', successors: none },
  // docker-library/official-images: files that list no image any more.
  {
    image: /^(?:clefos|gazebo|mongo-express|notary|php-zendserver|plone|unit)$/,
    why: 'is no longer built by the official images',
    successors: none,
  },
];

/** By the image's familiar name and tag. Undefined for images that are published still, or not known. */
export function retirementOf(image: string, tag: string | null): Retirement | undefined {
  const entry = entries.find(candidate => candidate.image.test(image));
  return entry && { why: entry.why, successors: entry.successors(image, tag) };
}

export const isRetired = (image: string): boolean => entries.some(entry => entry.image.test(image));
