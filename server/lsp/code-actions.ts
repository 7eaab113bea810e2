// Code actions: offers as messages, for the current version of a document only.
import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  Command,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Finding, LookUp } from '../core/engine/finding.ts';
import type { Span } from '../core/text/span.ts';
import type { Abilities } from './abilities.ts';
import { hardenServiceKind, pinKind, quickFixKind } from './action-kinds.ts';
import type { Check, Checks } from './checks.ts';
import { applyEditCommand } from './commands.ts';
import { diagnosticOf, spanOf } from './convert.ts';
import type { FixAll, FixAllChoice } from './fix-all.ts';
import { type Offer, offersAt, type PinPlace } from './offers.ts';
import { documentChanged, throwIfCancelled } from './refusal.ts';
import type { RegistryActions } from './registry-actions.ts';
import { serviceOffersAt } from './service-offers.ts';
import type { SizeFixes } from './size-fixes.ts';
import { type FindingPlace, fixByLookUp, type LookUpVersions } from './version-lookup.ts';
import type { EditMaker } from './workspace-edit.ts';

export interface CodeActions {
  at(params: CodeActionParams, token: CancellationToken): Promise<(CodeAction | Command)[]>;
  /** Makes the edit of an action that was sent without. */
  resolve(action: CodeAction, token: CancellationToken): Promise<CodeAction>;
}

export interface CodeActionsContext {
  readonly abilities: Abilities;
  readonly checks: Checks;
  readonly editOf: EditMaker;
  readonly fixAll: FixAll;
  readonly catalogue: Catalogue;
  /** Null where no program may be run. */
  readonly lookUpVersions: LookUpVersions | null;
  /** Null where no registry can be asked. */
  readonly registries: RegistryActions | null;
  readonly sizeFixes: SizeFixes;
}

/** What goes along with an action whose edit is made when it is chosen. */
interface Deferred {
  readonly uri: string;
  readonly version: number;
  readonly does:
    | { readonly kind: 'fix-all'; readonly choice: FixAllChoice }
    | ({ readonly kind: 'look-up' } & FindingPlace)
    | ({ readonly kind: 'pin' } & PinPlace);
}

/** Actions on the whole file are for those who ask for them. */
const isWanted = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined
    ? !kind.startsWith('source.')
    : only.some(wanted => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));

async function wantedOffers(
  check: Check,
  { catalogue, registries, sizeFixes }: CodeActionsContext,
  place: Span,
  only: readonly string[] | undefined,
): Promise<Offer[]> {
  const ofServices = isWanted(only, hardenServiceKind) ? await serviceOffersAt(check, catalogue, place) : [];
  const ofImages = registries && isWanted(only, pinKind) ? await registries.offersAt(check, place) : [];
  const ofSize = isWanted(only, quickFixKind) ? await sizeFixes.offersAt(check, place) : [];
  return [...offersAt(check, place), ...ofSize, ...ofServices, ...ofImages].filter(({ kind }) =>
    isWanted(only, kind),
  );
}

/** For clients that know only commands. */
function commandOf({ title, edit, command }: CodeAction): Command | undefined {
  return edit ? { title, command: applyEditCommand, arguments: [edit] } : command;
}

type Asking = Pick<CodeActionsContext, 'lookUpVersions' | 'registries' | 'editOf'>;

const mayLookUp = async (
  { lookUp }: Finding,
  uri: string,
  { lookUpVersions, registries }: Asking,
): Promise<boolean> =>
  lookUp?.kind === 'registry' ? (await registries?.mayAsk(uri)) === true : lookUpVersions !== null;

/** The edit of an action that has to ask somebody first. */
async function editByAsking(
  does: Extract<Deferred['does'], { readonly kind: 'look-up' | 'pin' }>,
  { lookUpVersions, registries, editOf }: Asking,
  current: () => Promise<Check>,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  if (does.kind === 'pin') return (await registries?.pin(does, current, token)) ?? null;
  const lookUp = async (asked: LookUp): Promise<void> => {
    if (asked.kind === 'registry') await registries?.lookUp(asked, token);
    else await lookUpVersions?.(asked.questions);
  };
  const found = await fixByLookUp(lookUp, does, current);
  return found && editOf(found.document, found.fix);
}

export function createCodeActions(context: CodeActionsContext): CodeActions {
  const { abilities, checks, editOf, fixAll } = context;
  const base = (check: Check, { title, kind, finding, isPreferred }: Offer): CodeAction => {
    const action: CodeAction = { title: check.hide(title), kind };
    if (finding) action.diagnostics = [diagnosticOf(check, finding, abilities)];
    if (isPreferred && abilities.preferredActions) action.isPreferred = true;
    return action;
  };

  const fixAllEdit = async (check: Check, choice: FixAllChoice): Promise<WorkspaceEdit | null> =>
    editOf(check.document, await fixAll(check, choice));
  /** Undefined where the client could not carry it out. */
  const actionOf = async (check: Check, offer: Offer): Promise<CodeAction | undefined> => {
    const action = base(check, offer);
    const { does, title } = offer;
    if (does.kind === 'command') {
      return { ...action, command: { title, command: does.command, arguments: [does.argument] } };
    }
    const { uri, version } = check.document;
    if (does.kind === 'look-up') {
      if (!abilities.resolvesEdits || !(await mayLookUp(does.finding, uri, context))) return undefined;
      const { rule, span } = does.finding;
      const data: Deferred = { uri, version, does: { kind: 'look-up', rule, start: span.start } };
      return { ...action, data };
    }
    if (abilities.resolvesEdits && (does.kind === 'pin' || does.kind === 'fix-all')) {
      const data: Deferred = { uri, version, does };
      return { ...action, data };
    }
    if (does.kind === 'pin') return undefined;
    const edit =
      does.kind === 'fix-all'
        ? await fixAllEdit(check, does.choice)
        : await editOf(check.document, does.change);
    return edit ? { ...action, edit } : undefined;
  };

  return {
    async at({ textDocument, range, context: { only } }, token) {
      const check = await checks.of(textDocument.uri);
      throwIfCancelled(token);
      if (!check) return [];
      const offers = await wantedOffers(check, context, spanOf(check.document.lines, range), only);
      throwIfCancelled(token);
      const actions = await Promise.all(offers.map(offer => actionOf(check, offer)));
      throwIfCancelled(token);
      const possible = actions.filter(action => action !== undefined);
      return abilities.actionLiterals ? possible : possible.flatMap(action => commandOf(action) ?? []);
    },
    async resolve(action, token) {
      const deferred: Deferred | undefined = action.data;
      if (!deferred) return action;
      const { uri, version, does } = deferred;
      const current = async (): Promise<Check> => {
        const check = await checks.of(uri);
        throwIfCancelled(token);
        if (check?.document.version !== version) throw documentChanged();
        return check;
      };
      const edit =
        does.kind === 'fix-all'
          ? await fixAllEdit(await current(), does.choice)
          : await editByAsking(does, context, current, token);
      return edit ? { ...action, edit } : action;
    },
  };
}
