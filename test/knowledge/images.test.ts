// What is known about images, also about tags that no table lists.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountTools } from '../../server/core/knowledge/accounts.ts';
import { imageTable } from '../../server/core/knowledge/images.generated.ts';
import { imageFacts, imagesAsOf, type KnownImage, osOfTag } from '../../server/core/knowledge/images.ts';
import { selfDropOf } from '../../server/core/knowledge/privileges.ts';
import { tagsOf } from '../../server/core/knowledge/tags.ts';

const tools = ({ shell, curl, wget }: KnownImage): string =>
  Object.entries({ sh: shell, curl, wget })
    .filter(([, present]) => present !== false)
    .map(([name, present]) => (present === true ? name : `${name}?`))
    .join(' ');

/** `family/manager USER [accounts] tools`. */
function summary(image: string, tag: string | null): string {
  const facts = imageFacts(image, tag);
  if (facts === undefined) return 'unknown';
  const accounts = facts.accounts.map(({ name, uid }) => (uid === null ? name : `${name}=${uid}`));
  const { family, packageManager } = facts.os;
  return `${family}/${packageManager} ${facts.user ?? 'root'} [${accounts.join(' ')}] ${tools(facts)}`.trimEnd();
}

const rows: readonly [image: string, tag: string | null, summary: string][] = [
  ['node', null, 'debian/apt root [node=1000] sh curl wget'],
  ['node', 'lts-slim', 'debian/apt root [node=1000] sh'],
  ['node', '14-stretch-slim', 'debian/apt root [node=1000] sh'],
  ['node', 'hydrogen-alpine', 'alpine/apk root [node=1000] sh wget'],
  ['node', '20.1.0-alpine3.17', 'alpine/apk root [node=1000] sh wget'],
  ['node', 'onbuild', 'unknown'],
  ['python', '3.6-slim-buster', 'debian/apt root [] sh'],
  ['python', '3.9-windowsservercore-1809', 'unknown'],
  ['postgres', 'alpine', 'alpine/apk root [postgres=70] sh wget'],
  ['postgres', '12.2', 'debian/apt root [postgres=999] sh'],
  ['php', '7.4-fpm-alpine3.12', 'alpine/apk root [www-data=82] sh curl wget'],
  ['swift', '5.1-amazonlinux2', 'amazonlinux/yum root [] sh curl'],
  ['ubuntu', 'noble', 'ubuntu/apt root [ubuntu=1000] sh'],
  ['ubuntu', '20.04', 'ubuntu/apt root [] sh'],
  ['ubuntu', 'focal', 'ubuntu/apt root [] sh'],
  ['haproxy', 'lts', 'debian/apt haproxy [haproxy=99] sh'],
  ['haproxy', '2', 'debian/apt haproxy [haproxy=99] sh'],
  ['haproxy', '2.2', 'debian/apt root [haproxy=99] sh'],
  ['traefik', 'v1.7', 'scratch/none root []'],
  ['influxdb', '1.8', 'debian/apt root [influxdb=1500] sh curl wget'],
  ['nginxinc/nginx-unprivileged', '1.27-alpine', 'alpine/apk 101 [nginx=101] sh curl wget'],
  ['ghcr.io/nginx/nginx-unprivileged', null, 'debian/apt 101 [nginx=101] sh curl'],
  ['public.ecr.aws/docker/library/node', 'lts-slim', 'debian/apt root [node=1000] sh'],
  ['mcr.microsoft.com/dotnet/aspnet', '6.0', 'debian/apt root [] sh'],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0', 'debian/apt root [app=1654] sh'],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0.11-alpine', 'alpine/apk root [app=1654] sh wget'],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0-jammy-chiseled', 'ubuntu-chiseled/none 1654 [app=1654]'],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0-jammy-chiseled-amd64', 'ubuntu-chiseled/none 1654 [app=1654]'],
  ['mcr.microsoft.com/dotnet/aspnet', '10.0', 'ubuntu/apt root [app=1654 ubuntu=1000] sh'],
  ['gcr.io/distroless/static', 'nonroot', 'distroless-debian/none 65532 [nonroot=65532]'],
  ['gcr.io/distroless/static-debian12', 'nonroot-amd64', 'distroless-debian/none 65532 [nonroot=65532]'],
  ['gcr.io/distroless/nodejs20-debian12', null, 'distroless-debian/none root [nonroot=65532]'],
  ['gcr.io/distroless/base', 'debug', 'distroless-debian/none root [nonroot=65532] wget'],
  ['cgr.dev/chainguard/node', 'latest-dev', 'wolfi/apk 65532 [] sh curl? wget?'],
  ['cgr.dev/chainguard/static', null, 'wolfi/none 65532 []'],
  ['cgr.dev/chainguard/wolfi-base', null, 'wolfi/apk root [nonroot=65532] sh wget'],
  ['registry.access.redhat.com/ubi9/ubi-minimal', '9.4', 'rhel/microdnf root [] sh curl'],
  ['registry.access.redhat.com/ubi9-minimal', null, 'rhel/microdnf root [] sh curl'],
  ['registry.access.redhat.com/ubi8', '8.9', 'rhel/dnf root [] sh curl'],
  ['redhat/ubi9-micro', null, 'rhel/none root [] sh'],
  ['registry.access.redhat.com/ubi9/nodejs-20', null, 'rhel/unknown 1001 [] sh curl? wget?'],
  ['bitnami/redis', '7.2', 'debian/apt 1001 [] sh curl? wget?'],
  ['bitnami/minideb', 'bookworm', 'debian/apt root [] sh'],
  ['confluentinc/cp-kafka', '7.6.0', 'rhel/microdnf appuser [appuser] sh curl wget'],
  ['centos', '7', 'centos/yum root [] sh curl'],
  ['centos', null, 'centos/dnf root [] sh curl'],
  ['denoland/deno', '2.1.4', 'debian/apt root [deno=1993] sh'],
  ['oven/bun', '1-alpine', 'alpine/apk root [bun=1000] sh wget'],
  ['jenkins/jenkins', 'lts-jdk17', 'debian/apt jenkins [jenkins=1000] sh curl? wget?'],
  ['prom/node-exporter', null, 'busybox/none nobody [] sh wget'],
  ['somebody/something', 'alpine', 'unknown'],
];

