// tag-beside-digest: name:tag@digest, of which only the digest counts.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { remove } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'tag-beside-digest',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A tag beside a digest',
  messages: {
    both: {
      text: 'The digest alone says which image is pulled: nobody checks that it is {tag}. Remove the tag, or keep it for readers and for the bot that moves both.',
      equivalents: ['sonar:S8431'],
    },
  },
  docs: {
    why: 'With a digest the tag is not looked at. It may say `24-slim` beside the digest of an image that is two years old, and the build will not mind.',
    remedy:
      'Remove the tag; the same image is pulled. Many keep it on purpose, as a note for people and because bots that update digests read it: then leave this rule off.',
    references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'The tag is not used where there is a digest. One that comes out of a variable is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:«13.1»@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base\n',
        fixed:
          'FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base\n',
      },
      {
        code: 'ARG IMAGE=debian:13@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nFROM «$IMAGE»\n',
        fixed:
          'ARG IMAGE=debian:13@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nFROM $IMAGE\n',
      },
    ],
    good: [
      { code: 'FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n' },
      { code: 'FROM debian:13.1\n' },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      FROM({ reference, image }) {
        if (!image || !reference.known) return;
        const { tag, tagSpan, digest, nameSpan, text } = reference.value;
        if (tag === null || tagSpan === null || digest === null) return;
        const isLiteral = image.raw === text;
        const edit = remove(span(nameSpan.end, tagSpan.end));
        const fixes = isLiteral ? [fix('Remove the tag', 'safe', [edit])] : [];
        report('both', { at: tagSpan, data: { tag }, fixes });
      },
    },
  }),
});
