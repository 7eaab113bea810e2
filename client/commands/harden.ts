// "Harden": the repairs of a file or of one of its services, shown as a difference first.
import {
  type CodeAction,
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  Range,
  TabInputTextDiff,
  type TextDocument,
  type TextEdit,
  Uri,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';

const kind = 'source.harden.bulkhead';
/** Of the documents that show a file as it would be. */
const scheme = 'bulkhead-hardened';

/** What is to be hardened, and how it is asked for again when the document has changed meanwhile. */
export interface Plan {
  readonly document: TextDocument;
  /** `compose.yaml`, or a service in it. */
  readonly subject: string;
  /** Undefined where there is nothing to repair. */
  make(): Promise<Repairs | undefined>;
}

export interface Repairs {
  readonly edit: WorkspaceEdit;
  /** Services that change without having been meant. */
  readonly others: readonly string[];
}

interface Preview extends Repairs {
  readonly plan: Plan;
  readonly version: number;
  readonly place: Uri;
  readonly text: string;
}

export const nameOf = ({ uri }: TextDocument): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** The edits are disjoint. */
export function textAfter(document: TextDocument, edits: readonly TextEdit[]): string {
  const backwards = [...edits].sort((a, b) => b.range.start.compareTo(a.range.start));
  return backwards.reduce(
    (text, { range, newText }) =>
      text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)),
    document.getText(),
  );
}

async function repairsOfFile(document: TextDocument): Promise<Repairs | undefined> {
  const whole = document.validateRange(new Range(0, 0, document.lineCount, 0));
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    whole,
    kind,
    1,
  );
  const edit = actions.find(action => action.kind?.value === kind)?.edit;
  return edit && { edit, others: [] };
}

async function previewOf(plan: Plan): Promise<Preview | undefined> {
  const { version, uri } = plan.document;
  const repairs = await plan.make();
  if (!repairs) return undefined;
  const place = Uri.from({ scheme, path: uri.path, query: uri.toString() });
  return { ...repairs, plan, version, place, text: textAfter(plan.document, repairs.edit.get(uri)) };
}

async function closeTabOf({ place }: Preview): Promise<void> {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  const isOurs = (input: unknown): boolean =>
    input instanceof TabInputTextDiff && input.modified.toString() === place.toString();
  await window.tabGroups.close(tabs.filter(({ input }) => isOurs(input)));
}

/** What the person is asked: files that a repair writes besides, and services that change besides, are named. */
function questionFor({ plan: { document, subject }, edit, others }: Preview): string {
  const files = edit
    .entries()
    .map(([uri]) => uri)
    .filter(uri => uri.toString() !== document.uri.toString())
    .map(uri => workspace.asRelativePath(uri));
  return [
    l10n.t('Apply these repairs to {0}?', subject),
    ...(others.length > 0 ? [l10n.t('They also change {0}.', others.join(', '))] : []),
    ...(files.length > 0 ? [l10n.t('They also write {0}.', files.join(', '))] : []),
  ].join(' ');
}

export interface Hardening extends Disposable {
  /** Of the file that is being edited. */
  preview(): Promise<void>;
  show(plan: Plan): Promise<void>;
  /** Of the preview that is shown. */
  apply(): Promise<void>;
}

export function createHardening(): Hardening {
  let shown: Preview | undefined;
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: uri => (uri.toString() === shown?.place.toString() ? shown.text : ''),
  });

  const show = async (plan: Plan): Promise<void> => {
    const preview = await previewOf(plan);
    if (!preview) {
      void window.showInformationMessage(l10n.t('Bulkhead has nothing to repair in {0}.', plan.subject));
      return;
    }
    shown = preview;
    changed.fire(preview.place);
    const title = l10n.t('{0}: hardened', plan.subject);
    await commands.executeCommand('vscode.diff', plan.document.uri, preview.place, title);
    void ask(preview);
  };

  const ask = async (preview: Preview): Promise<void> => {
    const yes = l10n.t('Apply');
    const answer = await window.showInformationMessage(questionFor(preview), yes);
    if (answer === yes && preview === shown) await apply();
  };

  const apply = async (): Promise<void> => {
    if (!shown) return;
    const preview = shown;
    const { plan, version, edit } = preview;
    if (plan.document.version !== version) {
      void window.showWarningMessage(
        l10n.t('{0} has changed: here are the repairs as they are now.', nameOf(plan.document)),
      );
      await show(plan);
      return;
    }
    shown = undefined;
    await workspace.applyEdit(edit);
    await closeTabOf(preview);
    await window.showTextDocument(plan.document);
  };

  return {
    async preview() {
      const document = window.activeTextEditor?.document;
      if (document) await show({ document, subject: nameOf(document), make: () => repairsOfFile(document) });
    },
    show,
    apply,
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
