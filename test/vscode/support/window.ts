// Windows of VS Code: one page of its server, with what is wished for changed in the configuration that the page holds.
import type { Editor, Page } from './editor.ts';

/** An extension under development, and a suite in it. */
interface Tests {
  readonly extension: string;
  readonly suite: string;
}

export interface WindowWishes {
  /** A path of the machine, or a URI. */
  readonly folder: string;
  readonly trusted: boolean;
  /** In the extension host of the machine. */
  readonly tests?: Tests;
  /** In the extension host of the browser, as in vscode.dev: extensions that a web server gives, at this authority. */
  readonly inBrowser?: Tests & { readonly authority: string; readonly installed: string };
}

const configuration = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;

/** A folder that nobody has been asked about is not trusted, and nobody is asked. */
const unasked = { 'security.workspace.trust.startupPrompt': 'never' };

function configured(page: string, { trusted, inBrowser }: WindowWishes): string {
  return page.replace(configuration, (_, lead: string, written: string) => {
    const given = JSON.parse(written.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    const at = (path: string): object => ({ scheme: 'http', authority: inBrowser?.authority, path });
    const settings = {
      ...given,
      enableWorkspaceTrust: !trusted,
      configurationDefaults: { ...given.configurationDefaults, ...unasked },
      ...(inBrowser && {
        additionalBuiltinExtensions: [at(inBrowser.installed)],
        developmentOptions: {
          ...given.developmentOptions,
          extensions: [at(inBrowser.extension)],
          extensionTestsPath: at(inBrowser.suite),
        },
      }),
    };
    return `${lead}${JSON.stringify(settings).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
  });
}

const payload = ({ extension, suite }: Tests): string =>
  JSON.stringify([
    ['extensionDevelopmentPath', extension],
    ['extensionTestsPath', suite],
    ['skipWelcome', 'true'],
  ]);

/** Opens it; `prepare` is called before it shows anything. */
export async function openWindow(
  editor: Editor,
  wishes: WindowWishes,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Page> {
  const page = await editor.open();
  await prepare(page);
  await page.route(
    url => url.searchParams.has('folder'),
    async route => {
      const response = await route.fetch();
      // The policy of a server that gives its own extensions only.
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers, body: configured(await response.text(), wishes) });
    },
  );
  const { folder, tests } = wishes;
  await page.goto(editor.url({ folder, ...(tests && { payload: payload(tests) }) }));
  return page;
}
