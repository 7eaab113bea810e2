// Tries the configuration that docs/editors.md gives for Neovim, in a real one, with the built server.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRepository } from '../../scripts/repository.ts';

const patience = 60_000;

function hasNeovim(): boolean {
  return spawnSync('nvim', ['--version']).status === 0;
}

/** Null where it is there, or can be had. */
function obstacle(): string | null {
  if (hasNeovim()) return null;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'Neovim is not installed.';
  const apt = (...words: string[]): unknown =>
    execFileSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'neovim');
  return hasNeovim() ? null : 'Neovim cannot be installed.';
}

/** The Lua of the chapter: for the newest Neovim, for older ones, and what repairs on save. */
function configurations(): readonly [newest: string, older: string, onSave: string] {
  const [, chapter = ''] = readFileSync(inRepository('docs', 'editors.md'), 'utf8').split('### Neovim\n');
  const [newest, older, onSave] = [...chapter.matchAll(/```lua\n(.*?)```/gs)].map(match => match[1]);
  assert.ok(newest && older && onSave, 'docs/editors.md has no configurations for Neovim.');
  return [newest, older, onSave];
}

/** Opens a file, waits for the findings, repairs the first of a rule, saves, and tells what has become of it. */
const script = (rule: string): string => `
local function codes()
  return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
end
local function finds(rule)
  return vim.tbl_contains(codes(), rule)
end
assert(vim.wait(${patience}, function() return finds('${rule}') end), '${rule} is not found')
local found = codes()
local at = vim.tbl_filter(function(one) return one.code == '${rule}' end, vim.diagnostic.get(0))[1]
vim.api.nvim_win_set_cursor(0, { at.lnum + 1, at.col })
local params = vim.lsp.util.make_range_params(0, 'utf-16')
params.context = { only = { 'quickfix' }, diagnostics = {} }
local action
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, ${patience})) do
  action = action or answer.result[1]
end
local resolved = action.edit and action
for _, answer in pairs(resolved and {} or vim.lsp.buf_request_sync(0, 'codeAction/resolve', action, ${patience})) do
  resolved = resolved or answer.result
end
vim.lsp.util.apply_workspace_edit(resolved.edit, 'utf-16')
assert(vim.wait(${patience}, function() return not finds('${rule}') end), '${rule} does not go')
vim.cmd('write')
io.stdout:write(vim.json.encode({ found = found, title = action.title, left = codes() }))
vim.cmd('quitall!')
`;

interface Told {
  readonly found: readonly string[];
  readonly title: string;
  readonly left: readonly string[];
}

function tryFile(
  work: string,
  configuration: string,
  [name, text, rule]: readonly [string, string, string],
): Told {
  const file = path.join(work, name);
  writeFileSync(file, text);
  writeFileSync(path.join(work, 'init.lua'), configuration);
  writeFileSync(path.join(work, 'steps.lua'), script(rule));
  const told = execFileSync(
    'nvim',
    ['--headless', '-u', 'init.lua', name, '-c', 'luafile steps.lua', '-c', 'cquit'],
    {
      cwd: work,
      encoding: 'utf8',
      timeout: 3 * patience,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        HOME: work,
        XDG_CONFIG_HOME: work,
        XDG_STATE_HOME: work,
        PATH: `${path.join(work, 'bin')}${path.delimiter}${process.env.PATH}`,
      },
    },
  );
  return JSON.parse(told) as Told;
}

/** What is repaired from the list of actions, and what on save. */
const files = [
  ['Dockerfile', 'from node:22-slim\nUSER root\nCMD ["node", "server.js"]\n', 'root-user'],
  ['compose.yaml', 'services:\n  web:\n    image: nginx:1.29\n    privileged: true\n', 'compose-privileged'],
] as const;

function main(): number {
  const reason = obstacle();
  if (reason !== null) {
    console.error(reason);
    return process.env.CI ? 1 : 0;
  }
  const [version = ''] = execFileSync('nvim', ['--version'], { encoding: 'utf8' }).split('\n');
  const [newest, older, onSave] = configurations();
  const minor = Number(/v0\.(\d+)/.exec(version)?.[1] ?? 99);
  const work = mkdtempSync(path.join(tmpdir(), 'bulkhead-editors-'));
  try {
    mkdirSync(path.join(work, 'bin'));
    mkdirSync(path.join(work, '.git'));
    symlinkSync(inRepository('dist', 'cli.cjs'), path.join(work, 'bin', 'bulkhead'));
    for (const file of files) {
      const { found, title, left } = tryFile(work, (minor >= 11 ? newest : older) + onSave, file);
      console.log(`ok     ${version}, ${file[0]}: ${found.join(', ')}; "${title}", and ${left.length} left`);
    }
    const saved = readFileSync(path.join(work, 'Dockerfile'), 'utf8');
    assert.match(saved, /^FROM node:22-slim$/m, 'Nothing is repaired on save.');
    console.log('ok     the safe repairs are applied on save');
    return 0;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = main();
