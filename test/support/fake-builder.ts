// A container engine that is none: it repeats what a real one has said of a build, and notes what it was called with.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { program, temporaryFolder } from './fake-engine.ts';

export interface RecordedBuild {
  readonly name: 'docker' | 'podman';
  /** The recorded build that it repeats, and its exit code. */
  readonly log: string;
  readonly code: number;
}

/** It has no buildx, and is as old as Docker with BuildKit inside. */
export function fakeBuilder({ name, log, code }: RecordedBuild): { folder: string; calls(): string } {
  const folder = temporaryFolder();
  const said = path.join(import.meta.dirname, '../build/recorded', log);
  const calls = path.join(folder, 'calls');
  program(
    folder,
    name,
    `printf '%s\\n' "$@" >> '${calls}'
case "$1" in
--version) echo 'Docker version 20.10.24'; exit 0 ;;
image) echo '[{"Size":182000000,"RootFS":{"Layers":["a","b"]},"Config":{"User":"app"}}]'; exit 0 ;;
build) while IFS= read -r line; do printf '%s\\n' "$line" >&2; done < '${said}'
for word in "$@"; do case "$word" in --iidfile=*) echo sha256:0123456789abcdef > "\${word#--iidfile=}" ;; esac; done
exit ${code} ;;
esac
exit 1
`,
  );
  return { folder, calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8') : '') };
}
