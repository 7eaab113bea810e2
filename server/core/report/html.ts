// Pages of an editor: words of files made harmless, and the frame that runs and styles only what carries its nonce.

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (words: string): string => words.replace(/[&<>"']/g, sign => escapes[sign] ?? sign);

/** What all pages have in common; all colours are the theme's. */
export const pageStyle = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; padding: 0 2em 3em; }
main { max-width: 70em; margin: 0 auto; }
h1 { font-size: 1.6em; font-weight: 600; margin: 1em 0 0; }
h1 + p { margin: 0; color: var(--vscode-descriptionForeground); }
h2 { font-size: 1.3em; font-weight: 600; margin: 2em 0 0; }
h2 + p { margin: 0 0 .5em; }
#counts { margin: .5em 0; }
table { width: 100%; border-collapse: collapse; margin-top: .5em; }
thead th { font-weight: 400; color: var(--vscode-descriptionForeground); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
th, td { text-align: left; vertical-align: top; padding: .3em 1em .3em 0; overflow-wrap: anywhere; }
code { font-family: var(--vscode-editor-font-family); font-size: .95em; color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background, transparent); padding: 0 .2em; border-radius: 3px; }
a, button.link { color: var(--vscode-textLink-foreground); text-decoration: none; cursor: pointer; }
a:hover, button.link:hover { color: var(--vscode-textLink-activeForeground); text-decoration: underline; }
button { font: inherit; text-align: left; cursor: pointer; border: 0; background: none; padding: 0; overflow-wrap: anywhere; }
button.action { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; padding: .2em .7em; margin: .2em .4em .2em 0; }
button.action:hover { background: var(--vscode-button-secondaryHoverBackground); }
:focus-visible, button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`;

interface Page {
  readonly title: string;
  readonly body: string;
  readonly style: string;
  readonly script: string;
}

/** Only letters and digits may stand where what is run is named. */
export function requireNonce(nonce: string): void {
  if (!/^[a-zA-Z0-9]{16,}$/.test(nonce)) throw new Error('The nonce is not one.');
}

export function htmlPage({ title, body, style, script }: Page, nonce: string): string {
  requireNonce(nonce);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>${body}</main>
<p id="news" role="status" class="unseen"></p>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}
