// What registries say of images that are hovered over or completed: only where a setting lets them be asked unasked.
import type { CancellationToken } from 'vscode-languageserver';
import { imageQuestionText } from '../core/engine/image-questions.ts';
import { bytesText } from '../core/text/bytes.ts';
import type { ImageAbout, RegistryAccess } from '../host/registries.ts';
import type { ServerHost } from './host.ts';
import type { Settings } from './settings.ts';

export interface RegistryFacts {
  /** Markdown; null where nothing is known soon enough. */
  about(uri: string, image: string, token: CancellationToken): Promise<string | null>;
  tags(uri: string, image: string, token: CancellationToken): Promise<readonly string[]>;
}

/** Pauses for which somebody who looks at something may wait. */
const patience = 4;

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
const listed = (texts: readonly string[]): string => texts.map(code).join(', ');

function linesOf(about: ImageAbout): string {
  const { digest, created, size, platforms, user, entrypoint, command, ports, health } = about;
  const rows: readonly (readonly [label: string, text: string])[] = [
    ['Digest', code(digest)],
    ['Made', created ?? ''],
    ['Size', size === null ? '' : `${bytesText(size)} compressed`],
    ['Platforms', listed(platforms)],
    ['User', user === null ? '' : code(user)],
    ['Entrypoint', entrypoint.length === 0 ? '' : code(entrypoint.join(' '))],
    ['Command', command.length === 0 ? '' : code(command.join(' '))],
    ['Ports', listed(ports)],
    ['Health check', health.length === 0 ? '' : code(health.join(' '))],
  ];
  return rows.flatMap(([label, text]) => (text === '' ? [] : `- ${label}: ${text} *(registry)*`)).join('\n');
}

/** A host without a repository, as somebody has typed it so far, is no image of Docker Hub. */
const isHalfTyped = (image: string): boolean => !image.includes('/') && /[.]|^localhost/.test(image);

export function registryFacts(
  access: () => Promise<RegistryAccess>,
  settings: Settings,
  { pause }: ServerHost,
): RegistryFacts {
  const ask = async <Result>(
    uri: string,
    image: string,
    token: CancellationToken,
    run: (given: RegistryAccess, cancelled: Promise<unknown>) => Promise<Result>,
  ): Promise<Result | null> => {
    const isWanted = (await settings.of(uri)).registryLookups === 'background';
    if (!isWanted || isHalfTyped(image) || imageQuestionText({ ask: 'digest', image }) === null) return null;
    const cancelled = new Promise(resolve => token.onCancellationRequested(resolve));
    const soon = async (): Promise<null> => {
      for (let turn = 0; turn < patience; turn++) await pause();
      return null;
    };
    // What comes later is at hand when it is asked for again.
    const answer = run(await access(), cancelled).catch(() => null);
    return Promise.race([answer, soon()]);
  };
  return {
    async about(uri, image, token) {
      const about = await ask(uri, image, token, (given, cancelled) => given.about(image, cancelled));
      return about && linesOf(about);
    },
    tags: async (uri, image, token) =>
      (await ask(uri, image, token, (given, cancelled) => given.tags(image, 0, cancelled)))?.map(
        ({ tag }) => tag,
      ) ?? [],
  };
}
