// Readings: from what a package manager prints about packages to the version that each of them would be installed in.
import { latestOf } from './order.ts';

export type Versions = ReadonlyMap<string, string>;

/** What a manager prints, and the packages that it was asked about. */
export type Reading = (printed: string, names: readonly string[]) => Versions;

/** Colours and the like, which some print also where nobody looks. */
const plainLines = (printed: string): string[] =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what marks a colour.
  printed.replace(/\u001b\[[\d;]*[A-Za-z]/g, '').split(/\r?\n/);

function latestByName(rows: readonly (readonly [name: string, version: string])[]): Versions {
  const byName = new Map<string, string[]>();
  for (const [name, version] of rows) byName.set(name, [...(byName.get(name) ?? []), version]);
  return new Map(
    [...byName].flatMap(([name, versions]) => {
      const latest = latestOf(versions);
      return latest === undefined ? [] : [[name, latest] as const];
    }),
  );
}

/**
 * `apt-cache policy`: the candidate, where a repository has it. What only stands in the status of the image is no
 * index: tomorrow's may have another one.
 */
export function readAptPolicy(printed: string): Versions {
  const found = new Map<string, string>();
  let name = '';
  let candidate = '';
  let listed = '';
  for (const line of plainLines(printed)) {
    const [, header] = /^(\S+):$/.exec(line) ?? [];
    const [, chosen] = /^ {2}Candidate: (\S+)$/.exec(line) ?? [];
    const [, version] = /^ (?:\*\*\*| {3}) (\S+)(?: -?\d+)?$/.exec(line) ?? [];
    const [, source] = /^\s+-?\d+ (\S+)/.exec(line) ?? [];
    if (header !== undefined) {
      name = header;
      candidate = '';
      listed = '';
    } else if (chosen !== undefined) candidate = chosen;
    else if (version !== undefined) listed = version;
    else if (source !== undefined && listed === candidate && source !== '/var/lib/dpkg/status')
      found.set(name, candidate);
  }
  return found;
}

/** `apk policy`: the latest that a repository offers to those who name no tag of it. */
export function readApkPolicy(printed: string): Versions {
  const rows: (readonly [string, string])[] = [];
  let name = '';
  let version = '';
  for (const line of plainLines(printed)) {
    const [, header] = /^(\S+) policy:$/.exec(line) ?? [];
    const [, listed] = /^ {2}(\S+):$/.exec(line) ?? [];
    const [, source] = /^ {4}(\S+)/.exec(line) ?? [];
    if (header !== undefined) name = header;
    else if (listed !== undefined) version = listed;
    else if (source !== undefined && !source.startsWith('@') && source !== 'lib/apk/db/installed')
      rows.push([name, version]);
  }
  return latestByName(rows);
}

const architecture = /\.(?:noarch|x86_64|i[3-6]86|aarch64|armv7hl|ppc64le|s390x|riscv64)$/;

/** `dnf list`, `yum list`, `tdnf list`: name with architecture, version, repository, over as many lines as they need. */
export function readRpmList(printed: string): Versions {
  const words = plainLines(printed).join(' ').split(/\s+/);
  const offered: (readonly [string, string])[] = [];
  const installed: (readonly [string, string])[] = [];
  words.forEach((word, index) => {
    const [version = '', repository = ''] = words.slice(index + 1);
    if (!architecture.test(word) || !/^(?:\d+:)?\w[\w.+~^]*-[\w.+~^]+$/.test(version)) return;
    const rows = /^@/.test(repository) ? installed : offered;
    rows.push([word.replace(architecture, ''), version]);
  });
  // What is installed is offered too, unless there is something later.
  return new Map([...latestByName(installed), ...latestByName(offered)]);
}

/** `microdnf repoquery`: `curl-0:8.6.0-7.el9.x86_64`, one a line. */
export function readRpmNames(printed: string, names: readonly string[]): Versions {
  const rows = plainLines(printed).flatMap(line => {
    const [, name = '', epoch = '0', version = ''] =
      /^(\S+)-(?:(\d+):)?([^-\s]+-[^-\s]+)\.\w+$/.exec(line.trim()) ?? [];
    return names.includes(name) ? [[name, epoch === '0' ? version : `${epoch}:${version}`] as const] : [];
  });
  return latestByName(rows);
}

/** `zypper info`: a block of `Key : value` for each package. */
export function readZypperInfo(printed: string): Versions {
  const found = new Map<string, string>();
  let name = '';
  for (const line of plainLines(printed)) {
    const [, key, value = ''] = /^(Name|Version)\s*: (\S+)\s*$/.exec(line) ?? [];
    if (key === 'Name') name = value;
    else if (key === 'Version') found.set(name, value);
  }
  return found;
}

/** `pip index versions flask`: `flask (3.1.2)`. */
export function readPipIndex(printed: string, [name = '']: readonly string[]): Versions {
  const version = plainLines(printed)
    .map(line => /^\S+ \((\S+)\)$/.exec(line)?.[1])
    .find(found => found !== undefined);
  return new Map(version === undefined ? [] : [[name, version]]);
}

/** `npm view pm2 version`: nothing but the version. */
export function readNpmView(printed: string, [name = '']: readonly string[]): Versions {
  const version = plainLines(printed).find(line => /^\d+\.\d+\.\d+\S*$/.test(line));
  return new Map(version === undefined ? [] : [[name, version]]);
}

/** `gem list --remote --exact rake`: `rake (13.3.0)`, or `nokogiri (1.18.9 ruby java x86_64-linux-gnu)`. */
export function readGemList(printed: string, names: readonly string[]): Versions {
  const rows = plainLines(printed).flatMap(line => {
    const [, name = '', version = ''] = /^(\S+) \(([^\s,)]+)/.exec(line) ?? [];
    return names.includes(name) ? [[name, version] as const] : [];
  });
  return new Map(rows);
}
