// Real registries: open, with passwords, and with a service for tokens. What is pinned is what the engine pulls.
import assert from 'node:assert/strict';
import { createSign, randomUUID } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { registryAccess } from '../../server/node/registry/access.ts';
import { startedBulkhead } from '../cli/bulkhead.ts';
import { startRegistry } from './support/daemons.ts';
import { busybox, docker, folderWith, tryDocker, work } from './support/lab.ts';
import { podmanEnvironment } from './support/podman.ts';
import { must, type Running } from './support/process.ts';

const account = { user: 'me', password: 's3cr3t' };
/** Of that password. */
const htpasswd = 'me:$2b$04$55q1JeNDfQUmIddfjCMgIeIwm27VamSio8yj3s7DlP5mgb6Y62LES\n';

const bulkhead = await startedBulkhead('product');
const folder = await folderWith({ htpasswd, 'docker/config.json': '{}' });
const configFolder = join(folder, 'docker');
const env = { DOCKER_CONFIG: configFolder };

const running: Running[] = [];
after(async () => {
  for (const daemon of running) await daemon.stop();
});

const base64url = (data: string | Buffer): string => Buffer.from(data).toString('base64url');

/** Signs what the account may do; whoever is not the account may do nothing. */
async function startTokenService(): Promise<{ readonly realm: string; readonly certificate: string }> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const words = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tokens'.split(' ');
  await must('openssl', [...words, '-keyout', key, '-out', certificate]);
  const [privateKey, pem] = await Promise.all([readFile(key), readFile(certificate, 'utf8')]);
  const x5c = [pem.replace(/-----[^-]+-----|\s/g, '')];
  const server = http.createServer(({ url = '', headers }, response) => {
    const given = Buffer.from((headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
    if (given !== `${account.user}:${account.password}`) return void response.writeHead(401).end();
    const scopes = new URL(url, 'http://a').searchParams.getAll('scope');
    const access = scopes.map(scope => {
      const [type, name, actions = ''] = scope.split(':');
      return { type, name, actions: actions.split(',') };
    });
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: 'tokens',
      sub: account.user,
      aud: 'registry',
      exp: now + 300,
      nbf: now - 10,
      iat: now,
    };
    const header = { typ: 'JWT', alg: 'RS256', x5c };
    const signed = [header, { ...claims, jti: randomUUID(), access }]
      .map(part => base64url(JSON.stringify(part)))
      .join('.');
    const signature = createSign('RSA-SHA256').update(signed).sign(privateKey);
    response.end(JSON.stringify({ token: `${signed}.${base64url(signature)}`, expires_in: 300 }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { realm: `http://127.0.0.1:${(server.address() as { port: number }).port}/token`, certificate };
}

async function login(address: string): Promise<void> {
  const { ok, output } = await tryDocker(['login', '-u', account.user, '-p', account.password, address], {
    env,
  });
  assert.ok(ok, output);
}

/** An image with a file that makes it another one, under several tags. */
async function push(repository: string, what: string, tags: readonly string[]): Promise<void> {
  const context = await folderWith({
    what,
    Dockerfile: 'FROM scratch\nCOPY busybox what /\nCMD ["/busybox"]\n',
  });
  await copyFile(busybox, join(context, 'busybox'));
  await docker('build', '--quiet', ...tags.flatMap(tag => ['--tag', `${repository}:${tag}`]), context);
  for (const tag of tags) {
    const { ok, output } = await tryDocker(['push', `${repository}:${tag}`], { env });
    assert.ok(ok, output);
  }
}

Object.assign(process.env, env, { XDG_CACHE_HOME: join(folder, 'cache') });
/** What an editor can ask and recall. */
const editor = registryAccess([]);

/** What the engine says that it has pulled. */
async function pulledDigest(image: string): Promise<string> {
  const { ok, output } = await tryDocker(['pull', image], { env });
  assert.ok(ok, output);
  return /^Digest: (\S+)$/m.exec(output)?.[1] ?? assert.fail(output);
}

async function pinWith(own: Readonly<Record<string, string>>, text: string, ...words: readonly string[]) {
  const project = await folderWith({ Dockerfile: text });
  const cache = { XDG_CACHE_HOME: join(project, 'cache') };
  const outcome = await bulkhead(['pin', ...words, 'Dockerfile'], { in: project, env: { ...own, ...cache } });
  return { ...outcome, text: await readFile(join(project, 'Dockerfile'), 'utf8') };
}
const pin = (text: string, ...words: readonly string[]) => pinWith(env, text, ...words);

const podman = await podmanEnvironment();

const service = await startTokenService();
const kinds = {
  open: undefined,
  'with passwords': { htpasswd: { realm: 'here', path: join(folder, 'htpasswd') } },
  'with a service for tokens': {
    token: {
      realm: service.realm,
      service: 'registry',
      issuer: 'tokens',
      rootcertbundle: service.certificate,
    },
  },
};
let port = 5_010;
for (const [name, auth] of Object.entries(kinds)) {
  const address = `127.0.0.1:${++port}`;
  running.push(await startRegistry(work, join(work, `registry-${port}`), { address, ...(auth && { auth }) }));
  const repository = `${address}/team/app`;

  describe(`a registry ${name}`, () => {
    test('who is not known is told to log in', { skip: auth === undefined }, async () => {
      const { code, out, text } = await pin(`FROM ${repository}:2\n`);
      assert.deepEqual([code, text], [2, `FROM ${repository}:2\n`]);
      assert.match(out, new RegExp(`docker login ${address}`));
    });

    test('tags, digests, and their renewal are what the engine pulls', async () => {
      if (auth) await login(address);
      await push(repository, 'one', ['1.0.0', '1.0', '1']);
      await push(repository, 'two', ['2.0.0', '2.0', '2', 'latest']);

      const exact = await pin(`FROM ${repository} AS a\nFROM ${repository}:1\n`);
      assert.deepEqual(
        [exact.code, exact.text],
        [0, `FROM ${repository}:2.0.0 AS a\nFROM ${repository}:1.0.0\n`],
        exact.out,
      );
      const digest = await pulledDigest(`${repository}:2`);
      const pinned = await pin(`FROM ${repository}:2\n`, '--digest');
      assert.deepEqual([pinned.code, pinned.text], [0, `FROM ${repository}:2@${digest}\n`], pinned.out);
      assert.equal(await pulledDigest(`${repository}:2@${digest}`), digest);

      await push(repository, 'three', ['2.0.1', '2.0', '2']);
      const renewed = await pin(pinned.text, '--update');
      const newer = await pulledDigest(`${repository}:2`);
      assert.notEqual(newer, digest);
      assert.deepEqual([renewed.code, renewed.text], [0, `FROM ${repository}:2@${newer}\n`], renewed.out);
    });

    const skip = podman === null || auth === undefined;
    test('an account of podman, in the file that is named, or in that of the session', { skip }, async () => {
      const own = await folderWith({ 'docker/config.json': '{}', 'containers/auth.json': '{}' });
      const file = join(own, 'containers', 'auth.json');
      const words = ['login', '--tls-verify=false', '--authfile', file];
      await must('podman', [...words, '-u', account.user, '-p', account.password, address], {
        env: podman ?? {},
      });
      const nowhere = { DOCKER_CONFIG: join(own, 'docker'), XDG_CONFIG_HOME: join(own, 'none') };
      for (const place of [{ REGISTRY_AUTH_FILE: file }, { XDG_RUNTIME_DIR: own }]) {
        const { code, text, out } = await pinWith({ ...nowhere, ...place }, `FROM ${repository}:1\n`);
        assert.deepEqual([code, text], [0, `FROM ${repository}:1.0.0\n`], out);
      }
    });

    const conf = `[[registry]]\nprefix = "podman.invalid/x"\nlocation = "${address}/team"\ninsecure = true\n`;
    const inPodman = { skip: podman === null };
    test("podman's registries.conf leads to the image that podman pulls", inPodman, async () => {
      const file = join(await folderWith({ 'registries.conf': conf }), 'registries.conf');
      const own = { ...podman, ...env, CONTAINERS_REGISTRIES_CONF: file };
      const image = 'podman.invalid/x/app:1';
      await must('podman', ['pull', '--quiet', image], { env: own });
      const said = await must('podman', ['image', 'inspect', '--format', '{{.Digest}}', image], { env: own });
      const { code, text, out } = await pinWith(own, `FROM ${image}\n`, '--digest');
      assert.deepEqual([code, text], [0, `FROM ${image}@${said.trim()}\n`], out);
    });

    test('an editor shows what it has asked for', async () => {
      const image = `${repository}:2`;
      assert.equal(await editor.kept.about(image), null);
      assert.equal(await editor.kept.tags(image), null);
      await editor.ask(image);
      const about = (await editor.kept.about(image)) ?? assert.fail('nothing kept');
      const [held] = JSON.parse(await docker('image', 'inspect', image));
      assert.equal(about.digest, await pulledDigest(image));
      assert.deepEqual(about.config?.command, held.Config.Cmd);
      assert.equal(about.config?.created, held.Created);
      assert.ok((about.size ?? 0) > 0 && (about.size ?? 0) < held.Size);
      assert.deepEqual([...((await editor.kept.tags(image)) ?? [])].sort(), [
        '1',
        '1.0',
        '1.0.0',
        '2',
        '2.0',
        '2.0.0',
        '2.0.1',
        'latest',
      ]);
    });
  });
}

describe('an image for several platforms', () => {
  const address = '127.0.0.1:5011';
  const repository = `${address}/team/many`;

  test('its digest is that of all, or of the one that is named', async () => {
    await push(repository, 'many', ['amd64']);
    const type = 'application/vnd.docker.distribution.manifest.v2+json';
    const of = (tag: string): string => `http://${address}/v2/team/many/manifests/${tag}`;
    const single = await fetch(of('amd64'), { headers: { accept: type } });
    const digest = single.headers.get('docker-content-digest');
    const size = (await single.arrayBuffer()).byteLength;
    const listType = 'application/vnd.docker.distribution.manifest.list.v2+json';
    const list = JSON.stringify({
      schemaVersion: 2,
      mediaType: listType,
      manifests: [
        { mediaType: type, size, digest, platform: { os: 'linux', architecture: 'amd64' } },
        { mediaType: type, size, digest, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
      ],
    });
    const put = await fetch(of('1.2.3'), {
      method: 'PUT',
      headers: { 'content-type': listType },
      body: list,
    });
    assert.equal(put.status, 201);

    const all = await pulledDigest(`${repository}:1.2.3`);
    assert.equal(
      (await pin(`FROM ${repository}:1.2.3\n`, '--digest')).text,
      `FROM ${repository}:1.2.3@${all}\n`,
    );
    const arm = await pin(`FROM ${repository}:1.2.3\n`, '--digest', '--platform', 'linux/arm64');
    assert.equal(arm.text, `FROM ${repository}:1.2.3@${digest}\n`);
    const other = await pin(`FROM ${repository}:1.2.3\n`, '--digest', '--platform', 'linux/s390x');
    const choices = await editor.platforms(`${repository}:1.2.3`);
    assert.equal(choices.digest, all);
    assert.deepEqual(choices.platforms, [
      { platform: 'linux/amd64', digest },
      { platform: 'linux/arm64/v8', digest },
    ]);
    assert.match(other.out, /is not made for linux\/s390x, only for linux\/amd64, linux\/arm64\/v8\./);
  });
});
