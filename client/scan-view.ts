// What scans have found: a tree (image, line, package, vulnerability), problems at the lines, repairs, and a word in the status.
import {
  CodeAction,
  CodeActionKind,
  type Command,
  commands,
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Disposable as Disposables,
  EventEmitter,
  type LanguageStatusItem,
  Location,
  l10n,
  languages,
  Range,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextDocumentContentChangeEvent,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { PlainRange, ScanImage, ScanImageLine } from '../server/core/protocol/messages.ts';
import type { Client } from './client.ts';
import { editedDocuments } from './options.ts';

/** What the command that accepts is given. */
export interface Acceptable {
  readonly uri: Uri;
  readonly vulnerabilities: readonly {
    readonly id: string;
    readonly package: string;
    readonly title: string;
  }[];
}

interface Node {
  readonly label: string;
  readonly description?: string | undefined;
  readonly tooltip?: string | undefined;
  readonly icon?: string;
  readonly command?: Command | undefined;
  readonly children?: readonly Node[];
  /** Of a vulnerability. */
  readonly acceptable?: Acceptable | undefined;
}

/** A line, and where it is by now; undefined where its text has changed since. */
interface Live {
  readonly line: ScanImageLine;
  range: Range | undefined;
}

interface Shown {
  readonly image: ScanImage;
  readonly uri: Uri | undefined;
  readonly lines: readonly Live[];
  isStale: boolean;
}

const severities: Readonly<Record<string, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Warning,
  medium: DiagnosticSeverity.Information,
};
const icons: Readonly<Record<string, string>> = { critical: 'error', high: 'warning', medium: 'info' };

const mostRelated = 20;

