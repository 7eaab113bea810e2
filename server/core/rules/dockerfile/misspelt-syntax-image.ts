// misspelt-syntax-image: a `# syntax=` that names an image nobody publishes.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { syntaxImages } from '../../knowledge/syntax-images.ts';
import { replace } from '../../text/edit.ts';
import { nearestName } from '../../text/nearest.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'misspelt-syntax-image',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A syntax image with a slip in its name',
  messages: {
    misspelt: {
      text: '{written} is no known syntax image, and the build fetches and runs what it finds under that name. Write {name}.',
      equivalents: ['tally:syntax-directive-typo'],
    },
    trailing: {
      text: 'What stands behind {image} is handed to it as options: a comment needs a line of its own.',
      severity: 'warning',
      equivalents: ['tally:syntax-directive-typo'],
    },
  },
  docs: {
    why: 'The image of `# syntax=` reads the Dockerfile and decides what is built. With a slip in its name the build fails at best; at worst it runs what a stranger has published under the name.',
    remedy: 'Write `# syntax=docker/dockerfile:1`, or the name of your own syntax image.',
    references: ['https://docs.docker.com/build/buildkit/frontend/'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'An image of that name might exist.',
  },
  examples: {
    bad: [
      {
        code: '# syntax=«docker/dokcerfile»:1\nFROM alpine:3.24\n',
        fixed: '# syntax=docker/dockerfile:1\nFROM alpine:3.24\n',
      },
      {
        code: '# syntax=docker/dockerfile:1 «# the stable one»\nFROM alpine:3.24\n',
        fixed: '# syntax=docker/dockerfile:1\nFROM alpine:3.24\n',
      },
    ],
    good: [
      { code: '# syntax=docker/dockerfile:1.10-labs\nFROM alpine:3.24\n' },
      { code: '# syntax=registry.example.com/dockerfile:2\nFROM alpine:3.24\n' },
    ],
  },
  check: ({ report }) => ({
    file({ directives }) {
      const syntax = directives.find(({ name }) => name === 'syntax');
      if (syntax === undefined) return;
      const { value, valueSpan } = syntax;
      const [image = '', rest = ''] = /\s/.test(value) ? [value.split(/\s/, 1)[0], value] : [value];
      const [written = ''] = image.split(/[:@]/, 1);
      const name = nearestName(written, syntaxImages);
      if (name !== undefined && name !== written) {
        const at = span(valueSpan.start, valueSpan.start + written.length);
        report('misspelt', {
          at,
          data: { written, name },
          fixes: [fix(`Write ${name}`, 'suggestion', [replace(at, name)])],
        });
      } else if (rest !== '') {
        const behind = image.length + (/^\s*/.exec(value.slice(image.length))?.[0].length ?? 0);
        const edits = [replace(span(valueSpan.start + image.length, valueSpan.end), '')];
        report('trailing', {
          at: span(valueSpan.start + behind, valueSpan.end),
          data: { image },
          fixes: [fix('Remove it', 'suggestion', edits)],
        });
      }
    },
  }),
});
