// The style and the script of the production report's page.
import { pageStyle } from './html.ts';

/** All colours are the theme's. */
export const style = `${pageStyle}
nav ul { list-style: none; padding: 0; margin: 1em 0; display: flex; flex-wrap: wrap; gap: .25em 2em; }
section { overflow-x: auto; }
th[scope=row] { font-weight: 600; width: 13em; min-width: 8em; }
th[scope=row] + td { min-width: 8em; }
.status { width: 7em; white-space: nowrap; }
.status span { display: inline-block; width: 1em; text-align: center; font-weight: 700; }
tr.more td { padding-top: 0; padding-bottom: .7em; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-panel-border, transparent)); }
.passed .status { color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
.failed .status, .info .severity, .hint .severity { color: var(--vscode-editorInfo-foreground); }
.failed.warning .status, .warning .severity { color: var(--vscode-editorWarning-foreground); }
.failed.error .status, .error .severity { color: var(--vscode-editorError-foreground); }
.unknown .status, .accepted .status, .note, .source, .safety, summary { color: var(--vscode-descriptionForeground); }
.findings { list-style: none; padding: 0; margin: 0; }
.findings li { margin: 0 0 .7em; padding-left: .8em; border-left: 3px solid var(--vscode-editorInfo-foreground); }
.findings li.warning { border-color: var(--vscode-editorWarning-foreground); }
.findings li.error { border-color: var(--vscode-editorError-foreground); }
.findings p { margin: 0 0 .2em; }
.source > * { margin-right: .8em; }
.from { min-width: 11em; }
details ul, details p { margin: .2em 0; }
button.action code { background: none; color: inherit; padding: 0; }
button.action .safety { color: inherit; opacity: .8; font-size: .9em; margin-left: .4em; }
`;

/** Passes on what is pressed, and takes a newer body in; what was focused and unfolded stays so. The editor keeps the state. */
export const script = `
const editor = acquireVsCodeApi();
const main = document.querySelector('main');
const news = document.getElementById('news');
document.addEventListener('click', ({ target }) => {
  const pressed = target.closest('[data-message]');
  if (pressed) editor.postMessage(JSON.parse(pressed.dataset.message));
});
addEventListener('message', ({ data: { body, state } }) => {
  if (state) editor.setState(state);
  if (typeof body !== 'string') return;
  const focused = document.activeElement ? document.activeElement.id : '';
  const open = [...main.querySelectorAll('details[open]')].map(({ id }) => id);
  main.innerHTML = body;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focused) (document.getElementById(focused) ?? main.querySelector('h1')).focus();
  news.textContent = document.getElementById('counts')?.textContent ?? '';
});
editor.postMessage({ kind: 'ready' });
`;
