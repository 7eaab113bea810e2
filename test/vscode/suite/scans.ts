// Scans as a person meets them: problems at the line, which follow its text and go with it, and a vulnerability that is accepted.
import assert from 'node:assert/strict';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  languages,
  Position,
  Range,
  type Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { type Test, when } from '../support/suite.ts';
import { open } from './files.ts';
import { run } from './palette.ts';

const dockerfile = 'FROM example/scanned:1\nUSER 1000\n';

const scanned = (uri: Uri): Diagnostic[] =>
  languages.getDiagnostics(uri).filter(({ source }) => source === 'bulkhead scan');

const linesOf = (
  uri: Uri,
  what: string,
  fits: (lines: readonly number[]) => boolean,
): Promise<readonly number[]> =>
  when(what, [languages.onDidChangeDiagnostics], () => {
    const lines = scanned(uri).map(({ range }) => range.start.line);
    return fits(lines) && lines;
  });

async function change(uri: Uri, at: Position, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(uri, at, text);
  await workspace.applyEdit(edit);
}

/** Milliseconds until the problems of a scan of this image are there: the least of some. */
async function timed(image: string): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < 3; at++) {
    const { uri } = await open(`timed-${image.replace(/\W/g, '-')}-${at}/Dockerfile`, dockerfile);
    const began = performance.now();
    await run('bulkhead.scanImage', image);
    await linesOf(uri, 'vulnerabilities', lines => lines.length > 0);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

export const scans: readonly Test[] = [
  [
    'Scan Workspace shows what images hold at the lines that bring it, until these change',
    async () => {
      const { uri } = await open('scanned/Dockerfile', dockerfile);
      await run('bulkhead.scanWorkspace');
      await linesOf(uri, 'vulnerabilities', lines => lines.length === 1 && lines[0] === 0);
      const [problem] = scanned(uri);
      assert.match(
        problem?.message ?? '',
        /^2 critical vulnerabilities in a package of this image: openssl 3\.0\.9-1/,
      );
      assert.match(problem?.relatedInformation?.[0]?.message ?? '', /CVE-2026-0001, CVE-2026-0002/);
      await change(uri, new Position(0, 0), '# ours\n');
      await linesOf(uri, 'the line below', lines => lines[0] === 1);
      await change(uri, new Position(1, 5), 'x');
      await linesOf(uri, 'nothing', lines => lines.length === 0);
    },
  ],
  [
    'Scan Image scans what was built from the file, and its problems offer to accept them',
    async () => {
      const { uri } = await open('scan/Dockerfile', dockerfile);
      await run('bulkhead.scanImage', 'example/scanned:1');
      await linesOf(uri, 'vulnerabilities', lines => lines.length === 1);
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        new Range(0, 6, 0, 6),
      );
      assert.ok(actions.some(({ title }) => title === 'Accept a vulnerability…'));
    },
  ],
  [
    'five thousand vulnerabilities show in less than a second more than two do',
    async () => {
      const few = await timed('example/scanned:1');
      const many = await timed('example/large:1');
      assert.ok(many - few < 1_000, `${Math.round(many)} and ${Math.round(few)} ms`);
    },
  ],
  [
    'Accept Vulnerability asks for a reason, and does nothing without one',
    async () => {
      const { uri } = await open('accept/Dockerfile', dockerfile);
      const vulnerabilities = [{ id: 'CVE-2026-0001', package: 'openssl', title: '' }];
      const done = run('bulkhead.acceptVulnerability', { uri, vulnerabilities });
      await commands.executeCommand('workbench.action.closeQuickOpen');
      await done;
    },
  ],
];
