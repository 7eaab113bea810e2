// The size of an image for an editor. Loaded when somebody asks for the first time.
import { hintsOf } from '../../core/image/hints.ts';
import { sizeReport } from '../../core/image/report.ts';
import { parseImageReference, registryName } from '../../core/model/image-reference.ts';
import { sizeCsv, sizeJson } from '../../core/report/size-json.ts';
import { sizeMarkdown } from '../../core/report/size-markdown.ts';
import { sizePage } from '../../core/report/size-page.ts';
import type { SizeInspector } from '../../host/size.ts';
import { ImageProblem } from './engine-images.ts';
import { Images } from './images.ts';
import { readRemoteImage } from './registry-image.ts';

export const sizeInspector =
  (projects: readonly string[]): SizeInspector =>
  async ({ file, image, isRemote, budget, places, repairable, nonce }, stopping) => {
    const controller = new AbortController();
    stopping.onStop(() => controller.abort());
    const images = new Images({ projects, signal: controller.signal });
    try {
      const found = image === null && file !== null ? await images.builtFrom(file) : null;
      const name = found?.image ?? image;
      if (name === null) return { problem: 'Name the image to inspect.' };
      const inspected = found
        ? await images.fromEngine(name, file)
        : isRemote
          ? await readRemoteImage(name, { projects, signal: controller.signal })
          : await images.named(name, file);
      const report = sizeReport(inspected, file?.model ?? null, places, budget);
      const from = file?.model.finalStage?.chain.at(-1)?.from.image?.value;
      const source = file && { path: file.path, from: from === undefined ? '' : `FROM ${from}` };
      return {
        image: name,
        html: sizePage(report, source, nonce, repairable),
        exports: {
          json: sizeJson(report, file?.path ?? null),
          csv: sizeCsv(report),
          markdown: sizeMarkdown(report, source),
        },
        hints: hintsOf(report),
        notices: report.notices.flatMap(({ line, message, rule }) =>
          line === null ? [] : { line, message, rule },
        ),
      };
    } catch (error) {
      if (!(error instanceof ImageProblem)) throw error;
      const elsewhere = error.isElsewhere && image !== null ? parseImageReference(image, 0) : null;
      return { problem: error.message, ...(elsewhere && { registry: registryName(elsewhere) }) };
    }
  };
