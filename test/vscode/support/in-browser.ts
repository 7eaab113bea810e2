// The extension in the browser's own extension host: VS Code gets it from a web server, as vscode.dev does.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Editor, Page } from './editor.ts';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

interface WebServer {
  readonly port: number;
  close(): void;
}

/** Of the files in a folder. */
async function serve(folder: string): Promise<WebServer> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', types[path.extname(pathname)] ?? 'application/octet-stream');
    try {
      response.end(await readFile(path.join(folder, path.normalize(decodeURIComponent(pathname)))));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, close: () => server.close() };
}

const configuration = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;

/** The page of VS Code, with one more extension among those that belong to it. */
function withExtension(page: string, authority: string): string {
  return page.replace(configuration, (_, lead: string, written: string) => {
    const settings = JSON.parse(written.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    const additionalBuiltinExtensions = [{ scheme: 'http', authority, path: '/extension' }];
    const text = JSON.stringify({ ...settings, additionalBuiltinExtensions });
    return `${lead}${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
  });
}

async function openWithExtension(editor: Editor, folder: string, port: number): Promise<Page> {
  const page = await editor.open();
  await page.route(
    url => url.searchParams.has('folder'),
    async route => {
      const response = await route.fetch();
      // The policy of a server that gives its own extensions only.
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({
        response,
        headers,
        body: withExtension(await response.text(), `localhost:${port}`),
      });
    },
  );
  await page.goto(editor.url({ folder }));
  return page;
}

/** What VS Code underlines and lists of a Dockerfile in a folder: the rules. */
export async function rulesInBrowser(editor: Editor, work: string, vsix: string, folder: string) {
  execFileSync('unzip', ['-q', vsix, '-d', path.join(work, 'unpacked')]);
  const server = await serve(path.join(work, 'unpacked'));
  try {
    const page = await openWithExtension(editor, folder, server.port);
    await page.locator('.explorer-folders-view .monaco-list-row:has-text("Dockerfile")').first().click();
    await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await page.keyboard.press('Control+Shift+m');
    await page.locator('.markers-panel .marker-code').first().waitFor();
    const rules = await page.locator('.markers-panel .marker-code').allInnerTexts();
    await page.close();
    return rules;
  } finally {
    server.close();
  }
}
