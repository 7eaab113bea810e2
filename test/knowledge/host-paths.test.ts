// Paths of a host: how they are spelled, and what they give away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceRiskOf } from '../../server/core/knowledge/devices.ts';
import {
  canonicalHostPath,
  controlSocketAt,
  holdsControlSockets,
  isSystemFolder,
  rootEquivalentAt,
  sensitiveAt,
} from '../../server/core/knowledge/host-paths.ts';

// biome-ignore format: one row a case
const spellings: readonly [written: string, path: string | null][] = [
  ['/etc/', '/etc'], ['//etc//x', '/etc/x'], ['/etc/./x', '/etc/x'], ['/etc/../run', '/run'], ['/..', '/'], ['/.', '/'],
  ['/var/run/docker.sock', '/run/docker.sock'], ['/var/running', '/var/running'], ['~', '~'], ['~/.ssh/', '~/.ssh'],
  ['$HOME/.ssh', '~/.ssh'], ['${HOME}/x', '~/x'], ['$HOMES/x', '$HOMES/x'], ['~other/.ssh', null], ['./etc', null], ['../etc', null],
  [`${'../'.repeat(40)}..`, '/'], ['$A/../etc', null], ['/$A/etc', '/$A/etc'], ['data', null],
];
for (const [written, path] of spellings) {
  test(`the path ${written.slice(0, 30)}`, () => assert.equal(canonicalHostPath(written), path));
}

/** What is said of a path that may be written, and of one that may only be read. */
function judged(path: string): string {
  const socket = controlSocketAt(path);
  if (socket !== undefined) return `socket of ${socket}`;
  if (holdsControlSockets(path)) return 'sockets';
  const [writing, reading] = [rootEquivalentAt(path)?.kind, sensitiveAt(path, true)];
  return [writing && `root by ${writing}`, reading && `gives ${reading}`].filter(Boolean).join(', ');
}

// biome-ignore format: one row a case
const paths: readonly [path: string, what: string][] = [
  ['/run/docker.sock', 'socket of Docker'], ['~/.docker/run/docker.sock', 'socket of Docker'],
  ['/run/user/1000/podman/podman.sock', 'socket of Podman'], ['/run/systemd/private', 'socket of systemd'],
  ['/', 'sockets'], ['/run', 'sockets'], ['/var', 'sockets'], ['/run/containerd', 'sockets'], ['/run/systemd', 'sockets'],
  ['/etc', 'root by system, gives system'], ['/etc/cron.d', 'root by system, gives system'], ['/etc/shadow', 'root by system, gives system'],
  ['/etc/pihole', 'root by settings, gives system'], ['/etcetera', ''], ['/root', 'root by system, gives system'],
  ['/root/.ssh', 'root by system, gives credentials'], ['/var/lib', 'root by system, gives system'],
  ['/var/lib/docker/volumes', 'root by system, gives system'], ['/var/lib/app', ''], ['/var/log', ''],
  ['/usr/bin', 'root by programs'], ['/usr/share/app', ''], ['/usr/src', ''], ['/usr/local/src/app', ''],
  ['/etc/localtime', ''], ['/etc/ssl/certs', 'root by system'], ['/etc/ssl/private', 'root by system, gives system'], ['/dev/null', ''],
  ['/dev/shm', 'gives devices'], ['/sys/fs/cgroup', 'gives kernel'], ['/run/dbus/system_bus_socket', 'gives bus'],
  ['/run/app', 'gives runtime'], ['/run/user/1000', 'gives runtime'], ['/home', 'gives home'], ['/home/ann', 'gives home'],
  ['/home/ann/music', ''], ['/home/ann/.aws/config', 'gives credentials'], ['~', 'gives home'], ['~/data', ''],
  ['~/.config/gcloud', 'gives credentials'], ['/srv/data', ''], ['/$A', ''],
];
for (const [path, what] of paths) test(`${path}: ${what}`, () => assert.equal(judged(path), what));

test('folders that the system lays out', () => {
  for (const path of ['/', '/srv', '/srv/x', '/var/data', '/usr']) assert.ok(isSystemFolder(path), path);
  for (const path of ['/data', '/srvx', '~/x']) assert.ok(!isSystemFolder(path), path);
});

const devices: Readonly<Record<string, readonly string[]>> = {
  disk: [
    'sda',
    'sdab12',
    'vda1',
    'xvda',
    'hdc',
    'nvme0',
    'nvme0n1',
    'nvme1n1p2',
    'mmcblk0p1',
    'md0',
    'md/data',
    'dm-1',
    'mapper/root',
    'disk/by-id/x',
    'loop0',
    'zd16',
    'nbd0',
  ],
  log: ['kmsg'],
  memory: ['mem', 'port'],
  none: [
    'null',
    'net/tun',
    'fuse',
    'kvm',
    'dri',
    'ttyUSB0',
    'mdadm',
    'sdcard',
    'kmem',
    'sg0',
    'sr0',
    'video0',
    'snd',
  ],
};
for (const [risk, names] of Object.entries(devices)) {
  for (const name of names) {
    test(`/dev/${name}: ${risk}`, () => assert.equal(deviceRiskOf(`/dev/${name}`) ?? 'none', risk));
  }
}
