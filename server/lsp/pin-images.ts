// Pinning the images of all files below folders: one edit, and what stood in the way.
import type { CancellationToken, TextDocumentEdit } from 'vscode-languageserver';
import { isPlatform } from '../core/engine/image-questions.ts';
import { parse } from '../core/engine/language.ts';
import type { PinImagesParams, PinImagesResult } from '../core/protocol/messages.ts';
import { carryOut, type PinPlan, planPins, questionsOf } from '../core/repairs/pin-plan.ts';
import { lineIndex } from '../core/text/lines.ts';
import type { FileSystem } from '../host/files.ts';
import type { FoundImages } from '../host/registries.ts';
import { search } from '../host/search.ts';
import { textEditsOf } from './convert.ts';
import type { Documents } from './documents.ts';
import { locationOf } from './locations.ts';
import type { Projects } from './projects.ts';
import { throwIfCancelled } from './refusal.ts';
import type { Settings } from './settings.ts';

export type PinImages = (params: PinImagesParams, token: CancellationToken) => Promise<PinImagesResult>;

export interface PinImagesContext {
  readonly files: FileSystem;
  readonly documents: Documents;
  readonly settings: Settings;
  readonly projects: Projects;
  /** Null where no registry can be asked. */
  readonly found: FoundImages | null;
}

interface Planned {
  readonly uri: string;
  readonly version: number | null;
  readonly text: string;
  readonly plan: PinPlan;
}

export function pinImagesWith({ files, documents, settings, projects, found }: PinImagesContext): PinImages {
  const plansIn = async (
    { folders, to, platform }: PinImagesParams,
    token: CancellationToken,
  ): Promise<Planned[]> => {
    const wish = { digest: to === 'digests', update: to === 'digests', platform: platform ?? undefined };
    const plans: Planned[] = [];
    for (const folder of folders) {
      for (const { location, language } of await search(files, locationOf(folder), () =>
        throwIfCancelled(token),
      )) {
        const open = documents.at(location);
        const uri = open?.uri ?? location;
        const { enable, registryLookups, showDuplicates: _, ...editor } = await settings.of(uri);
        const isOff = !enable || registryLookups === 'never';
        const text = isOff ? null : await files.read(location);
        const project = projects.under({ ...editor, registryLookups });
        if (text === null || (await project.configuration(location)).excluded) continue;
        plans.push({
          uri,
          version: open?.version ?? null,
          text,
          plan: planPins(parse(text, language), wish),
        });
      }
    }
    return plans;
  };

  return async (params, token) => {
    if (found === null) {
      return {
        edit: null,
        problems: ['Registries are asked only in folders of this machine that are trusted.'],
      };
    }
    const { platform } = params;
    if (platform != null && !isPlatform(platform))
      return { edit: null, problems: [`${platform} is no platform. Write it as linux/amd64.`] };
    const plans = await plansIn(params, token);
    const questions = [...new Set(plans.flatMap(({ plan }) => questionsOf(plan)))];
    const problems = await found.lookUp(
      questions,
      new Promise(resolve => token.onCancellationRequested(resolve)),
    );
    throwIfCancelled(token);
    const answers = new Map(
      questions
        .map(question => [question, found.known(question) ?? ''] as const)
        .filter(([, answer]) => answer !== ''),
    );
    const obstacles = new Set<string>();
    const changes = plans.flatMap(({ uri, version, text, plan }): TextDocumentEdit[] => {
      const { edits, outcomes } = carryOut(text, plan, { answers, problems });
      for (const { kind, image, says } of outcomes) {
        if (kind === 'failed') obstacles.add(says);
        if (kind === 'left') obstacles.add(`${image.reference.text} ${says}.`);
      }
      if (edits.length === 0) return [];
      return [{ textDocument: { uri, version }, edits: textEditsOf(lineIndex(text), edits) }];
    });
    return { edit: changes.length > 0 ? { documentChanges: changes } : null, problems: [...obstacles] };
  };
}
