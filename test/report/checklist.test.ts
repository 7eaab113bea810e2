import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { checklistMarkdown } from '../../server/core/report/checklist-markdown.ts';
import { checklistSummary, checklistText } from '../../server/core/report/checklist-text.ts';
import { colorPalette, plainPalette } from '../../server/core/report/palette.ts';
import { checklistFileOf } from '../support/production.ts';

const style = { palette: plainPalette, width: 90 };

const hardened = `services:
  web:
    image: nginx:1.30@sha256:${'0123456789abcdef'.repeat(4)}
    ports: ["8080:80"]
    cap_drop: [ALL]
    # bulkhead ignore=compose-unconfined -- a profile of ours is loaded by the host
    security_opt: ["no-new-privileges:true", "apparmor:unconfined"]
    read_only: \${READ_ONLY}
    mem_limit: 512m
    cpus: 0.5
    pids_limit: 100
    healthcheck: { test: [CMD, curl, -f, "http://127.0.0.1/"] }
    restart: unless-stopped
    logging: { driver: local }
`;

test('checklist as text: a row for each line, what fails and what was accepted below', async () => {
  const file = await checklistFileOf({ 'compose.yaml': hardened });
  assert.equal(
    checklistText([file], style),
    `\
compose.yaml:2:3  web  1 failed, 1 unknown, 1 accepted, 13 passed
  passed    Immutable image            nginx:1.30@sha256:0123456789ab…  compose.yaml:3:12
  passed    Small, supported base      nginx:1.30@sha256:0123456789ab… (debian)  compose.yaml:3:12
  passed    Non-root account           starts as root, but its workers serve requests as  image nginx:1.30
                                       an unprivileged account
  passed    Only needed capabilities   none  compose.yaml:5:5
  accepted  No way to gain privileges  no-new-privileges:true, apparmor:unconfined  compose.yaml:7:5
            warning  compose-unconfined  compose.yaml:7:47
            web runs without AppArmor: mounting and writing to \`/proc\` and \`/sys\` are no
            longer forbidden. Take \`apparmor:unconfined\` away, or name a profile that
            allows what it needs.
            accepted in the file: a profile of ours is loaded by the host
  unknown   Read-only file system      not known: a variable decides  compose.yaml:8:5
  passed    Apart from the host        it shares nothing of it  compose.yaml:2:3
  passed    Secrets from outside       it is given none  compose.yaml:2:3
  failed    Only intended ports        8080 on all addresses  compose.yaml:4:5
            info  compose-unbound-port  compose.yaml:4:13
            Port 80 of web is published on all addresses of the host, past its firewall:
            whoever reaches the host reaches the service. Write the address that it is for
            in front, \`127.0.0.1\` where a proxy stands before it.
            fix: Bind to 127.0.0.1 (unsafe: bulkhead fix --unsafe)
  passed    Separate networks          the default network of the project  by default
  passed    Resource limits            memory 512m, processors 0.5, processes 100  compose.yaml:9:5
  passed    Real health check          curl  compose.yaml:12:20
  passed    Restart after a crash      unless-stopped  compose.yaml:13:5
  passed    Graceful stop              SIGTERM, then 10s until it is killed  by default
  passed    Logs leave and rotate      driver local  compose.yaml:14:5
  passed    Data on volumes            it keeps nothing, as far as is known  compose.yaml:2:3
`,
  );
  assert.equal(
    checklistSummary([file], style),
    '1 of 1 checklist fails: 1 failed, 1 unknown, 1 accepted, 13 passed.\n',
  );
});

test('checklist as text: colours change nothing but colours', async () => {
  const file = await checklistFileOf({ 'compose.yaml': hardened });
  const coloured = checklistText([file], { ...style, palette: colorPalette });
  assert.equal(stripVTControlCharacters(coloured), checklistText([file], style));
  assert.notEqual(coloured, checklistText([file], style));
});

test('checklist as text: nothing fails', async () => {
  const file = await checklistFileOf({ Dockerfile: 'FROM scratch\nUSER 1000\n' });
  assert.match(checklistSummary([file], style), /^Nothing fails in 1 checklist: 8 passed\.$/m);
});

test('checklist as Markdown: what the file holds is text', async () => {
  const file = await checklistFileOf({
    'compose.yaml': 'services:\n  "<b>|a":\n    image: "a/b:1"\n    user: "x|<img src=y>`*"\n    pid: host\n',
  });
  const markdown = checklistMarkdown([file]);
  assert.match(markdown, /^### \\<b\\>\\\|a$/m);
  assert.match(
    markdown,
    /^\| passed \| Non-root account \| x\\\|\\<img src=y\\>\\`\\\* \| compose\.yaml:4:5 \|$/m,
  );
  assert.match(markdown, /^ {2}- warning, `compose\.yaml:5:\d+`, \[compose-host-namespace\]\(https:/m);
  assert.doesNotMatch(markdown, /(?<!\\)<(?!https)/);
});

test('checklist: a Dockerfile within the file has its places there', async () => {
  const file = await checklistFileOf({
    'compose.yaml':
      'services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM debian:10\n        USER nobody\n',
  });
  const text = checklistText([file], style);
  assert.match(text, /Small, supported base +built on debian:10 \(debian\) {2}compose\.yaml:5:14\n/);
  assert.match(text, /warning {2}end-of-life-image {2}compose\.yaml:5:14\n/);
  assert.match(text, /Non-root account +nobody {2}compose\.yaml:6:9\n/);
});
