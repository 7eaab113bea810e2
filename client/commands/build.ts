// "Build image": asks for what nobody can know, remembers it for the file, and builds as a task that can be stopped.
import { commands, l10n, type Memento, type QuickPickItem, Uri, window, workspace } from 'vscode';
import {
  type BuildForm,
  type BuildFormParams,
  type BuildFormResult,
  type BuildResult,
  type BuildWish,
  buildFormRequest,
} from '../../server/core/protocol/messages.ts';
import { runBuild } from '../build-task.ts';
import type { Client } from '../client.ts';

type Wish = { -readonly [Name in keyof BuildWish]: BuildWish[Name] };

/** What a CodeLens, a keybinding or the explorer gives along. */
interface Given {
  readonly uri?: Uri;
  readonly target?: string;
  readonly service?: string;
  /** Nothing is asked of what has one. */
  readonly tag?: string;
  /** All choices are asked for again. */
  readonly isChange: boolean;
}

const word = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function givenIn(given: unknown): Given {
  if (given instanceof Uri) return { uri: given, isChange: false };
  const { uri, target, service, tag, isChange } =
    typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const [place, stage, name, image] = [uri, target, service, tag].map(word);
  return {
    ...(place !== undefined && { uri: Uri.parse(place) }),
    ...(stage !== undefined && { target: stage }),
    ...(name !== undefined && { service: name }),
    ...(image !== undefined && { tag: image }),
    isChange: isChange === true,
  };
}

/** The person has gone away from a question. */
class Dismissed extends Error {}

function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Dismissed();
  return answer;
}

const input = async (prompt: string, value: string, password = false): Promise<string> =>
  answered(await window.showInputBox({ prompt, value, password, ignoreFocusOut: true }));

async function pick(placeHolder: string, words: readonly string[]): Promise<string> {
  return answered(await window.showQuickPick(words, { placeHolder, ignoreFocusOut: true }));
}

/** Values of these are asked each time, and written nowhere. */
const isGuarded = (name: string): boolean => /pass|secret|token|key|credential/i.test(name);

async function askArgument(name: string): Promise<string[]> {
  const prompt = l10n.t('The value of the build argument {0}; empty leaves it out', name);
  const value = await input(prompt, '', isGuarded(name));
  return value === '' ? [] : [`${name}=${value}`];
}

async function askSecret({ id, isRequired }: BuildForm['secrets'][number]): Promise<string[]> {
  const [file, variable, none] = [
    l10n.t('Choose a file'),
    l10n.t('Take it from a variable of the environment'),
    l10n.t('Build without it'),
  ];
  const ways = isRequired ? [file, variable] : [file, variable, none];
  const way = await pick(l10n.t('Where is the secret {0}?', id), ways);
  if (way === none) return [];
  if (way === variable) {
    return [`id=${id},env=${await input(l10n.t('The name of the variable'), id.toUpperCase())}`];
  }
  const [chosen] = answered(await window.showOpenDialog({ title: id }));
  return chosen ? [`id=${id},src=${chosen.fsPath}`] : [];
}

/** What can be chosen is asked for when there is a choice: at first, or when the person wants to change something. */
async function askChoices(wish: Wish, form: BuildForm): Promise<void> {
  const usual = l10n.t('(the usual one)');
  const tag = await input(l10n.t('The tag of the image'), form.tag);
  // One that names the commit is proposed anew the next time.
  if (tag !== form.tag) wish.tag = tag;
  if (form.engines.length > 1) wish.engine = await pick(l10n.t('What to build with'), form.engines);
  if (form.builders.length > 1) {
    const builder = await pick(l10n.t('The builder of docker buildx'), [usual, ...form.builders]);
    if (builder === usual) delete wish.builder;
    else wish.builder = builder;
  }
}

async function askRest(wish: Wish, form: BuildForm): Promise<void> {
  if (wish.service === undefined && form.targets.length > 1) {
    wish.target = await pick(l10n.t('The stage to build'), form.targets);
  }
  wish.context = await input(l10n.t('The folder that is the build context'), form.context);
  const platform = await input(
    l10n.t('The platform, such as linux/arm64; empty for that of the builder'),
    wish.platform ?? '',
  );
  if (platform === '') delete wish.platform;
  else wish.platform = platform;
}

export interface Building {
  image(given: unknown): Promise<void>;
}

