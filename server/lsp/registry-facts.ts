// What registries say of images that are hovered over or completed: what they have said before, and news only where a setting
// lets them be asked unasked.
import type { CancellationToken } from 'vscode-languageserver';
import { imageQuestionText } from '../core/engine/image-questions.ts';
import { registryName } from '../core/model/image-reference.ts';
import { askRegistryCommand, type ImagePlace } from '../core/protocol/messages.ts';
import { ageText } from '../core/text/age.ts';
import { bytesText } from '../core/text/bytes.ts';
import type { ImageAbout, KeptFacts, RegistryAccess } from '../host/registries.ts';
import type { ServerHost } from './host.ts';
import type { ImageHere } from './image-here.ts';
import type { Settings } from './settings.ts';

export interface RegistryFacts {
  /** Markdown: what is known soon enough, and a way to know more; null for neither. */
  help(place: ImagePlace, image: ImageHere, token: CancellationToken): Promise<string | null>;
  about(uri: string, image: string, token: CancellationToken): Promise<ImageAbout | null>;
  tags(uri: string, image: string, token: CancellationToken): Promise<readonly string[]>;
}

export interface RegistryFactsContext {
  readonly settings: Settings;
  readonly host: ServerHost;
  /** The client carries out what hovers link to. */
  readonly linksCommands: boolean;
  access(): Promise<RegistryAccess>;
}

/** Pauses for which somebody who looks at something may wait. */
const patience = 4;

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
const listed = (texts: readonly string[]): string => texts.map(code).join(', ');
const words = (texts: readonly string[] = []): string => (texts.length === 0 ? '' : code(texts.join(' ')));

function linesOf({ digest, size, platforms, config, askedAt }: ImageAbout): string {
  const names = platforms.map(({ platform }) => platform);
  const { created, platform, user, entrypoint, command, ports, health } = config ?? {};
  const rows: readonly (readonly [label: string, text: string])[] = [
    ['Digest', code(digest)],
    ['Made', created ?? ''],
    ['Size', size === null ? '' : `${bytesText(size)} compressed`],
    ['Platforms', listed(names.length > 0 || platform == null ? [...new Set(names)] : [platform])],
    ['User', user == null ? '' : code(user)],
    ['Entrypoint', words(entrypoint)],
    ['Command', words(command)],
    ['Ports', listed(ports ?? [])],
    ['Health check', words(health)],
  ];
  const source = `registry, ${ageText(Date.now() - askedAt)}`;
  return rows.flatMap(([label, text]) => (text === '' ? [] : `- ${label}: ${text} *(${source})*`)).join('\n');
}

/** A host without a repository, as somebody has typed it so far, is no image of Docker Hub. */
const isHalfTyped = (image: string): boolean => !image.includes('/') && /[.]|^localhost/.test(image);

const isAskable = (image: string): boolean =>
  !isHalfTyped(image) && imageQuestionText({ ask: 'digest', image }) !== null;

export function registryFacts({
  access,
  settings,
  host: { pause },
  linksCommands,
}: RegistryFactsContext): RegistryFacts {
  const ask = async <Result>(
    uri: string,
    image: string,
    token: CancellationToken,
    run: (given: RegistryAccess, cancelled: Promise<unknown>) => Promise<Result>,
    recall: (kept: KeptFacts) => Promise<Result | null>,
  ): Promise<Result | null> => {
    const { registryLookups } = await settings.of(uri);
    if (registryLookups === 'never' || !isAskable(image)) return null;
    const given = await access();
    const kept = recall(given.kept);
    if (registryLookups === 'on-demand') return kept;
    const cancelled = new Promise(resolve => token.onCancellationRequested(resolve));
    const soon = async (): Promise<Result | null> => {
      for (let turn = 0; turn < patience; turn++) await pause();
      return kept;
    };
    // What comes later is at hand when it is asked for again.
    const answer = run(given, cancelled).catch(() => kept);
    return Promise.race([answer, soon()]);
  };
  const about: RegistryFacts['about'] = (uri, image, token) =>
    ask(
      uri,
      image,
      token,
      (given, cancelled) => given.about(image, cancelled),
      kept => kept.about(image),
    );
  const link = async (
    place: ImagePlace,
    { reference, name }: ImageHere,
    isAgain: boolean,
  ): Promise<string> => {
    const { registryLookups } = await settings.of(place.uri);
    if (!linksCommands || registryLookups !== 'on-demand' || !isAskable(name)) return '';
    const target = encodeURIComponent(JSON.stringify([place]));
    return `[Ask ${registryName(reference)}${isAgain ? ' again' : ''}](command:${askRegistryCommand}?${target})`;
  };
  return {
    about,
    async help(place, image, token) {
      const found = await about(place.uri, image.name, token);
      const parts = [found ? linesOf(found) : '', await link(place, image, found !== null)];
      return parts.filter(part => part !== '').join('\n\n') || null;
    },
    tags: async (uri, image, token) =>
      (await ask(
        uri,
        image,
        token,
        async (given, cancelled) => (await given.tags(image, 0, cancelled)).map(({ tag }) => tag),
        kept => kept.tags(image),
      )) ?? [],
  };
}
