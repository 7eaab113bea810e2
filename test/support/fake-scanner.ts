// A scanner that is none: a program that says its version, notes its words, and writes a report that was made before.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program, temporaryFolder } from './fake-engine.ts';

export interface FakeScanner {
  /** For PATH. */
  readonly folder: string;
  readonly file: string;
  calls(): string[];
}

interface Behaviour {
  /** What it writes; null: it fails. */
  readonly report: unknown;
  /** What it complains of. */
  readonly says?: string;
  /** In place of all that: a script. */
  readonly script?: string;
}

const versions: Readonly<Record<string, string>> = {
  trivy: 'Version: 0.74.0',
  grype: 'Application: grype\nVersion: 0.121.3',
};

export function fakeScanner(name: 'trivy' | 'grype', { report, says = '', script }: Behaviour): FakeScanner {
  const folder = temporaryFolder();
  const log = path.join(folder, 'calls');
  const answer = path.join(folder, 'answer.json');
  writeFileSync(log, '');
  writeFileSync(answer, JSON.stringify(report));
  // Nothing but the shell is at hand: it reads and writes the file itself.
  const write = `
for word in "$@"; do case "$word" in --output=/*|--file=*) file="\${word#*=}" ;; esac; done
while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done < '${answer}' > "$file"`;
  const act = report === null ? `echo '${says}' >&2; exit 1` : write;
  const file = program(
    folder,
    name,
    `case "$1" in --version|version) printf '%s\\n' '${versions[name]}'; exit 0 ;; esac
printf '%s\\n' "$*" >> '${log}'
${script ?? act}
`,
  );
  return {
    folder,
    file,
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter(line => line !== ''),
  };
}
