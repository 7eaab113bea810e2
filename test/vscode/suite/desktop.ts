// What a person does with the installed extension, in a real VS Code. Starts by `run`, whoever calls it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  type CodeAction,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  extensions,
  Diagnostic as Finding,
  type Hover,
  languages,
  Range,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { findings, idOf, rulesIn, runTests, type Test, when } from '../support/suite.ts';

const folder = (): Uri => workspace.workspaceFolders?.[0]?.uri ?? assert.fail('No folder is open.');
const uriOf = (path: string): Uri => Uri.joinPath(folder(), path);

const weak =
  'FROM node\nARG NPM_TOKEN\nENV API_PASSWORD=correct-horse\nWORKDIR /srv\nCOPY . .\nRUN npm ci\nEXPOSE 3000\nCMD ["node", "server.js"]\n';
const service = 'services:\n  web:\n    image: nginx\n    privileged: true\n';

async function open(path: string, text: string): Promise<TextDocument> {
  const uri = uriOf(path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document);
  return document;
}

const ours = ({ uri }: TextDocument, rule: string): Diagnostic =>
  languages.getDiagnostics(uri).find(one => one.source === 'bulkhead' && idOf(one) === rule) ??
  assert.fail(`${rule} is not found: ${rulesIn(uri)}`);

/** The actions at a finding, as the lightbulb lists them. */
const actionsFor = (document: TextDocument, rule: string): Thenable<CodeAction[]> =>
  commands.executeCommand(
    'vscode.executeCodeActionProvider',
    document.uri,
    ours(document, rule).range,
    'quickfix',
    100,
  );

async function apply(action: CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit, 'There is no such action, or it edits nothing.');
  assert.ok(await workspace.applyEdit(action.edit));
}

async function setSetting(name: string, value: unknown, section = 'bulkhead'): Promise<void> {
  await workspace.getConfiguration(section).update(name, value, ConfigurationTarget.Workspace);
}

