// retired-image: a base that is published no longer.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { retirementOf } from '../../knowledge/retired-images.ts';
import { familiarName } from '../../model/image-reference.ts';
import { replace } from '../../text/edit.ts';

export default dockerfileRule({
  id: 'retired-image',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A base image that is published no longer',
  messages: {
    retired: { text: '{image} {why}. Move to its successor.' },
    replaced: { text: '{image} {why}. Move to {successor}.' },
  },
  docs: {
    why: 'Images are given up, renamed, or moved to another registry. What is left under the old name can still be pulled, and looks as healthy as ever, but nobody rebuilds it: neither the program nor the system below gets fixes.',
    remedy:
      'Move to the successor. The repair keeps version and variant where the successor has them: `openjdk:17-jre-slim` becomes `eclipse-temurin:17-jre`.',
    limits: 'The list is short, and made from what the publishers say of their own images.',
    references: [
      'https://hub.docker.com/_/openjdk',
      'https://hub.docker.com/_/centos',
      'https://kubernetes.io/blog/2023/03/10/image-registry-redirect/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A successor is another image: paths, accounts and packages may differ.',
  },
  examples: {
    bad: [
      {
        code: 'FROM «openjdk:17-jre-slim»\nUSER nobody\n',
        fixed: 'FROM eclipse-temurin:17-jre\nUSER nobody\n',
      },
      {
        code: 'FROM --platform=$BUILDPLATFORM «centos:7» AS base\nUSER nobody\n',
        fixed: 'FROM --platform=$BUILDPLATFORM almalinux:8 AS base\nUSER nobody\n',
        variants: {
          'Move to rockylinux:8': 'FROM --platform=$BUILDPLATFORM rockylinux:8 AS base\nUSER nobody\n',
        },
      },
      {
        code: 'FROM «circleci/node:14»\nUSER circleci\n',
        fixed: 'FROM circleci/node:14\nUSER circleci\n',
      },
    ],
    good: [
      { code: 'FROM eclipse-temurin:21-jre\nUSER nobody\n' },
      { note: 'A copy under another name.', code: 'FROM registry.example.com/openjdk:17\nUSER nobody\n' },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      FROM({ reference, image, stage }) {
        if (!image || !reference.known || stage?.base.kind !== 'image') return;
        const { text, tag, digest } = reference.value;
        const retirement = retirementOf(familiarName(reference.value), tag);
        if (retirement === undefined) return;
        const { why, successors } = retirement;
        const at = image.span;
        const [successor] = successors;
        if (successor === undefined) return report('retired', { at, data: { image: text, why } });
        const isLiteral = image.raw === text && digest === null;
        const fixes = isLiteral
          ? successors.map(other => fix(`Move to ${other}`, 'suggestion', [replace(at, other)]))
          : [];
        report('replaced', { at, data: { image: text, why, successor }, fixes });
      },
    },
  }),
});