const rangeOf = ({ start, end }: PlainRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

const lineBreaks = (text: string): number => text.split('\n').length - 1;

/** Where a place is after a change; undefined where the change is on its lines. */
function moved(place: Range, { range, text }: TextDocumentContentChangeEvent): Range | undefined {
  if (range.start.line > place.end.line) return place;
  // What is put in or taken out as whole lines right above leaves the place as it is.
  const endsAbove = range.end.character === 0 && /(?:^|\n)$/.test(text);
  if (range.end.line - (endsAbove ? 1 : 0) >= place.start.line) return undefined;
  const lines = lineBreaks(text) - (range.end.line - range.start.line);
  return new Range(place.start.translate(lines), place.end.translate(lines));
}

/** The lines go where their text goes; those that are edited are no longer what was scanned. */
function move(shown: Shown, changes: readonly TextDocumentContentChangeEvent[]): void {
  shown.isStale = true;
  for (const live of shown.lines) {
    for (const change of changes) live.range = live.range && moved(live.range, change);
  }
}

const open = (uri: Uri, selection?: Range): Command => ({
  title: '',
  command: 'vscode.open',
  arguments: [uri, { selection }],
});

/** In a side bar of the usual width there is room for the counts behind it. */
const mostLetters = 22;

const shortened = (text: string): string =>
  text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text;

function lineNode({ line, range }: Live, { uri }: Shown): Node {
  return {
    label: shortened(line.label),
    description: `${line.count} ${line.severity}`,
    tooltip: line.message,
    icon: icons[line.severity] ?? 'circle-outline',
    command: uri && range && open(uri, range),
    children: line.packages.map(({ title, detail, vulnerabilities }) => ({
      label: title,
      description: detail,
      icon: 'package',
      children: vulnerabilities.map(each => ({
        label: each.id,
        description: each.title,
        tooltip: each.title,
        icon: 'bug',
        command: each.url === null ? undefined : open(Uri.parse(each.url)),
        acceptable: uri && { uri, vulnerabilities: [each] },
      })),
    })),
  };
}

const imageNode = (shown: Shown): Node => ({
  label: shown.image.image,
  description:
    `${shown.isStale ? l10n.t('changed since the scan') : ''} ${shown.image.counts || l10n.t('nothing found')}`.trim(),
  tooltip: shown.image.summary,
  icon: 'layers',
  children: shown.lines.map(live => lineNode(live, shown)),
});

function itemOf({ label, description, tooltip, icon, command, children = [], acceptable }: Node): TreeItem {
  const state = children.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(label, state);
  return Object.assign(item, {
    description,
    tooltip,
    command,
    iconPath: icon && new ThemeIcon(icon),
    contextValue: acceptable && 'vulnerability',
  });
}

function diagnosticOf({ line, range }: Live, uri: Uri): Diagnostic[] {
  if (!range) return [];
  const diagnostic = new Diagnostic(
    range,
    line.message,
    severities[line.severity] ?? DiagnosticSeverity.Hint,
  );
  diagnostic.source = 'bulkhead scan';
  diagnostic.code = line.severity;
  const via = line.via
    ? [
        new DiagnosticRelatedInformation(
          new Location(uri, rangeOf(line.via)),
          l10n.t('It came into the image here.'),
        ),
      ]
    : [];
  const packages = line.packages.slice(0, mostRelated).map(({ title, detail, vulnerabilities }) => {
    const ids = vulnerabilities.map(({ id }) => id).join(', ');
    return new DiagnosticRelatedInformation(new Location(uri, range), `${title} ${detail} ${ids}`);
  });
  diagnostic.relatedInformation = [...via, ...packages];
  return [diagnostic];
}

async function actionsOf(client: Client, uri: Uri, lines: readonly ScanImageLine[]): Promise<CodeAction[]> {
  const fixes = lines.flatMap(line => line.fixes);
  const actions = await Promise.all(
    fixes.map(async ({ title, edit }) => {
      const action = new CodeAction(title, CodeActionKind.QuickFix);
      const known = await client.protocol2CodeConverter.asWorkspaceEdit(edit as never);
      return known ? Object.assign(action, { edit: known }) : action;
    }),
  );
  const vulnerabilities = lines.flatMap(({ packages }) => packages.flatMap(each => each.vulnerabilities));
  if (vulnerabilities.length === 0) return actions;
  const accept = new CodeAction(l10n.t('Accept a vulnerability…'), CodeActionKind.QuickFix);
  const given: Acceptable = { uri, vulnerabilities };
  accept.command = { title: '', command: 'bulkhead.acceptVulnerability', arguments: [given] };
  return [...actions, accept];
}

export interface ScanView extends Disposable {
  show(images: readonly ScanImage[]): void;
}

export function createScanView(client: Client): ScanView {
  const shown = new Map<string, Shown>();
  const changed = new EventEmitter<undefined>();
  const problems = languages.createDiagnosticCollection('bulkhead-scan');
  let status: LanguageStatusItem | undefined;
  const about = ({ uri }: Pick<TextDocument, 'uri'>): Shown[] =>
    [...shown.values()].filter(each => each.uri?.toString() === uri.toString());

  const showStatus = (): void => {
    if (shown.size === 0) return;
    status ??= languages.createLanguageStatusItem('bulkhead.scan', editedDocuments());
    const document = window.activeTextEditor?.document;
    const [first, ...others] = document ? about(document) : [];
    status.name = l10n.t('Bulkhead scan');
    status.text = first?.image.counts || l10n.t('No vulnerabilities shown');
    status.detail = (first ? [first, ...others] : []).map(({ image }) => image.image).join(', ');
    status.command = { title: l10n.t('Show'), command: 'bulkhead.scan.focus' };
  };
  const showProblems = (uri: Uri): void =>
    problems.set(
      uri,
      about({ uri }).flatMap(({ lines }) => lines.flatMap(live => diagnosticOf(live, uri))),
    );
  const follow = ({ document, contentChanges }: TextDocumentChangeEvent): void => {
    const touched = about(document);
    if (touched.length === 0 || contentChanges.length === 0) return;
    for (const each of touched) move(each, contentChanges);
    showProblems(document.uri);
    changed.fire(undefined);
  };
  const actionsAt = (document: TextDocument, at: Range): Promise<CodeAction[]> => {
    const lives = about(document).flatMap(each => each.lines);
    const here = lives.flatMap(({ range, line }) => (range?.intersection(at) ? line : []));
    return actionsOf(client, document.uri, here);
  };

  const parts = Disposables.from(
    changed,
    problems,
    window.registerTreeDataProvider<Node>('bulkhead.scan', {
      onDidChangeTreeData: changed.event,
      getTreeItem: itemOf,
      getChildren: node => [...(node?.children ?? [...shown.values()].map(imageNode))],
    }),
    languages.registerCodeActionsProvider(editedDocuments(), { provideCodeActions: actionsAt }),
    workspace.onDidChangeTextDocument(follow),
    window.onDidChangeActiveTextEditor(showStatus),
  );
  return {
    show(images) {
      for (const image of images) {
        const uri = image.uri === null ? undefined : client.protocol2CodeConverter.asUri(image.uri);
        const lines = image.lines.map(line => ({
          line,
          range: line.range ? rangeOf(line.range) : undefined,
        }));
        shown.set(`${image.image} ${image.uri}`, { image, uri, lines, isStale: false });
        if (uri) showProblems(uri);
      }
      changed.fire(undefined);
      showStatus();
      void commands.executeCommand('setContext', 'bulkhead.hasScan', true);
      void commands.executeCommand('bulkhead.scan.focus');
    },
    dispose() {
      parts.dispose();
      status?.dispose();
    },
  };
}
