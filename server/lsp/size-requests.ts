// Requests about the size of images: the document that one was built from is handed to a host that may read images.
import type { CancellationToken } from 'vscode-languageserver';
import { needlessPlaces } from '../core/image/places.ts';
import type { InspectSizeParams, InspectSizeResult } from '../core/protocol/messages.ts';
import type { SizeInspector } from '../host/size.ts';
import type { Checks } from './checks.ts';
import type { SizeFixes } from './size-fixes.ts';

export type InspectSize = (params: InspectSizeParams, token: CancellationToken) => Promise<InspectSizeResult>;

const untrusted = 'Images are inspected on a desktop, in a folder that is trusted.';

export const createSizeRequests =
  (inspect: SizeInspector | null, checks: Checks, fixes: SizeFixes): InspectSize =>
  async ({ uri, image, nonce }, token) => {
    if (!inspect) return { problem: untrusted };
    const check = uri === null ? undefined : await checks.of(uri);
    const model = check?.model?.language === 'dockerfile' ? check.model : null;
    const file = model && check ? { path: nameOf(check.document.location), model } : null;
    const budget = check?.configuration.size ?? {};
    const repairable = check ? await fixes.repairable(check) : () => false;
    const result = await inspect(
      { file, image, budget, places: needlessPlaces, repairable, nonce },
      { onStop: stop => void token.onCancellationRequested(stop) },
    );
    if (uri !== null && model && !('problem' in result)) fixes.remember(uri, model, result.notices);
    return result;
  };

const nameOf = (location: string): string =>
  decodeURIComponent(location.slice(location.lastIndexOf('/') + 1));
