// redundant-bundler: Bundler installed where Ruby has brought it along.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { onLanguageWork } from '../../insight/package-work.ts';
import type { Stage } from '../../model/dockerfile/model.ts';
import { familiarName } from '../../model/image-reference.ts';
import { removeArgument, removeCommand } from '../../repairs/commands.ts';

const isRuby = ({ root }: Stage): boolean => root.kind === 'image' && familiarName(root.reference) === 'ruby';

export default dockerfileRule({
  id: 'redundant-bundler',
  category: 'size',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Bundler is installed again',
  messages: {
    redundant: {
      text: '`{gem}` is part of the images of Ruby, and takes the version that Gemfile.lock names by itself: installed again it is one more version that changes from day to day. Leave it out.',
      equivalents: ['tally:ruby/redundant-bundler-install'],
    },
  },
  docs: {
    why: 'Ruby comes with Bundler, and since 2.3 Bundler switches to the version that the lock file was written with. An install of its own brings whatever is newest that day.',
    remedy: 'Leave it out. The repair does, and keeps the other gems of the command.',
    limits: 'Only the official images of Ruby are looked at.',
    references: ['https://hub.docker.com/_/ruby', 'https://bundler.io/blog/2022/01/23/bundler-v2-3.html'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Another version of Bundler may do the work. A command that others depend on is left alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM ruby:3.4-slim\nRUN gem install «bundler» && bundle install\nRUN gem install foreman:0.90.0 «bundler:2.6.2»\n',
        fixed: 'FROM ruby:3.4-slim\nRUN bundle install\nRUN gem install foreman:0.90.0\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nRUN gem install «bundler» || gem install -f rake:13.3.0\n',
        fixed: 'FROM ruby:3.4-slim\nRUN gem install bundler || gem install -f rake:13.3.0\n',
      },
    ],
    good: [
      {
        note: 'Not part of this image.',
        code: 'FROM alpine:3.22\nRUN apk add --no-cache ruby && gem install bundler:2.6.2\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    programs: [
      onLanguageWork(['install'], (work, run) => {
        if (work.manager.name !== 'gem' || run.stage === null || !isRuby(run.stage)) return;
        for (const word of work.operands) {
          if (!/^bundler(?::|$)/.test(word.value ?? '')) continue;
          const edit =
            work.operands.length > 1
              ? removeArgument(model, work.command, word)
              : removeCommand(model, run, work.command);
          const fixes = edit ? [fix('Leave Bundler out', 'unsafe', [edit])] : [];
          report('redundant', { at: word.span, data: { gem: word.value ?? '' }, fixes });
        }
      }),
    ],
  }),
});
