// end-of-life-image: a base whose release gets no more fixes.
import { dockerfileRule } from '../../engine/rule.ts';
import { type EndOfLife, endOfLife, endOfLifeAsOf } from '../../knowledge/end-of-life.ts';
import { isRetired } from '../../knowledge/retired-images.ts';
import { familiarName } from '../../model/image-reference.ts';
import { pinFromFixes } from '../../repairs/pin-from.ts';
import { supportedFixes } from '../../repairs/pin-supported.ts';

const since = ({ ended }: EndOfLife): string => (ended === null ? '' : ` since ${ended}`);

const endedText =
  '{image}: {release} has had no security fixes{since} (as of {asOf}). What is found in it stays open. Move to a supported release.';
const inBuildText =
  '{image}: {release} has had no fixes{since} (as of {asOf}). It builds, and does not ship, but what it makes is made with old tools. Move to a supported release.';
const ofRuby = ['tally:ruby/eol-ruby-version'] as const;

export default dockerfileRule({
  id: 'end-of-life-image',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A base image that gets no more fixes',
  messages: {
    ended: { text: endedText },
    'ended-in-build': { text: inBuildText, severity: 'info' },
    ruby: { text: endedText, equivalents: ofRuby },
    'ruby-in-build': { text: inBuildText, severity: 'info', equivalents: ofRuby },
  },
  docs: {
    why: 'When the support of a release ends, its image is no longer rebuilt and its packages get no fixes: every flaw found from then on stays in your image, and scanners report more of them each week. It also becomes harder to leave with each month.',
    remedy:
      'Move to a supported release. The repair offers the next one that is supported, and the newest, in the same variant: `slim` stays `slim`, `alpine` stays `alpine`. Where only the system below is too old, as in `python:3.14-slim-buster`, the version stays.',
    limits: `The dates are those of endoflife.date on ${endOfLifeAsOf}, and judged by that day: what has ended since then is not known. Paid support is not counted, Debian’s long-term support is. Images outside the table are left alone.`,
    references: ['https://endoflife.date', 'https://wiki.debian.org/LTS'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Another release may need changes of the application. Tags are known of official images.',
  },
  examples: {
    bad: [
      {
        code: 'FROM «python:3.8-slim»\nUSER nobody\n',
        fixed: 'FROM python:3.10-slim\nUSER nobody\n',
        variants: { 'Move to python:3.14-slim (newest)': 'FROM python:3.14-slim\nUSER nobody\n' },
      },
      {
        note: 'The version stays where only the system below it has ended.',
        code: 'FROM «python:3.14-slim-buster»\nUSER nobody\n',
        fixed: 'FROM python:3.14-slim-trixie\nUSER nobody\n',
      },
      {
        note: 'The stage that ships, one that does not, and a tag in a variable.',
        code: 'ARG NODE=14\nFROM «node:${NODE}-alpine» AS build\nRUN npm ci\nFROM «alpine:3.15»\nUSER nobody\n',
        fixed: 'ARG NODE=14\nFROM node:${NODE}-alpine AS build\nRUN npm ci\nFROM alpine:3.21\nUSER nobody\n',
      },
      {
        note: 'Ruby itself, in both stages.',
        code: 'FROM «ruby:2.7» AS gems\nRUN bundle install\nFROM «ruby:2.7-slim»\nUSER nobody\n',
        fixed: 'FROM ruby:3.3 AS gems\nRUN bundle install\nFROM ruby:3.3-slim\nUSER nobody\n',
      },
    ],
    good: [
      { code: 'FROM debian:trixie-slim\nUSER nobody\n' },
      {
        note: 'Nothing is known of other images.',
        code: 'FROM registry.example.com/python:2.7\nUSER nobody\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      FROM(from) {
        const { reference, image, stage } = from;
        if (!image || !reference.known || stage?.base.kind !== 'image') return;
        const { tag, text } = reference.value;
        const name = familiarName(reference.value);
        const end = tag === null || isRetired(name) ? undefined : endOfLife(name, tag);
        if (end === undefined) return;
        const data = { image: text, release: end.release, since: since(end), asOf: endOfLifeAsOf };
        const fixes = () => pinFromFixes(model, from, reference.value, supportedFixes);
        // The language itself, not the system below it.
        const message = name === 'ruby' && !end.ofSystem ? 'ruby' : 'ended';
        report(stage.ships ? message : (`${message}-in-build` as const), { at: image.span, data, fixes });
      },
    },
  }),
});
