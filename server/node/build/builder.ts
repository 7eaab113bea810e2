// The builder that the language server asks: loaded when somebody builds.
import { contextText, largeContext } from '../../core/build/context-text.ts';
import type { BuildForm, BuildWish } from '../../core/protocol/messages.ts';
import type { BuildDocument, ImageBuilder, PlannedBuild } from '../../host/image-builder.ts';
import { findEngines } from '../engines.ts';
import { contextSize } from './context-size.ts';
import { buildImage } from './image.ts';
import { BuildProblem, openQuestions, planBuild } from './plan.ts';
import { buildersOf, equipment } from './tool.ts';

const planOf = ({ location: file, ...document }: BuildDocument, wish: BuildWish) =>
  planBuild(
    { ...document, file },
    { ...wish, platforms: wish.platform ? wish.platform.split(',') : [], isFresh: false },
  );

/** A sentence in place of what it says something about. */
const orSentence = <Result>(work: Promise<Result>): Promise<Result | string> =>
  work.catch(error => {
    if (error instanceof BuildProblem) return error.message;
    throw error;
  });

/** Documents are at paths; programs in the folders are passed over. */
export const imageBuilder = (folders: readonly string[]): ImageBuilder => ({
  form: (document, wish) =>
    orSentence(
      (async (): Promise<BuildForm | string> => {
        const equipped = await equipment(wish.engine ?? null, folders);
        if (typeof equipped === 'string') return equipped;
        const plan = await planOf(document, wish);
        const { tag, context, dockerfile } = plan.request;
        const [engines, builders, size] = await Promise.all([
          findEngines(folders),
          buildersOf(equipped),
          contextSize(context, dockerfile),
        ]);
        const { args, secrets } = openQuestions(plan);
        return {
          tag,
          context,
          largeContext: size.bytes < largeContext ? null : contextText(size),
          targets: plan.questions.targets.map(({ name }) => name),
          args: args.map(({ name }) => name),
          secrets: secrets.map(({ id, isRequired }) => ({ id, isRequired })),
          engines: engines.map(({ name }) => name),
          builders: builders.map(({ name }) => name),
        };
      })(),
    ),
  plan: (document, wish) =>
    orSentence(
      (async (): Promise<PlannedBuild | string> => {
        const equipped = await equipment(wish.engine ?? null, folders);
        if (typeof equipped === 'string') return equipped;
        const { request, model, isInline } = await planOf(document, wish);
        const { dockerfile } = request;
        return {
          tag: request.tag,
          location: dockerfile,
          path: isInline ? null : dockerfile,
          model,
          build({ tell, onStop }, instead) {
            const stopping = new AbortController();
            onStop(() => stopping.abort());
            const text = instead?.text ?? (isInline ? model.text : null);
            const asked = { ...request, tag: instead?.tag ?? request.tag };
            return buildImage(equipped, asked, { signal: stopping.signal, text, tell });
          },
        };
      })(),
    ),
});
