// `bulkhead tags`: the tags of an image in its registry, the nearest to the one that is named first.
import { imageQuestionText } from '../core/engine/image-questions.ts';
import { rankTags } from '../core/registry/ranking.ts';
import { registryFinder } from '../node/registry/finder.ts';
import { RegistryProblem } from '../node/registry/problem.ts';
import { filesAtOnce, mapBounded } from './bounded.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';
import { flag } from './flags.ts';

const usualLimit = 20;

export const tagsCommand = command(
  {
    name: 'tags',
    operands: 'IMAGE',
    summary: 'List the tags of an image in its registry, the nearest first',
    notes: `\
Those of the same variant as the tag that is named come first, the newest in front: bulkhead tags node:24-slim. Its registry is
asked as by bulkhead pin.`,
    flags: {
      limit: flag.value('N', `How many; default ${usualLimit}`),
      digests: flag.switch('With the digest of each'),
    },
  },
  async ({ flags: { limit: written = String(usualLimit), digests }, operands }, terminal) => {
    const [name = '', ...others] = operands;
    const limit = /^\d{1,6}$/.test(written) ? Number(written) : 0;
    if (limit === 0) throw new Failure(`--limit ${written} is no number of tags.`);
    if (others.length > 0 || imageQuestionText({ ask: 'exact', image: name }) === null) {
      throw new Failure('Name one image: bulkhead tags node:24-slim.');
    }
    const image = await registryFinder({ projects: [process.cwd()] }).image(
      name,
      new AbortController().signal,
    );
    try {
      const tags = rankTags(await image.tags(), image.tag).slice(0, limit);
      const rows = await mapBounded(tags, digests ? filesAtOnce / 8 : filesAtOnce, async tag =>
        digests ? `${tag} ${await image.digestOf(tag)}` : tag,
      );
      terminal.out(rows.map(row => `${row}\n`).join(''));
      return 0;
    } catch (error) {
      if (error instanceof RegistryProblem) throw new Failure(error.message);
      throw error;
    }
  },
);