export function createBuilding(client: Client, memory: Memento): Building {
  const formOf = (uri: string, wish: BuildWish): Promise<BuildFormResult> => {
    const params: BuildFormParams = { uri, wish };
    return client.sendRequest<BuildFormResult>(buildFormRequest, params);
  };

  /** The tag of what is to be built; undefined where it is not. */
  const complete = async (
    uri: string,
    wish: Wish,
    { isFirst, isChange }: { readonly isFirst: boolean; readonly isChange: boolean },
  ): Promise<string | undefined> => {
    let form = await formOf(uri, wish);
    if ('services' in form) {
      wish.service = await pick(l10n.t('The service to build'), form.services);
      form = await formOf(uri, wish);
    }
    if ('problem' in form) {
      void window.showErrorMessage(form.problem);
      return undefined;
    }
    if (!('tag' in form)) return undefined;
    if (isFirst || isChange) await askChoices(wish, form);
    if (isChange) await askRest(wish, form);
    for (const name of form.args) wish.args = [...wish.args, ...(await askArgument(name))];
    for (const secret of form.secrets) wish.secrets = [...wish.secrets, ...(await askSecret(secret))];
    const yes = l10n.t('Build');
    if (form.largeContext !== null) {
      const answer = await window.showWarningMessage(form.largeContext, { modal: true }, yes);
      if (answer !== yes) return undefined;
    }
    return wish.tag ?? form.tag;
  };

  const build = async (document: Uri, given: Given): Promise<void> => {
    const uri = client.code2ProtocolConverter.asUri(document);
    const key = ['build', uri, given.service ?? '', given.target ?? ''].join(' ');
    const { target, service, tag: named, isChange } = given;
    const known = memory.get<BuildWish>(key);
    const wish: Wish = {
      args: [],
      secrets: [],
      ...(isChange ? {} : known),
      ...(target !== undefined && { target }),
      ...(service !== undefined && { service }),
      ...(named !== undefined && { tag: named }),
    };
    const tag = await complete(uri, wish, {
      isFirst: known === undefined && named === undefined,
      isChange,
    });
    if (tag === undefined) return;
    const args = wish.args.filter(arg => !isGuarded(arg.slice(0, arg.indexOf('='))));
    await memory.update(key, { ...wish, args });
    const result = await runBuild(client, { uri, wish }, tag);
    if (result) void tell(result, { uri, target, service, isChange: true }, tag);
  };

  return {
    async image(written) {
      const given = givenIn(written);
      const uri = given.uri ?? window.activeTextEditor?.document.uri;
      if (!uri) return;
      const document = await workspace.openTextDocument(uri);
      // What is built is the file on disk.
      if (document.isDirty) await document.save();
      try {
        await build(document.uri, given);
      } catch (error) {
        if (!(error instanceof Dismissed)) throw error;
      }
    },
  };
}

/** The arguments of the command once more, with all choices. */
type Again = Readonly<Record<string, unknown>> & {
  readonly uri: string;
  readonly service: string | undefined;
};

interface Next extends Pick<QuickPickItem, 'label'> {
  readonly run: () => Thenable<unknown>;
}

async function tell({ ending, summary }: BuildResult, again: Again, image: string): Promise<void> {
  if (ending === 'cancelled') return;
  const { uri, service } = again;
  const offer = (label: string, command: string, given: unknown): Next[] =>
    ending === 'built' ? [{ label, run: () => commands.executeCommand(command, given) }] : [];
  const next: Next[] = [
    ...offer(l10n.t('Scan'), 'bulkhead.scanImage', { uri, image }),
    ...offer(l10n.t('Inspect Size'), 'bulkhead.inspectSize', service === undefined ? Uri.parse(uri) : image),
    ...(ending === 'failed'
      ? [
          {
            label: l10n.t('Show Problems'),
            run: () => commands.executeCommand('workbench.actions.view.problems'),
          },
        ]
      : []),
    { label: l10n.t('Build Differently'), run: () => commands.executeCommand('bulkhead.buildImage', again) },
  ];
  const show = ending === 'built' ? window.showInformationMessage : window.showErrorMessage;
  const answer = await show(summary.split('\n')[0] ?? '', ...next.map(({ label }) => label));
  await next.find(({ label }) => label === answer)?.run();
}
