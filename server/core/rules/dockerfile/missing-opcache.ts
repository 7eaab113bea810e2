// missing-opcache: PHP that compiles every script again for every request.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isNamedForDevelopment } from '../../insight/purpose.ts';
import { builtFrom } from '../../insight/run-effects.ts';
import type { Instruction, Stage } from '../../model/dockerfile/model.ts';
import { familiarName } from '../../model/image-reference.ts';
import { insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';

/** From 8.5 on, OPcache is part of PHP itself. */
function lacksOpcache({ root }: Stage): boolean {
  if (root.kind !== 'image' || familiarName(root.reference) !== 'php') return false;
  const { tag } = root.reference;
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(tag ?? '') ?? [];
  if (!/(?:^|-)(?:fpm|apache)/.test(tag ?? '') || major === undefined) return false;
  return Number(major) < 8 || (Number(major) === 8 && Number(minor) < 5);
}

/** What installs or configures it, or brings configuration along that may. */
function mentionsOpcache(instruction: Instruction): boolean {
  if (instruction.heredocs.some(({ content }) => /opcache/i.test(content))) return true;
  if (instruction.words.some(({ value }) => /opcache/i.test(value))) return true;
  const isCopy = instruction.keyword === 'COPY' || instruction.keyword === 'ADD';
  return isCopy && /\/(?:php\/conf\.d|etc\/php)|\.ini$/.test(instruction.destination?.value ?? '');
}

export default dockerfileRule({
  id: 'missing-opcache',
  category: 'reliability',
  severity: 'hint',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'PHP runs without its cache of compiled scripts',
  messages: {
    missing: {
      text: '`{image}` comes without OPcache: every request compiles every script again. Install it with `docker-php-ext-install opcache`.',
      equivalents: ['tally:php/enable-opcache-in-production'],
    },
  },
  docs: {
    why: 'OPcache keeps compiled scripts in memory. Without it PHP reads and compiles each file for each request, which takes most of the time of a small one. The official images compile it in from PHP 8.5 on; before, they only bring its source.',
    remedy: 'Add `RUN docker-php-ext-install opcache`. The repair does.',
    limits:
      'Only the official images for web servers are known. Configuration that is copied is taken for one of OPcache, too.',
    references: ['https://www.php.net/manual/en/book.opcache.php', 'https://hub.docker.com/_/php'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Changed scripts are then looked for every two seconds, not with every request. A stage that ends in half a line takes no further one.',
  },
  examples: {
    bad: [
      {
        code: 'FROM «php:8.4-fpm»\nCOPY . /var/www/html\nCMD ["php-fpm"]\n',
        fixed:
          'FROM php:8.4-fpm\nCOPY . /var/www/html\nRUN docker-php-ext-install opcache\nCMD ["php-fpm"]\n',
      },
      {
        code: 'FROM «php:8.4-apache»\nCOPY . /var/www/html \\\n',
        fixed: 'FROM php:8.4-apache\nCOPY . /var/www/html \\\n',
      },
    ],
    good: [
      { code: 'FROM php:8.4-apache\nRUN docker-php-ext-install pdo_mysql opcache\n' },
      { note: 'Part of PHP itself.', code: 'FROM php:8.5-fpm\nCOPY . /var/www/html\n' },
      { note: 'One run, nothing to keep.', code: 'FROM php:8.4-cli\nCOPY . /app\n' },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal || !lacksOpcache(stage) || isNamedForDevelopment(stage)) return;
      if (builtFrom(stage).some(mentionsOpcache)) return;
      const { image } = (stage.chain.at(-1) ?? stage).from;
      if (image === null) return;
      const line = `${keywordLike(model, 'RUN')} docker-php-ext-install opcache`;
      const edit = insertIntoRuntimePart(model, stage, [line]);
      report('missing', {
        at: image.span,
        data: { image: image.value },
        fixes: edit ? [fix('Install OPcache', 'unsafe', [edit])] : [],
      });
    },
  }),
});
