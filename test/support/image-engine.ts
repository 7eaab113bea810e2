// A container engine that is none, with one image: it answers as docker would, and saves what it is told to.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program, temporaryFolder } from './fake-engine.ts';
import type { MadeImage } from './tar.ts';

/** For PATH; gone after the tests of the file. */
export function imageEngine(image: MadeImage, save: string): string {
  const folder = temporaryFolder();
  writeImageEngine(folder, image, save);
  return folder;
}

/** `app:1` is the image; `save` what the engine does to give it. */
export function writeImageEngine(
  folder: string,
  { history = [] }: MadeImage,
  save: string,
  name = 'docker',
): void {
  mkdirSync(folder, { recursive: true });
  const rows = [...history]
    .reverse()
    .map(({ created_by }) => JSON.stringify({ CreatedBy: created_by, Size: '1' }));
  writeFileSync(path.join(folder, 'history'), `${rows.join('\n')}\n`);
  program(
    folder,
    name,
    `case "$1 $2" in
"image inspect") case "$5" in app:1|sha256:aaaa) echo sha256:aaaa; exit 0 ;; esac; echo "Error: No such image: $5" >&2; exit 1 ;;
"image ls") printf 'sha256:bbbb\\t<none>:<none>\\t2026-01-02\\nsha256:aaaa\\tapp:1\\t2026-01-01\\n'; exit 0 ;;
"image save") ${save} ;;
history*) for id; do :; done; case "$id" in sha256:aaaa) /bin/cat '${folder}/history' ;; esac; exit 0 ;;
esac
exit 9
`,
  );
}
