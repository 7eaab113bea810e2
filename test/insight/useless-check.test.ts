// Which health checks say nothing, and why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uselessCheck } from '../../server/core/insight/useless-check.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { spanText } from '../../server/core/text/span.ts';
import { lastOf } from '../support/dockerfile.ts';

/** `why: command` and what has to change; nothing where the check is sound. */
const rows: readonly [command: string, verdict?: string, at?: string][] = [
  ['exit 0', 'always-well: exit 0', 'exit 0'],
  ['exit', 'always-well: exit', 'exit'],
  ['["true"]', 'always-well: true', '"true"'],
  ['/bin/true', 'always-well: true', '/bin/true'],
  ['echo s3cret', 'always-well: echo', 'echo s3cret'],
  ['echo a && sleep 1', 'always-well: echo', 'echo a && sleep 1'],
  ['ls', 'always-well: ls', 'ls'],
  ['ls -la /', 'always-well: ls -la /', 'ls -la /'],
  ['docker version > /dev/null'],
  ['docker --version', 'always-well: docker --version', 'docker --version'],
  ['nginx -t', 'always-well: nginx -t', 'nginx -t'],
  ['java -version', 'always-well: java -version', 'java -version'],
  ['["sh", "-c", "exit 0"]', 'always-well: exit 0', 'exit 0'],
  ['curl -f x || exit 0', 'overruled: || exit 0', 'exit 0'],
  ['curl -f x || echo bad', 'overruled: || echo', 'echo bad'],
  ['curl -f x >/dev/null; true', 'overruled: ; true', 'true'],
  ['sh -c "curl -f x || true"', 'overruled: || true', 'true'],
  ['pgrep -f x || exit 1', 'process-only: pgrep -f x', 'pgrep -f x'],
  ['pidof x', 'process-only: pidof x', 'pidof x'],
  ['ps aux | grep -v grep | grep x', 'process-only: ps aux', 'ps aux | grep -v grep | grep x'],
  ['cat /proc/1/status', 'process-only: cat /proc/1/status', 'cat /proc/1/status'],
  ['test -d /proc/1', 'process-only: test -d /proc/1', 'test -d /proc/1'],
  ['kill -0 1', 'process-only: kill -0 1', 'kill -0 1'],
  ['service nginx status', 'process-only: service nginx status', 'service nginx status'],
  ['/etc/init.d/x status', 'process-only: x status', '/etc/init.d/x status'],
  ['supervisorctl status', 'process-only: supervisorctl status', 'supervisorctl status'],
  ['curl http://x', 'no-fail: curl', 'curl'],
  ['curl --fail-early http://x', 'no-fail: curl', 'curl'],
  ['curl http://x && exit 0 || exit 1', 'no-fail: curl', 'curl'],
  ['curl x || (echo bad; exit 1)', 'no-fail: curl x', 'curl'],
  ['if curl x; then exit 0; else exit 1; fi', 'no-fail: curl x', 'curl'],
  ['curl x || false', 'no-fail: curl x', 'curl'],
  ['["curl", "-f", "x", "||", "exit", "1"]', 'no-shell: curl', '"curl", "-f", "x", "||", "exit", "1"'],
  ['["CMD-SHELL", "curl -f x"]', 'no-shell: CMD-SHELL', '"CMD-SHELL", "curl -f x"'],
  ['["curl -f http://x/"]', 'no-shell: curl', '"curl -f http://x/"'],
  ['exit 1'],
  ['curl -f x'],
  ['curl -sSf x'],
  ['curl -fL x || exit 1'],
  ['curl --fail x'],
  ['curl --fail-with-body x'],
  ['curl -s x | grep ok'],
  ['[ "$(curl -so /dev/null -w "%{http_code}" x)" = 200 ]'],
  ['curl telnet://x:1'],
  ['curl -f x || kill 1'],
  ['echo a && curl -f x'],
  ['wget -qO- x'],
  ['wget --spider x || exit 1'],
  ['nc -z localhost 80'],
  ['test -f /tmp/alive'],
  ['ls /tmp/alive'],
  ['pg_isready || exit 1'],
  ['["/app", "check"]'],
  ['["sh", "-c", "curl -f x || exit 1"]'],
  ['$CHECK'],
  ['curl "x'],
];

for (const [command, verdict, at] of rows) {
  test(`the check ${command} is ${verdict ?? 'sound'}`, () => {
    const model = parseDockerfile(`FROM debian:13\nHEALTHCHECK CMD ${command}\n`);
    const useless = uselessCheck(lastOf(model, 'HEALTHCHECK').script);
    assert.equal(useless ? `${useless.why}: ${useless.command}` : undefined, verdict);
    assert.equal(useless ? spanText(model.text, useless.at) : undefined, at);
  });
}

test('a shell that cannot be read', () => {
  const model = parseDockerfile('FROM a\nSHELL ["pwsh", "-c"]\nHEALTHCHECK CMD exit 0\n');
  assert.equal(uselessCheck(lastOf(model, 'HEALTHCHECK').script), null);
});
