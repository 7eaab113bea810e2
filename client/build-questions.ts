// What a person is asked before a build: nothing but what neither the file nor the machine says.
import { l10n, window } from 'vscode';
import type { BuildForm, BuildWish } from '../server/core/protocol/messages.ts';

export type Wish = { -readonly [Name in keyof BuildWish]: BuildWish[Name] };

/** The person has gone away from a question. */
export class Dismissed extends Error {}

function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Dismissed();
  return answer;
}

const input = async (prompt: string, value: string, password = false): Promise<string> =>
  answered(await window.showInputBox({ prompt, value, password, ignoreFocusOut: true }));

export async function pick(placeHolder: string, words: readonly string[]): Promise<string> {
  return answered(await window.showQuickPick(words, { placeHolder, ignoreFocusOut: true }));
}

/** Values of these are asked each time, and written nowhere. */
export const isGuarded = (name: string): boolean => /pass|secret|token|key|credential/i.test(name);

export async function askArgument(name: string): Promise<string[]> {
  const prompt = l10n.t('The value of the build argument {0}; empty leaves it out', name);
  const value = await input(prompt, '', isGuarded(name));
  return value === '' ? [] : [`${name}=${value}`];
}

export async function askSecret({ id, isRequired }: BuildForm['secrets'][number]): Promise<string[]> {
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
export async function askChoices(wish: Wish, form: BuildForm): Promise<void> {
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

export async function askRest(wish: Wish, form: BuildForm): Promise<void> {
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

export async function askRepairs(): Promise<'safe' | 'unsafe'> {
  const all = l10n.t('Also those that may change content or behaviour');
  const words = [l10n.t('The safe repairs'), all];
  return (await pick(l10n.t('Compare with which repairs?'), words)) === all ? 'unsafe' : 'safe';
}
