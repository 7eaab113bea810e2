// Secret files: mounted in the RUNs that read them instead of being copied into a layer.
import { absolutePath, targetOf } from '../insight/copy-target.ts';
import { isRoot } from '../insight/runs-as.ts';
import { isRun } from '../insight/secret-readers.ts';
import { inspectStage } from '../insight/stage.ts';
import { readsSecretFile } from '../knowledge/credential-readers.ts';
import type { CopyInstruction, DockerfileModel, RunInstruction, Word } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import type { Edit } from '../text/edit.ts';
import { isPosix, mountEdit } from './build-secret.ts';
import { removeArgument, removeCommand } from './commands.ts';
import { removeSource } from './removal.ts';

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Folders of credentials by the file in them that counts. */
const folders: Readonly<Record<string, string>> = {
  '.aws': 'credentials',
  '.docker': 'config.json',
  '.kube': 'config',
};

const fileId = (path: string): string => fileName(path).replace(/^\.+/, '') || 'secret';

/** What the person types to pass the file. */
export function secretFileFlag(path: string): string {
  const name = fileName(path);
  if (name === '.ssh') return '--ssh default';
  if (/[*?[]/.test(name)) return '--secret id=...,src=...';
  const inner = folders[name];
  return `--secret id=${fileId(path)},src=${inner === undefined ? path : `${path}/${inner}`}`;
}

/** Fail on a mounted file, or give it rights that the mount gives already. */
const caretakers = new Set(['rm', 'shred', 'unlink', 'chmod', 'chown', 'chgrp']);
const movers = new Set(['mv', 'ln']);

const naming = ({ args }: ShellCommand, file: string) =>
  args.filter(({ raw }) => fileName(raw.replace(/["']/g, '')) === file);

/** Without the commands that take care of the copied file. Null where one of them cannot be taken out, or moves it. */
function withoutCare(model: DockerfileModel, runs: readonly RunInstruction[], file: string): Edit[] | null {
  const edits: Edit[] = [];
  for (const run of runs) {
    for (const command of run.script.commands) {
      const named = naming(command, file);
      const [only] = named;
      if (!only) continue;
      if (movers.has(command.name ?? '')) return null;
      if (!caretakers.has(command.name ?? '')) continue;
      const operands = command.args.filter(({ raw }) => !raw.startsWith('-'));
      const isRemoval = !command.name?.startsWith('ch');
      const isWhole = operands.length === (isRemoval ? 1 : 2);
      const edit = isWhole ? removeCommand(model, run, command) : removeArgument(model, command, only);
      if (!edit) return null;
      edits.push(edit);
    }
  }
  return edits;
}

/** Some command names the file, or looks for such a file by itself. */
const reads = ({ script }: RunInstruction, target: string): boolean =>
  script.commands.some(
    command =>
      readsSecretFile(command.name ?? '', target) ||
      (!caretakers.has(command.name ?? '') && naming(command, fileName(target)).length > 0),
  );

/** A folder with a mount in it cannot be removed. */
const removesFolderOf = ({ script, before }: RunInstruction, target: string): boolean =>
  script.commands.some(
    ({ name, args }) =>
      name === 'rm' &&
      args.some(({ value }) => {
        const folder = absolutePath((value ?? '').replace(/^~(?=\/|$)/, '/root'), before);
        return folder !== null && target.startsWith(`${folder === '/' ? '' : folder}/`);
      }),
  );

/** What opens the mount, which is root's alone by default, to the account that the RUN is run by. */
function rightsFor({ before, stage }: RunInstruction): string {
  const insight = stage && inspectStage(stage);
  const user = before.user.known ? before.user.value : (insight?.facts?.user ?? 'root');
  if (isRoot(user)) return '';
  const uid = /^\d+$/.test(user) ? user : insight?.accounts.find(({ name }) => name === user)?.uid;
  return uid == null ? ',mode=0444' : `,uid=${uid}`;
}

/** RUNs of the same stage behind it. */
const runsBehind = ({ stage, index }: CopyInstruction): readonly RunInstruction[] =>
  (stage?.instructions ?? []).filter(isRun).filter(run => run.index > index);

/** Without the file, and without what takes care of it. */
export function leaveFileOut(model: DockerfileModel, copy: CopyInstruction, source: Word): Edit[] {
  const care = withoutCare(model, runsBehind(copy), fileName(source.value)) ?? [];
  return [removeSource(model, copy, source), ...care];
}

/**
 * The file is mounted in the RUNs of the stage that name it, or call a program that looks for such a file, instead of
 * being copied. Null where there is none: then the container needs the file, not the build.
 */
export function mountFileInstead(model: DockerfileModel, copy: CopyInstruction, source: Word): Edit[] | null {
  const target = targetOf(copy, source);
  const file = fileName(source.value);
  if (target === null || /[\s,"]/.test(target) || copy.onbuild !== null) return null;
  if (file in folders || /[*?[]|^\.(?:ssh|gnupg|azure)$/.test(file)) return null;
  const behind = runsBehind(copy);
  const runs = behind.filter(run => reads(run, target));
  const care = withoutCare(model, behind, file);
  if (runs.length === 0 || !runs.every(isPosix) || care === null) return null;
  if (behind.some(run => removesFolderOf(run, target))) return null;
  const mount = `type=secret,id=${fileId(file)},target=${target}`;
  const mounts = runs.map(run => mountEdit(run, `${mount}${rightsFor(run)}`));
  return [removeSource(model, copy, source), ...care, ...mounts];
}
