// "Harden": all repairs of the file that is being edited, shown as a difference first.
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

interface Preview {
  readonly document: TextDocument;
  readonly version: number;
  readonly edit: WorkspaceEdit;
  readonly place: Uri;
  readonly text: string;
}

const nameOf = ({ uri }: TextDocument): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** The edits are disjoint. */
function textAfter(document: TextDocument, edits: readonly TextEdit[]): string {
  const backwards = [...edits].sort((a, b) => b.range.start.compareTo(a.range.start));
  return backwards.reduce(
    (text, { range, newText }) =>
      text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)),
    document.getText(),
  );
}

async function editOf(document: TextDocument): Promise<WorkspaceEdit | undefined> {
  const whole = document.validateRange(new Range(0, 0, document.lineCount, 0));
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    whole,
    kind,
    1,
  );
  return actions.find(action => action.kind?.value === kind)?.edit;
}

async function previewOf(document: TextDocument): Promise<Preview | undefined> {
  const { version, uri } = document;
  const edit = await editOf(document);
  if (!edit) return undefined;
  const place = Uri.from({ scheme, path: uri.path, query: uri.toString() });
  return { document, version, edit, place, text: textAfter(document, edit.get(uri)) };
}

async function closeTabOf({ place }: Preview): Promise<void> {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  const isOurs = (input: unknown): boolean =>
    input instanceof TabInputTextDiff && input.modified.toString() === place.toString();
  await window.tabGroups.close(tabs.filter(({ input }) => isOurs(input)));
}

/** What the person is asked: files that a repair writes besides are named. */
function questionFor({ document, edit }: Preview): string {
  const others = edit
    .entries()
    .map(([uri]) => uri)
    .filter(uri => uri.toString() !== document.uri.toString())
    .map(uri => workspace.asRelativePath(uri));
  return others.length === 0
    ? l10n.t('Apply these repairs to {0}?', nameOf(document))
    : l10n.t('Apply these repairs to {0}? They also write {1}.', nameOf(document), others.join(', '));
}

export interface Hardening extends Disposable {
  preview(): Promise<void>;
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

  const show = async (document: TextDocument): Promise<void> => {
    const preview = await previewOf(document);
    if (!preview) {
      void window.showInformationMessage(l10n.t('Bulkhead has nothing to repair in {0}.', nameOf(document)));
      return;
    }
    shown = preview;
    changed.fire(preview.place);
    const title = l10n.t('{0}: hardened', nameOf(document));
    await commands.executeCommand('vscode.diff', document.uri, preview.place, title);
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
    if (preview.document.version !== preview.version) {
      void window.showWarningMessage(
        l10n.t('{0} has changed: here are the repairs as they are now.', nameOf(preview.document)),
      );
      await show(preview.document);
      return;
    }
    shown = undefined;
    await workspace.applyEdit(preview.edit);
    await closeTabOf(preview);
    await window.showTextDocument(preview.document);
  };

  return {
    async preview() {
      const document = window.activeTextEditor?.document;
      if (document) await show(document);
    },
    apply,
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
