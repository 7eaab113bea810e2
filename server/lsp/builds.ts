// Builds of open documents: where they begin, what is to be asked, and what is told while the host builds.
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { builtServices } from '../core/build/compose.ts';
import { narrator } from '../core/build/narration.ts';
import type { Outcome } from '../core/build/outcome.ts';
import { placeProblems } from '../core/build/placing.ts';
import { buildReading } from '../core/build/reading.ts';
import type { BuildEvent, ToldProblem } from '../core/build/step.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import {
  type BuildFormParams,
  type BuildFormResult,
  type BuildOutput,
  type BuildParams,
  type BuildPlacesResult,
  type BuildResult,
  buildOutputNotification,
  type FileParams,
} from '../core/protocol/messages.ts';
import { buildSummary } from '../core/report/build-text.ts';
import { printable } from '../core/report/drawn-line.ts';
import { lineIndex } from '../core/text/lines.ts';
import type { Instead } from '../host/compare-builds.ts';
import type { BuildDocument, ImageBuilder, PlannedBuild } from '../host/image-builder.ts';
import { buildTwice, type ComparisonContext } from './build-comparison.ts';
import type { Checks } from './checks.ts';

export interface Builds {
  places(params: FileParams): Promise<BuildPlacesResult>;
  form(params: BuildFormParams): Promise<BuildFormResult>;
  build(params: BuildParams, token: CancellationToken): Promise<BuildResult>;
}

const notHere = 'Images are built on a desktop, in a folder that is trusted.';

const failed = (summary: string): BuildResult => ({ ending: 'failed', summary });

/** As the problem matcher of the extension reads them; of a text that stands in for the file, it reads none. */
function problemLines(
  { path, model }: PlannedBuild,
  instead: Instead | null,
  told: readonly ToldProblem[],
  hide: (words: string) => string,
): string[] {
  const read = instead ? parseDockerfile(instead.text) : model;
  const lines = lineIndex(read.text);
  return placeProblems(path === null ? null : read, told).flatMap(problem => {
    const { line, character } = lines.positionAt(problem.span?.start ?? 0);
    const place = instead ? `  line ${line + 1} once repaired` : `${path ?? ''}:${line + 1}:${character + 1}`;
    return [
      `${place}  ${problem.severity}  ${problem.code}`,
      `  ${hide(problem.message).replace(/\s*\n\s*/g, ' ')}`,
    ];
  });
}

export interface BuildsContext extends ComparisonContext {
  readonly connection: Connection;
  readonly checks: Checks;
  readonly builder: ImageBuilder | null;
}

export function createBuilds(context: BuildsContext): Builds {
  const { connection, checks, builder } = context;
  const documentAt = async (uri: string): Promise<BuildDocument | null> => {
    const check = await checks.of(uri);
    const { location, text } = check?.document ?? {};
    const language = check?.model?.language;
    if (location === undefined || text === undefined || language === undefined) return null;
    return { location, text, language, reading: buildReading };
  };
  return {
    async places({ uri }) {
      const model = (await checks.of(uri))?.model;
      if (builder === null || !model) return [];
      const { lineAt } = lineIndex(model.text);
      if (model.language === 'compose') {
        return builtServices(model)
          .filter(({ elsewhere }) => !elsewhere)
          .map(({ name, nameSpan }) => ({ line: lineAt(nameSpan.start), service: name }));
      }
      return model.stages.map(({ name, index, from }) => ({
        line: lineAt(from.span.start),
        ...(index < model.stages.length - 1 && { target: name ?? String(index) }),
      }));
    },
    async form({ uri, wish }) {
      const document = await documentAt(uri);
      if (builder === null || document === null) return { problem: notHere };
      if (document.language === 'compose' && wish.service === undefined) {
        const model = (await checks.of(uri))?.model;
        const services = model?.language === 'compose' ? builtServices(model).map(({ name }) => name) : [];
        if (services.length > 1) return { services };
      }
      const form = await builder.form(document, wish);
      return typeof form === 'string' ? { problem: form } : form;
    },
    async build({ uri, wish, id, compare }, token) {
      const document = await documentAt(uri);
      if (builder === null || document === null) return failed(notHere);
      const hide = checks.latest(uri)?.hide ?? (words => words);
      const tell = (text: string, isStep: boolean): void => {
        const output: BuildOutput = { id, text: printable(text), isStep };
        void connection.sendNotification(buildOutputNotification, output);
      };
      const planned = await builder.plan(document, wish);
      if (typeof planned === 'string') return failed(planned);
      const onStop = (stop: () => void): void => void token.onCancellationRequested(stop);
      const build = async (instead: Instead | null): Promise<Outcome<ToldProblem>> => {
        const narrate = narrator();
        const told = (event: BuildEvent): void => {
          for (const { kind, text } of narrate(event))
            tell(kind === 'step' ? text : `  ${text}`, kind === 'step');
        };
        const outcome = await planned.build({ tell: told, onStop }, instead);
        for (const line of problemLines(planned, instead, outcome.problems, hide)) tell(line, false);
        return outcome;
      };
      if (compare) {
        const task = { planned, target: wish.target ?? null, ...compare, onStop, tell, build };
        return buildTwice(context, task);
      }
      const outcome = await build(null);
      return { ending: outcome.ending, summary: buildSummary({ tag: planned.tag, outcome }) };
    },
  };
}
