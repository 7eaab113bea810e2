// Requests about the size of images: the document that one was built from is handed to a host that may read images.
import type { CancellationToken } from 'vscode-languageserver';
import { needlessPlaces } from '../core/image/places.ts';
import type { InspectSizeParams, InspectSizeResult } from '../core/protocol/messages.ts';
import type { SizeInspector } from '../host/size.ts';
import type { Checks } from './checks.ts';
import type { Settings } from './settings.ts';
import type { SizeFixes } from './size-fixes.ts';

export type InspectSize = (params: InspectSizeParams, token: CancellationToken) => Promise<InspectSizeResult>;

const untrusted = 'Images are inspected on a desktop, in a folder that is trusted.';

const forbidden = 'No registry is asked: `bulkhead.registry.lookups` is `never`. Set it to `on-demand`.';

export interface SizeContext {
  /** Null where none may run. */
  readonly sizeInspector: SizeInspector | null;
  readonly checks: Checks;
  readonly sizeFixes: SizeFixes;
  readonly settings: Settings;
  /** Of the client. */
  readonly folders: readonly string[];
}

export const createSizeRequests =
  ({ sizeInspector: inspect, checks, sizeFixes: fixes, settings, folders }: SizeContext): InspectSize =>
  async ({ uri, image, isRemote = false, nonce }, token) => {
    if (!inspect) return { problem: untrusted };
    const mayAsk = (await settings.of(uri ?? folders[0] ?? '')).registryLookups !== 'never';
    if (isRemote && !mayAsk) return { problem: forbidden };
    const check = uri === null ? undefined : await checks.of(uri);
    const model = check?.model?.language === 'dockerfile' ? check.model : null;
    const file = model && check ? { path: nameOf(check.document.location), model } : null;
    const budget = check?.configuration.size ?? {};
    const repairable = check ? await fixes.repairable(check) : () => false;
    const result = await inspect(
      { file, image, isRemote, budget, places: needlessPlaces, repairable, nonce },
      { onStop: stop => void token.onCancellationRequested(stop) },
    );
    if ('problem' in result) return mayAsk ? result : { problem: result.problem };
    if (uri !== null && model) fixes.remember(uri, model, result.notices);
    return result;
  };

const nameOf = (location: string): string =>
  decodeURIComponent(location.slice(location.lastIndexOf('/') + 1));
