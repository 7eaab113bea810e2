// USER: the process of a stage's image runs as an account without privileges.
import type { Fix, Safety } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { runsServiceOfBase } from '../insight/process.ts';
import { isRoot } from '../insight/runs-as.ts';
import type { StageInsight } from '../insight/stage.ts';
import { rootlessTag } from '../knowledge/image-privileges.ts';
import type { CopyInstruction, DockerfileModel, Stage, UserInstruction } from '../model/dockerfile/model.ts';
import { familiarName } from '../model/image-reference.ts';
import type { Known } from '../model/known.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { hull, type Span } from '../text/span.ts';
import { type AccountChoice, chooseAccount, existingAccount } from './account.ts';
import { copiesToOwn, foldersToOwn } from './ownership.ts';
import { moveTo } from './pin.ts';
import { pinFromFixes } from './pin-from.ts';
import { insertBefore, insertIntoRuntimePart, keywordLike } from './writing.ts';

/** The account that a USER instruction names, in the text. */
export const userSpan = ({ words, keywordSpan }: UserInstruction): Span =>
  hull(words[0]?.span ?? keywordSpan, words.at(-1)?.span ?? keywordSpan);

/** The last account other than root that the stage has used, or that its base starts with: its authors' own choice. */
function earlierAccount({ stage, accounts, facts }: StageInsight): AccountChoice | null {
  const chosen = (name: string, group: Known<string> | null): AccountChoice => {
    const made = accounts.find(account => account.name === name);
    const choice = existingAccount(name, made?.group ?? null, made?.uid ?? null);
    return group?.known ? { ...choice, user: `${name}:${group.value}` } : choice;
  };
  for (const { instructions } of stage.chain) {
    for (const instruction of instructions.toReversed()) {
      if (instruction.keyword !== 'USER' || !instruction.user.known || isRoot(instruction.user.value))
        continue;
      return chosen(instruction.user.value, instruction.group);
    }
  }
  return facts?.user == null || isRoot(facts.user) ? null : chosen(facts.user, null);
}

/** The USER that says root, where it is this stage's and nothing built behind it needs it. */
function replaceableUser({ instructions }: Stage, setAt: Span | null): UserInstruction | null {
  const own = instructions.findLast(({ keyword }) => keyword === 'USER');
  if (own?.keyword !== 'USER' || setAt === null || own.span.start > setAt.start || own.span.end < setAt.end)
    return null;
  const needsRoot = instructions.some(({ index, keyword }) => index > own.index && keyword === 'RUN');
  return needsRoot ? null : own;
}

interface Change {
  readonly user: string;
  /** That root has to run before it. */
  readonly commands: readonly string[];
  readonly setAt: Span | null;
}

/** USER and its commands at the end of what builds the image; null where nothing can be written there. */
function userEdits(model: DockerfileModel, stage: Stage, { user, commands, setAt }: Change): Edit[] | null {
  const run = commands.length === 0 ? [] : [`${keywordLike(model, 'RUN')} ${commands.join(' && ')}`];
  const replaced = replaceableUser(stage, setAt);
  if (!replaced) {
    const lines = [...run, `${keywordLike(model, 'USER')} ${user}`];
    const edit = insertIntoRuntimePart(model, stage, lines);
    return edit && [edit];
  }
  const edits = [replace(userSpan(replaced), user)];
  return run.length === 0 ? edits : [insertBefore(model, replaced, run), ...edits];
}

const isLinked = ({ flags }: CopyInstruction): boolean =>
  flags.some(({ name, value }) => name === 'link' && value !== 'false');

/** Whether RUN works in the stage: there is a shell, and root to call it. */
function canRun({ system, facts, stage }: StageInsight): boolean {
  if (system?.packageManager === 'none') return false;
  return facts?.shell === true || stage.instructions.some(({ keyword }) => keyword === 'RUN');
}

/** The same, with the account made first, and given what it may have to write. Null where there is nothing to give. */
function owningEdits(
  model: DockerfileModel,
  insight: StageInsight,
  account: AccountChoice,
  setAt: Span | null,
): Edit[] | null {
  const { user, owner, ownerNumber, create } = account;
  // A linked layer is made without the files of the base, so that names cannot be looked up.
  const owners = copiesToOwn(insight).flatMap(copy => {
    const text = isLinked(copy) ? ownerNumber : owner;
    return text === null ? [] : [{ copy, text }];
  });
  const folders = canRun(insight) ? foldersToOwn(insight) : { all: [], new: [] };
  const [first] = owners;
  if (!first && folders.all.length === 0) return null;
  if (first && create !== null && !isRootAt(first.copy)) return null;
  const commands = [
    ...(first || create === null ? [] : [create]),
    ...(folders.new.length === 0 ? [] : [`mkdir -p ${folders.new.join(' ')}`]),
    ...(folders.all.length === 0 ? [] : [`chown ${owner} ${folders.all.join(' ')}`]),
  ];
  const using = userEdits(model, insight.stage, { user, commands, setAt });
  const making =
    first && create !== null
      ? [insertBefore(model, first.copy, [`${keywordLike(model, 'RUN')} ${create}`])]
      : [];
  const giving = owners.map(({ copy, text }) => insert(copy.keywordSpan.end, ` --chown=${text}`));
  return using && [...making, ...giving, ...using];
}

/** Root, or the account of the base, which is root where the stage is found to be. */
const isRootAt = ({ before: { user } }: CopyInstruction): boolean => !user.known || isRoot(user.value);

/** The home of root is closed to all others. */
const worksAtRootsHome = ({ stage: { final } }: StageInsight): boolean =>
  final.workdir.known && /^\/root(?:\/|$)/.test(final.workdir.value);

/** `setAt` is the place that says root, or null. */
export function userFixes(
  model: DockerfileModel,
  insight: StageInsight,
  setAt: Span | null,
  upTo: Safety,
): Fix[] {
  const { root, chain } = insight.stage;
  if (root.kind === 'image' && runsServiceOfBase(insight)) {
    const { reference } = root;
    const rootless = rootlessTag(familiarName(reference), reference.tag);
    const from = (chain.at(-1) ?? insight.stage).from;
    if (rootless !== undefined) return pinFromFixes(model, from, reference, moveTo(rootless));
  }
  const safety = worksAtRootsHome(insight) ? 'suggestion' : upTo;
  const account = earlierAccount(insight) ?? chooseAccount(insight);
  const { user, create } = account;
  const using = userEdits(model, insight.stage, { user, commands: create === null ? [] : [create], setAt });
  const owner = create === null ? account : chooseAccount(insight, copiesToOwn(insight).some(isLinked));
  const owning = owningEdits(model, insight, owner, setAt);
  const title = create === null ? `Run as ${user}` : `Create the account ${user} and run as it`;
  const rest = { group: `user of stage ${insight.stage.index}` };
  return [
    ...(using ? [fix(title, safety, using, rest)] : []),
    ...(owning ? [fix(`${title}, owning its files`, 'suggestion', owning, rest)] : []),
  ];
}