for (const [image, tag, expected] of rows) {
  test(`${image}:${tag ?? ''}`, () => assert.equal(summary(image, tag), expected));
}

test('the service in an image', () => {
  const postgres = imageFacts('postgres', 'alpine');
  assert.deepEqual(postgres?.ports, ['5432']);
  assert.deepEqual(postgres?.drops, [{ tool: 'gosu', to: 'postgres' }]);
  assert.ok(postgres?.fileEnv.includes('POSTGRES_PASSWORD'));
  assert.deepEqual(postgres?.healthCommand?.test, ['CMD-SHELL', 'pg_isready -U ${POSTGRES_USER:-postgres}']);
  assert.deepEqual(postgres?.entrypoint, ['docker-entrypoint.sh']);
  assert.deepEqual(postgres?.cmd, ['postgres']);
  assert.deepEqual(postgres?.base, ['alpine']);
  assert.equal(postgres?.exact, true);
  assert.equal(imageFacts('postgres', '12.2')?.exact, false);
  assert.deepEqual(imageFacts('postgres', '18-alpine')?.volumes, ['/var/lib/postgresql']);
  assert.deepEqual(imageFacts('postgres', '17-alpine')?.volumes, ['/var/lib/postgresql/data']);
  assert.deepEqual(imageFacts('mcr.microsoft.com/dotnet/aspnet', '8.0')?.ports, ['8080']);
  assert.deepEqual(imageFacts('mcr.microsoft.com/dotnet/aspnet', '6.0')?.ports, ['80']);
});

test('every tag of every image in the table has facts or none, and no line is broken', () => {
  const names = imageTable
    .trim()
    .split('\n')
    .map(line => line.slice(0, line.indexOf(' ')));
  for (const image of names.filter(name => !name.includes('#'))) {
    for (const tag of (tagsOf(image) ?? []).flat()) {
      const facts = imageFacts(image, tag);
      if (facts === undefined) continue;
      assert.equal(facts.exact, true, `${image}:${tag}`);
      assert.notEqual(facts.os.family, '', `${image}:${tag}`);
      assert.equal(typeof facts.os.packageManager, 'string');
    }
  }
  assert.match(imagesAsOf, /^20\d\d-\d\d-\d\d$/);
});

const accountRows: readonly [image: string, tag: string | null, tools: string | undefined][] = [
  ['alpine', null, 'busybox'],
  ['busybox', null, 'busybox'],
  ['debian', null, 'shadow'],
  ['ubuntu', null, 'shadow'],
  ['redhat/ubi9', null, 'shadow'],
  ['redhat/ubi9-minimal', null, 'shadow + shadow-utils'],
  ['amazonlinux', '2023', 'shadow + shadow-utils'],
  ['gcr.io/distroless/cc', null, 'none'],
  ['hello-world', null, 'none'],
  ['clearlinux', null, undefined],
];

for (const [image, tag, expected] of accountRows) {
  test(`accounts in ${image} are made with ${expected}`, () => {
    const facts = imageFacts(image, tag);
    const found = facts && accountTools(facts.os);
    const install = found?.kind === 'shadow' && found.install !== null ? ` + ${found.install}` : '';
    assert.equal(found && `${found.kind}${install}`, expected);
  });
}

const osRows: readonly [tag: string, family: string | undefined][] = [
  ['8-jdk-alpine', 'alpine'],
  ['1.2-bookworm', 'debian'],
  ['1.2-jammy-slim', 'ubuntu'],
  ['1.2', undefined],
];

for (const [tag, family] of osRows) {
  test(`the tag ${tag} names ${family}`, () => assert.equal(osOfTag(tag)?.family, family));
}

const dropRows: readonly [program: string, to: string | null | undefined][] = [
  ['nginx', 'nginx'],
  ['httpd-foreground', 'www-data'],
  ['apache2-foreground', 'www-data'],
  ['php-fpm', 'www-data'],
  ['php-fpm8.2', 'www-data'],
  ['mosquitto', 'mosquitto'],
  ['dnsmasq', null],
  ['node', undefined],
  ['nginx-prometheus-exporter', undefined],
];

for (const [program, to] of dropRows) {
  test(`${program} continues as ${to}`, () => assert.equal(selfDropOf(program)?.to, to));
}
