// Builds after an installation. As `npm install --global git+...` and pre-commit have it, npm installs the package and not what
// builds it, since the word `global` holds for the copy that it prepares too; so that is done first.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const npm = (...words) =>
  execFileSync('npm', words, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, npm_config_global: 'false' },
    shell: process.platform === 'win32',
  });

if (!existsSync(path.join(root, 'node_modules', 'tsx'))) {
  npm('install', '--no-global', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
}
npm('run', '--silent', 'build');
