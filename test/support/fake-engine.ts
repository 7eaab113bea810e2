// A container engine that is none: a program that answers as one would, and notes with which words it was called.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

export interface FakeImage {
  readonly id?: string;
  /** Its configuration, as `image inspect` prints it. */
  readonly config?: object;
  /** What programs print in it: the words of a call, joined by blanks -> standard output. Others are not there. */
  readonly programs?: Readonly<Record<string, string>>;
  /** The same once something has been fetched in it. */
  readonly fetched?: Readonly<Record<string, string>>;
}

export interface FakeEngine {
  /** For PATH. */
  readonly folder: string;
  calls(): string[];
}

/** A folder that lives as long as the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-engine-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A script of the shell that is found under a name. Nothing but the shell itself is at hand in it. */
export function program(folder: string, name: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}`);
  chmodSync(file, 0o755);
  return file;
}

const inspected = (config: object): string =>
  JSON.stringify([{ Id: 'sha256:1', Os: 'linux', Config: config }]);

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** `exec`, its options and the container fall away: what is left is the call. */
const dropOptions = 'shift; while [ "$1" != id ]; do case "$1" in --*) shift ;; esac; shift; done; shift';

function answers(programs: Readonly<Record<string, string>>): string {
  const cases = Object.entries(programs).map(
    ([call, out]) => `  ${quoted(call)}) printf %s ${quoted(out)}; exit 0 ;;`,
  );
  return `case "$*" in\n${cases.join('\n')}\nesac\n`;
}

/** `images` by name; null is an engine that nobody has started. */
export function fakeEngine(name: string, images: Readonly<Record<string, FakeImage>> | null): FakeEngine {
  const folder = temporaryFolder();
  const log = path.join(folder, 'calls');
  const state = path.join(folder, 'fetched');
  const known = Object.entries(images ?? {});
  const container = '0123456789ab';
  const script = `
printf '%s\\n' "$*" >> ${quoted(log)}
${images === null ? "echo 'Cannot connect to the daemon.' >&2; exit 1" : ''}
case "$1" in
image) case "$2" in ls) ${known.map(([image, { id = 'sha256:1' }]) => `echo ${quoted(`${id}	${image}	2026-01-01`)}; `).join('')}exit 0 ;; esac
  case "$3" in ${known.map(([image, { config = {} }]) => `${quoted(image)}) printf %s ${quoted(inspected(config))}; exit 0 ;;`).join(' ')}
  --format) ;; *) echo "Error: No such image: $3" >&2; exit 1 ;; esac
  case "$5" in ${known.map(([image, { id = 'sha256:1' }]) => `${quoted(image)}) echo ${id}; exit 0 ;;`).join(' ')} esac
  echo "Error: No such image: $5" >&2; exit 1 ;;
run) echo ${container}; exit 0 ;;
ps|rm) exit 0 ;;
esac
${dropOptions.replace('id', container)}
case "$*" in *update|*makecache|*refresh) : > ${quoted(state)}; exit 0 ;; esac
if [ -e ${quoted(state)} ]; then
${known.map(([, { fetched = {} }]) => answers(fetched)).join('')}:
fi
${known.map(([, { programs = {} }]) => answers(programs)).join('')}
exit 127
`;
  program(folder, name, script);
  return { folder, calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []) };
}
