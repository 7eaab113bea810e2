// The style and the script of the page about the size of an image.
import { pageStyle } from './html.ts';
import { mapScript } from './size-map-script.ts';

/** Of layers: the first is that of the base, the others come round again. */
export const colours = 7;

/** Orange is next to nothing on a dark page. */
const hues = [
  'charts-blue',
  'charts-green',
  'charts-yellow',
  'charts-purple',
  'charts-red',
  'terminal-ansiCyan',
];

export const style = `${pageStyle}
.number, .layers th:is(:nth-child(3), :nth-child(4)), .paths th:first-child { text-align: right; white-space: nowrap; }
th, td > button { white-space: nowrap; }
.files { min-width: 9em; }
.layers td:last-child { width: 45%; }
svg { display: block; width: 100%; height: auto; margin: .5em 0; }
.key { width: 1em; height: 1em; margin: .25em 0; }
rect { stroke: var(--vscode-contrastBorder, var(--vscode-editor-background)); stroke-width: 1; fill-opacity: .45; }
.folder { fill-opacity: .15; }
.bar rect, .key rect { fill-opacity: .6; }
.c0 { fill: var(--vscode-descriptionForeground); }
${hues.map((hue, at) => `.c${at + 1} { fill: var(--vscode-${hue}); }`).join('\n')}
.gone { fill: var(--vscode-editor-background); fill-opacity: .6; }
.at { stroke: var(--vscode-focusBorder, var(--vscode-foreground)); stroke-width: 3; }
.rest { fill-opacity: .08; }
#files { cursor: zoom-in; }
#crumbs { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .5em; }
#crumbs button + button::before { content: '/'; padding-right: .5em; color: var(--vscode-descriptionForeground); }
#crumbs button:first-child + button::before { content: ''; padding: 0; }
#crumbs :disabled { color: inherit; cursor: default; }
text { font-size: 11px; fill: var(--vscode-foreground); pointer-events: none; }
#says { position: sticky; top: 0; min-height: 1.5em; margin: 0; background: var(--vscode-editor-background); color: var(--vscode-descriptionForeground); overflow-wrap: anywhere; }
#stale { border-left: 3px solid var(--vscode-editorWarning-foreground); padding-left: .8em; }
`;

/** Passes on what is pressed, and tells what is pointed at or reached with the arrow keys. */
export const script = `
const editor = acquireVsCodeApi();
const says = document.getElementById('says');
let at = null;
const go = rect => {
  at?.classList.remove('at');
  at = rect;
  if (!at) return;
  at.classList.add('at');
  says.textContent = at.dataset.says;
};
document.addEventListener('click', ({ target }) => {
  const pressed = target.closest('[data-message]');
  if (pressed) editor.postMessage(JSON.parse(pressed.dataset.message));
});
for (const map of document.querySelectorAll('.map')) {
  const rectsOf = () => [...map.querySelectorAll('rect')];
  map.addEventListener('pointermove', ({ target }) => { if (target.dataset.says) go(target); });
  map.addEventListener('focus', () => go(map.contains(at) ? at : rectsOf()[0]));
  map.addEventListener('blur', () => go(null));
  map.addEventListener('keydown', event => {
    const rects = rectsOf();
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -rects.length, End: rects.length };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    go(rects[Math.min(Math.max(rects.indexOf(at) + step, 0), rects.length - 1)]);
  });
}
${mapScript}
addEventListener('message', ({ data }) => {
  document.getElementById('stale').hidden = !data.isStale;
});
editor.postMessage({ kind: 'ready' });
`;