/** What the command line makes of a text. */
const fixedByCommandLine = (text: string, ...flags: string[]): string => {
  const cli = process.env.BULKHEAD_TEST_CLI ?? assert.fail('Where is the command line?');
  return execFileSync(process.execPath, [cli, 'fix', ...flags, '--fail-on', 'never', '-'], {
    input: text,
    cwd: folder().fsPath,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
};

/** Repairs from the lightbulb: file, text, rule. Each finding goes when its first repair is applied. */
const repairs: [path: string, text: string, rule: string][] = [
  ['user/Dockerfile', 'FROM node:22-slim\nCMD ["node", "server.js"]\n', 'root-user'],
  ['tag/Dockerfile', 'FROM node\nUSER node\nCMD ["node", "server.js"]\n', 'unpinned-image'],
  [
    'health/Dockerfile',
    'FROM node:22\nUSER node\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
    'missing-healthcheck',
  ],
  [
    'secret/Dockerfile',
    'FROM node:22\nARG NPM_TOKEN\nRUN echo $NPM_TOKEN && npm ci\nUSER node\n',
    'secret-in-arg',
  ],
];

const tests: Test[] = [
  [
    'findings appear in a Dockerfile',
    async () => {
      const document = await open('Dockerfile', weak);
      await findings(document, 'the account', rules => rules.includes('root-user'));
    },
  ],
  [
    'findings appear in a Compose file',
    async () => {
      const document = await open('compose.yaml', service);
      assert.equal(document.languageId, 'dockercompose');
      await findings(document, 'the privileges', rules => rules.includes('compose-privileged'));
    },
  ],
  [
    'findings come while a person types',
    async () => {
      const document = await open('typed/Dockerfile', 'FROM node:22\nUSER node\n');
      const edit = new WorkspaceEdit();
      edit.insert(document.uri, document.lineAt(2).range.start, 'USER root\n');
      await workspace.applyEdit(edit);
      await findings(document, 'the account', rules => rules.includes('root-user'));
    },
  ],
  ...repairs.map(
    ([path, text, rule]): Test => [
      `the lightbulb repairs ${rule}`,
      async () => {
        const document = await open(path, text);
        await findings(document, rule, rules => rules.includes(rule));
        const [first] = await actionsFor(document, rule);
        await apply(first);
        await findings(document, `no ${rule}`, rules => !rules.includes(rule));
      },
    ],
  ),
  [
    'a finding is silenced from the lightbulb',
    async () => {
      const document = await open('silenced/Dockerfile', 'FROM node:22-slim\nCMD ["node", "server.js"]\n');
      await findings(document, 'root-user', rules => rules.includes('root-user'));
      const actions = await actionsFor(document, 'root-user');
      await apply(actions.find(({ title }) => title === 'Ignore root-user here'));
      await findings(document, 'no root-user', rules => !rules.includes('root-user'));
      assert.match(document.getText(), /# bulkhead ignore=root-user -- /);
    },
  ],
  [
    'hovering tells the rule',
    async () => {
      const document = await open('Dockerfile', weak);
      await findings(document, 'root-user', rules => rules.includes('root-user'));
      const hovers = await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        ours(document, 'root-user').range.start,
      );
      const text = hovers.flatMap(({ contents }) =>
        contents.map(part => (typeof part === 'string' ? part : part.value)),
      );
      assert.match(text.join('\n'), /root-user/);
    },
  ],
  [
    'the safe repairs are applied on save, once, with the bytes of the command line',
    async () => {
      await setSetting('codeActionsOnSave', { 'source.fixAll.bulkhead': 'explicit' }, 'editor');
      const text = 'from node:22 as Build\nRUN apt-get update && apt-get install -y curl\nUSER node\n';
      const document = await open('saved/Dockerfile', text);
      await findings(document, 'something', rules => rules.length > 0);
      const expected = fixedByCommandLine(text);
      assert.notEqual(expected, text);
      const edit = new WorkspaceEdit();
      edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '\n');
      await workspace.applyEdit(edit);
      await document.save();
      assert.equal(document.getText(), fixedByCommandLine(`${text}\n`));
      await setSetting('codeActionsOnSave', undefined, 'editor');
    },
  ],
  [
    'Fix All applies the safe repairs',
    async () => {
      const text = 'from node:22 as Build\nRUN apt-get update && apt-get install -y curl\nUSER node\n';
      const document = await open('all/Dockerfile', text);
      await findings(document, 'something', rules => rules.length > 0);
      await commands.executeCommand('bulkhead.fixAll');
      await when('the repairs', [workspace.onDidChangeTextDocument], () => document.getText() !== text);
      assert.equal(document.getText(), fixedByCommandLine(text));
    },
  ],
  [
    'Harden shows what it would do, and does it when told so',
    async () => {
      const text = 'FROM node:22-slim\nWORKDIR /srv\nCOPY . .\nCMD ["node", "server.js"]\n';
      const document = await open('harden/Dockerfile', text);
      await findings(document, 'root-user', rules => rules.includes('root-user'));
      await commands.executeCommand('bulkhead.harden');
      const input = await when('the difference', [window.tabGroups.onDidChangeTabs], () => {
        const shown = window.tabGroups.activeTabGroup.activeTab?.input;
        return shown instanceof TabInputTextDiff && shown;
      });
      const preview = await workspace.openTextDocument(input.modified);
      const expected = fixedByCommandLine(text, '--unsafe');
      assert.equal(preview.getText(), expected);
      assert.equal(document.getText(), text);
      await commands.executeCommand('bulkhead.applyHardening');
      assert.equal(document.getText(), expected);
      assert.ok(!(window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputTextDiff));
    },
  ],
  [
    'Lint the Workspace finds what is not open',
    async () => {
      const uri = uriOf('unopened/Dockerfile');
      await workspace.fs.writeFile(
        uri,
        new TextEncoder().encode('FROM node:22-slim\nCMD ["node", "x.js"]\n'),
      );
      const result = await commands.executeCommand<{ files: number; findings: number }>(
        'bulkhead.lintWorkspace',
      );
      assert.ok(result.files > 5 && result.findings > 5, JSON.stringify(result));
      await findings({ uri }, 'root-user', rules => rules.includes('root-user'));
    },
  ],
  [
    'settings take effect at once',
    async () => {
      const document = await open('Dockerfile', weak);
      await findings(document, 'something', rules => rules.length > 0);
      await setSetting('rules', { 'root-user': 'off' });
      await findings(document, 'no root-user', rules => rules.length > 0 && !rules.includes('root-user'));
      await setSetting('enable', false);
      await findings(document, 'nothing', rules => rules.length === 0);
      await setSetting('enable', undefined);
      await setSetting('rules', undefined);
      await findings(document, 'root-user again', rules => rules.includes('root-user'));
    },
  ],
  [
    'what another extension shows is left to it',
    async () => {
      const document = await open('others/Dockerfile', 'FROM node\nUSER node\nCMD ["node", "x.js"]\n');
      await findings(document, 'unpinned-image', rules => rules.includes('unpinned-image'));
      const { range } = ours(document, 'unpinned-image');
      const theirs = languages.createDiagnosticCollection('hadolint');
      const finding = new Finding(range, 'Always tag the version of an image explicitly');
      finding.source = 'hadolint';
      finding.code = 'DL3006';
      theirs.set(document.uri, [finding]);
      await findings(document, 'no unpinned-image', rules => !rules.includes('unpinned-image'));
      await setSetting('showDuplicates', true);
      await findings(document, 'both', rules => rules.includes('unpinned-image'));
      await setSetting('showDuplicates', undefined);
      theirs.dispose();
      await findings(document, 'ours again', rules => rules.includes('unpinned-image'));
    },
  ],
  [
    'Create Configuration makes a file that rules the others',
    async () => {
      await commands.executeCommand('bulkhead.createConfiguration');
      const document = window.activeTextEditor?.document ?? assert.fail('Nothing is shown.');
      assert.match(document.uri.path, /\.bulkhead\.yaml$/);
      assert.match(document.getText(), /^profile: recommended$/m);
      const edit = new WorkspaceEdit();
      edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), 'rules:\n  root-user: off\n');
      await workspace.applyEdit(edit);
      await document.save();
      const dockerfile = await open('Dockerfile', weak);
      await findings(dockerfile, 'no root-user', rules => rules.length > 0 && !rules.includes('root-user'));
      const back = new WorkspaceEdit();
      back.replace(document.uri, new Range(0, 0, document.lineCount, 0), 'rules: {}\n');
      await workspace.applyEdit(back);
      await document.save();
      await findings(dockerfile, 'root-user again', rules => rules.includes('root-user'));
    },
  ],
  [
    'Show Rule lists the rules',
    async () => {
      await open('Dockerfile', weak);
      const shown = commands.executeCommand('bulkhead.chooseRule');
      await commands.executeCommand('workbench.action.closeQuickOpen');
      await shown;
    },
  ],
  [
    'Show Log and Restart Server do what they say',
    async () => {
      await commands.executeCommand('bulkhead.showLog');
      await commands.executeCommand('bulkhead.restartServer');
      const document = await open('restarted/Dockerfile', 'FROM node:22-slim\nCMD ["node", "server.js"]\n');
      await findings(document, 'root-user', rules => rules.includes('root-user'));
    },
  ],
  [
    'a server that is killed comes back',
    async () => {
      const children = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' });
      const server = children
        .split('\n')
        .map(line => /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line))
        .find(match => Number(match?.[2]) === process.pid && match?.[3]?.includes('channel.cjs'));
      process.kill(Number(server?.[1] ?? assert.fail('No server runs.')), 'SIGKILL');
      const document = await open('again/Dockerfile', 'FROM node:22-slim\nCMD ["node", "server.js"]\n');
      await findings(document, 'root-user', rules => rules.includes('root-user'));
    },
  ],
  [
    'the extension is the installed one',
    async () => {
      const extension = extensions.getExtension('bulkhead.bulkhead') ?? assert.fail('It is not installed.');
      assert.ok(extension.isActive);
      assert.ok(
        extension.extensionPath.startsWith(process.env.BULKHEAD_TEST_EXTENSIONS ?? '?'),
        extension.extensionPath,
      );
    },
  ],
];

export const run = (): Promise<void> =>
  runTests(tests, process.env.BULKHEAD_TEST_REPORT ?? assert.fail('Where to report?'));
