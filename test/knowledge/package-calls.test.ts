// What commands of package managers install and remove.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installedPackages, packageChange } from '../../server/core/knowledge/package-calls.ts';

/** A word that begins with `$` is computed. */
const command = (text: string) => {
  const [name = '', ...args] = text.split(' ');
  return { name, args: args.map(word => ({ value: word.startsWith('$') ? null : word })) };
};

const rows: readonly [text: string, change: string | null][] = [
  ['apt-get install -y --no-install-recommends curl ca-certificates', '+curl +ca-certificates'],
  ['apt-get -y -qq install curl=7.88.1-10 wget:amd64 git/stable', '+curl +wget +git'],
  ['apt-get install -t bookworm-backports -o Dpkg::Use-Pty=0 curl', '+curl'],
  ['apt install $PACKAGES curl', '+curl'],
  ['apt-get purge -y --auto-remove curl', '-curl'],
  ['apt-get update', null],
  ['apt-get $ACTION curl', null],
  ['apk add --no-cache curl~=8 wget>1 git@edge', '+curl +wget +git'],
  ['apk --no-cache add -t .build-deps gcc musl-dev', '+gcc +musl-dev as .build-deps'],
  ['apk add --virtual=.deps gcc', '+gcc as .deps'],
  ['apk add -X https://example.com/repository curl', '+curl'],
  ['apk del .build-deps', '-.build-deps'],
  ['dnf install -y --setopt=install_weak_deps=False curl', '+curl'],
  ['dnf -y --enablerepo crb install curl', '+curl'],
  ['microdnf install curl', '+curl'],
  ['yum -y install wget', '+wget'],
  ['zypper --non-interactive in -t package curl>=8', '+curl'],
  ['yum makecache', null],
  ['pip install curl', null],
  ['constructor install curl', null],
  ['apt-get', null],
];

for (const [text, expected] of rows) {
  test(text, () => {
    const change = packageChange(command(text));
    const words = change && [
      ...change.installs.map(name => `+${name}`),
      ...change.removes.map(name => `-${name}`),
    ];
    assert.equal(words && words.join(' ') + (change.group === null ? '' : ` as ${change.group}`), expected);
  });
}

const sequences: readonly [texts: readonly string[], installed: string][] = [
  [['apt-get install curl wget', 'apt-get remove wget'], 'curl'],
  [['apk add -t .fetch curl', 'curl x', 'apk del .fetch'], ''],
  [['apk add curl', 'apk add -t .build gcc', 'apk del .build'], 'curl'],
  [['echo apt-get install curl'], ''],
];

for (const [texts, expected] of sequences) {
  test(`after ${texts.join('; ')}`, () => {
    assert.equal([...installedPackages(texts.map(command))].join(' '), expected);
  });
}
