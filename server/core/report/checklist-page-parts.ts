// The style and the script of the production report's page.

/** All colours are the theme's. */
export const style = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; padding: 0 2em 3em; }
main { max-width: 70em; margin: 0 auto; }
h1 { font-size: 1.6em; font-weight: 600; margin: 1em 0 0; }
h1 + p { margin: 0; color: var(--vscode-descriptionForeground); }
h2 { font-size: 1.3em; font-weight: 600; margin: 2em 0 0; }
h2 + p { margin: 0 0 .5em; }
#counts { margin: .5em 0; }
nav ul { list-style: none; padding: 0; margin: 1em 0; display: flex; flex-wrap: wrap; gap: .25em 2em; }
table { width: 100%; border-collapse: collapse; margin-top: .5em; }
thead th { font-weight: 400; color: var(--vscode-descriptionForeground); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
th, td { text-align: left; vertical-align: top; padding: .3em 1em .3em 0; overflow-wrap: anywhere; }
th[scope=row] { font-weight: 600; width: 13em; }
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
code { font-family: var(--vscode-editor-font-family); font-size: .95em; color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background, transparent); padding: 0 .2em; border-radius: 3px; }
a, button.link { color: var(--vscode-textLink-foreground); text-decoration: none; cursor: pointer; }
a:hover, button.link:hover { color: var(--vscode-textLink-activeForeground); text-decoration: underline; }
button { font: inherit; text-align: left; cursor: pointer; border: 0; background: none; padding: 0; overflow-wrap: anywhere; }
button.action { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; padding: .2em .7em; margin: .2em .4em .2em 0; }
button.action:hover { background: var(--vscode-button-secondaryHoverBackground); }
button.action code { background: none; color: inherit; padding: 0; }
button.action .safety { color: inherit; opacity: .8; font-size: .9em; margin-left: .4em; }
:focus-visible, button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** Passes on what is pressed, and takes a newer body in; what was focused and unfolded stays so. */
export const script = `
const editor = acquireVsCodeApi();
const main = document.querySelector('main');
const news = document.getElementById('news');
document.addEventListener('click', ({ target }) => {
  const pressed = target.closest('[data-message]');
  if (pressed) editor.postMessage(JSON.parse(pressed.dataset.message));
});
addEventListener('message', ({ data: { body } }) => {
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
