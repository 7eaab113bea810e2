// Rules about Ruby and PHP: what counts as said, and where it counts.
import deprecated from '../../server/core/rules/dockerfile/deprecated-bundler-option.ts';
import opcache from '../../server/core/rules/dockerfile/missing-opcache.ts';
import bootsnap from '../../server/core/rules/dockerfile/parallel-bootsnap.ts';
import precompile from '../../server/core/rules/dockerfile/precompile-without-dummy-key.ts';
import bundler from '../../server/core/rules/dockerfile/redundant-bundler.ts';
import jemalloc from '../../server/core/rules/dockerfile/unloaded-jemalloc.ts';
import xdebug from '../../server/core/rules/dockerfile/xdebug-in-image.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const on =
  (base: string) =>
  (instruction: string, messages = '', fixed?: string): Row => {
    const code = `FROM ${base}\n${instruction}\n`;
    return fixed === undefined
      ? [instruction, code, messages]
      : [instruction, code, messages, `FROM ${base}\n${fixed}\n`];
  };
const ruby = on('ruby:3.4');
const php = on('php:8.4-fpm');

ruleTable(deprecated, [
  ruby('RUN bundle install --jobs=4 && bundle config set without development && bundle exec rake --path a'),
  ruby('RUN bundle install «"--without=a b"»', 'deprecated', 'ENV BUNDLE_WITHOUT=a:b\nRUN bundle install'),
  ruby(
    'RUN bundle install «--without» a:b -j4',
    'deprecated',
    'ENV BUNDLE_WITHOUT=a:b\nRUN bundle install -j4',
  ),
  ruby(
    'RUN bundle install «--deployment» «--path» vendor/bundle',
    'deprecated deprecated',
    'ENV BUNDLE_DEPLOYMENT=1\nENV BUNDLE_PATH=vendor/bundle\nRUN bundle install',
  ),
  ruby(
    'RUN ["bundle", "install", «"--frozen"»]',
    'deprecated',
    'ENV BUNDLE_FROZEN=1\nRUN ["bundle", "install"]',
  ),
  ruby('ONBUILD RUN bundle install «--frozen»', 'deprecated'),
]);

ruleTable(bundler, [
  ruby('RUN gem install rake && gem update bundler && bundle install'),
  ruby('RUN gem install «bundler» -v 2.6.2 && a', 'redundant', 'RUN a'),
  on('jruby:10')('RUN gem install bundler'),
  [
    'by a stage',
    lines('FROM ruby:3.4 AS a', 'FROM a', 'RUN gem i rake:1 «bundler»'),
    'redundant',
    lines('FROM ruby:3.4 AS a', 'FROM a', 'RUN gem i rake:1'),
  ],
]);

ruleTable(bootsnap, [
  ruby(
    'RUN bootsnap precompile -j1 a && bootsnap precompile --jobs 1 a && bootsnap doctor && bundle exec rails precompile',
  ),
  ruby('RUN bootsnap «precompile» --jobs=8 a', 'parallel', 'RUN bootsnap precompile --jobs=1 a'),
  ruby('RUN bootsnap «precompile» -j 4', 'parallel', 'RUN bootsnap precompile -j 1'),
]);

ruleTable(precompile, [
  ruby('ENV SECRET_KEY_BASE_DUMMY=1\nRUN bin/rails assets:precompile'),
  ruby('RUN SECRET_KEY_BASE=1 rails assets:precompile && RAILS_ENV=test rake assets:precompile'),
  ruby(
    'RUN a && rails «assets:precompile»',
    'missing',
    'RUN a && SECRET_KEY_BASE_DUMMY=1 rails assets:precompile',
  ),
  ruby(
    'RUN sudo rails «assets:precompile»',
    'missing',
    'RUN sudo SECRET_KEY_BASE_DUMMY=1 rails assets:precompile',
  ),
  ruby('RUN gosu app rails «assets:precompile»', 'missing'),
  ruby('CMD rails assets:precompile'),
  ['for tests', 'FROM a AS test\nRUN rails assets:precompile\n', ''],
]);

ruleTable(jemalloc, [
  ruby('RUN apt-get install -y libjemalloc2 && ln -s /usr/lib/libjemalloc.so.2 /a'),
  ruby('RUN apt-get install -y libjemalloc2\nENV MALLOC_CONF=narenas:2'),
  ruby('RUN apt-get install -y libjemalloc2\nCMD LD_PRELOAD=libjemalloc.so.2 puma'),
  on('a')(
    'RUN apt-get install -y «libjemalloc2»\nCMD ["puma"]',
    'unloaded',
    'RUN apt-get install -y libjemalloc2\nENV LD_PRELOAD=libjemalloc.so.2\nCMD ["puma"]',
  ),
  [
    'a build stage',
    lines(
      'FROM ruby:3.4 AS a',
      'RUN apt-get install -y libjemalloc2',
      'FROM ruby:3.4',
      'COPY --from=a /a /a',
    ),
    '',
  ],
]);

ruleTable(xdebug, [
  php('RUN docker-php-ext-install gd «xdebug» intl', 'xdebug', 'RUN docker-php-ext-install gd intl'),
  php('RUN install-php-extensions «xdebug-^3» gd', 'xdebug', 'RUN install-php-extensions gd'),
  php('RUN pecl install -f «xdebug» && a', 'xdebug', 'RUN a'),
  php('RUN pecl uninstall xdebug && echo xdebug'),
  php('RUN apk add «php84-pecl-xdebug=3.4-r0» a', 'xdebug', 'RUN apk add a'),
  ['a build stage', lines('FROM php:8.4 AS a', 'RUN pecl install xdebug', 'FROM b'), ''],
  ['by its name', lines('FROM php:8.4 AS app-debug', 'RUN pecl install xdebug'), ''],
]);

ruleTable(opcache, [
  php('COPY opcache.ini /opt/'),
  [
    'old',
    'FROM «php:7.4-apache-bullseye»\n',
    'missing',
    'FROM php:7.4-apache-bullseye\nRUN docker-php-ext-install opcache\n',
  ],
  ['no version', 'FROM php:fpm\n', ''],
  ['configured by hand', 'FROM php:8.4-fpm\nCOPY conf/ /usr/local/etc/php/conf.d/\n', ''],
  ['a variable', 'FROM php:8.4-fpm\nENV PHP_OPCACHE_ENABLE=1\n', ''],
  ['for development', 'FROM php:8.4-fpm AS dev\n', ''],
  ['by a stage', lines('FROM php:8.4-fpm AS a', 'RUN docker-php-ext-enable opcache', 'FROM a'), ''],
]);
