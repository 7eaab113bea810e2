// What a person does while editing, the same in every VS Code: findings, repairs, hovers, settings. Nothing of Node is used.
import assert from 'node:assert/strict';
import {
  commands,
  Diagnostic as Finding,
  languages,
  Range,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { byCommandLine, findings, type Test, when } from '../support/suite.ts';
import { actionsFor, apply, hoverAt, open, ours, setSetting, weak, write } from './files.ts';
import { untidy } from './texts.ts';

const service = 'services:\n  web:\n    image: nginx\n    privileged: true\n';

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
  ['privileged/compose.yaml', service, 'compose-privileged'],
];

const append = async (document: TextDocument, text: string): Promise<void> => {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, text);
  assert.ok(await workspace.applyEdit(edit));
};

const replace = async (document: TextDocument, text: string): Promise<void> => {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  assert.ok(await workspace.applyEdit(edit));
};

export const appearance: readonly Test[] = [
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
    'findings come while a person types, and go',
    async () => {
      const document = await open('typed/Dockerfile', 'FROM node:22\nUSER node\n');
      await append(document, 'USER root\n');
      await findings(document, 'the account', rules => rules.includes('root-user'));
      await commands.executeCommand('undo');
      await findings(document, 'no root-user', rules => !rules.includes('root-user'));
    },
  ],
];

export const lightbulb: readonly Test[] = [
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
];

export const saving: readonly Test[] = [
  [
    'the safe repairs are applied on save, once, with the bytes of the command line',
    async () => {
      await setSetting('codeActionsOnSave', { 'source.fixAll.bulkhead': 'explicit' }, 'editor');
      const document = await open('saved/Dockerfile', untidy);
      await findings(document, 'something', rules => rules.length > 0);
      await append(document, '\n');
      await document.save();
      assert.equal(document.getText(), byCommandLine('safe', `${untidy}\n`));
      await setSetting('codeActionsOnSave', undefined, 'editor');
    },
  ],
];

export const reading: readonly Test[] = [
  [
    'hovering tells the rule, and why it matters',
    async () => {
      const document = await open('Dockerfile', weak);
      await findings(document, 'root-user', rules => rules.includes('root-user'));
      const text = await hoverAt(document, ours(document, 'root-user').range.start);
      assert.match(text, /root-user/);
      assert.match(text, /container/);
    },
  ],
];

export const settings: readonly Test[] = [
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
      await replace(document, 'rules:\n  root-user: off\n');
      await document.save();
      const dockerfile = await open('Dockerfile', weak);
      await findings(dockerfile, 'no root-user', rules => rules.length > 0 && !rules.includes('root-user'));
      await replace(document, 'rules: {}\n');
      await document.save();
      await findings(dockerfile, 'root-user again', rules => rules.includes('root-user'));
    },
  ],
];

export const folders: readonly Test[] = [
  [
    'Lint the Workspace finds what is not open',
    async () => {
      const uri = await write('unopened/Dockerfile', 'FROM node:22-slim\nCMD ["node", "x.js"]\n');
      const result = await commands.executeCommand<{ files: number; findings: number }>(
        'bulkhead.lintWorkspace',
      );
      assert.ok(result.files > 1 && result.findings > 1, JSON.stringify(result));
      await findings({ uri }, 'root-user', rules => rules.includes('root-user'));
    },
  ],
];

/** Waits for a text other than this one. */
export const textAfter = async (document: TextDocument, text: string): Promise<string> => {
  await when('the repairs', [workspace.onDidChangeTextDocument], () => document.getText() !== text);
  return document.getText();
};
