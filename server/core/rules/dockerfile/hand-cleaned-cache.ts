// hand-cleaned-cache: a cache that a RUN removes by hand, where an option keeps it from being there.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isCleanedByHand, sharesStore, storeCleaners } from '../../insight/package-stores.ts';
import { type PackageWork, packageWorkOf } from '../../insight/package-work.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { removeCommands } from '../../repairs/commands.ts';
import { addLeanOption } from '../../repairs/lean-install.ts';

/** The option added to each call; what only filled or emptied the cache goes. */
function lean(
  model: DockerfileModel,
  run: RunInstruction,
  works: readonly PackageWork[],
  option: string,
): Fix[] {
  const isIndex = ({ action }: PackageWork): boolean => action === 'index';
  const [first] = works;
  if (first === undefined) return [];
  const indexes = works.filter(isIndex).map(({ command }) => command);
  const idle = new Set([...indexes, ...storeCleaners(run, first)]);
  const removals = removeCommands(
    model,
    run,
    run.script.commands.filter(command => idle.has(command)),
  );
  if (removals === null && indexes.length > 0) return [];
  const added = works.filter(work => !isIndex(work)).map(work => addLeanOption(run, work, option));
  return [fix(`Add ${option}`, 'safe', [...added, ...(removals ?? [])])];
}

const text =
  '`{command}` keeps what it downloads, and the RUN removes it again. With `{option}` there is nothing to remove.';

export default dockerfileRule({
  id: 'hand-cleaned-cache',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A cache is removed by hand',
  messages: {
    apk: {
      text,
      equivalents: [
        'hadolint:DL3019',
        'trivy:DS-0025',
        'kics:apk_add_using_local_cache_path',
        'semgrep:missing-apk-no-cache',
      ],
    },
    pip: {
      text,
      equivalents: [
        'hadolint:DL3042',
        'kics:pip_install_keeping_cached_packages',
        'semgrep:missing-pip-no-cache-dir',
      ],
    },
    other: { text },
  },
  docs: {
    why: 'A path of a cache in a Dockerfile is knowledge that the package manager has itself: if it moves one day, the `rm` goes on without an error and the cache stays in the image.',
    remedy:
      'Use the option: `apk add --no-cache`, which also makes `apk update` and `--update` needless, `pip install --no-cache-dir`. The repair adds it, and takes out the commands that do nothing else.',
    limits: 'A cache that stays is told by package-cache-left and dependency-cache-left.',
    references: [
      'https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper#Local_cache',
      'https://pip.pypa.io/en/stable/topics/caching/#disabling-caching',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'An index that is fetched by a command of its own is only left out where that command can be taken out of its RUN.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nRUN «apk add» --update curl && rm -rf /var/cache/apk/*\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk update \\\n    && «apk add» curl \\\n    && apk add git \\\n    && rm -rf /var/cache/apk/* \\\n    && make\n',
        fixed:
          'FROM alpine:3.22\nRUN apk add --no-cache curl \\\n    && apk add --no-cache git \\\n    && make\n',
      },
      {
        note: 'More than this cache is removed.',
        code: 'FROM python:3.14-slim\nRUN «pip install» gunicorn && rm -rf /root/.cache\n',
        fixed: 'FROM python:3.14-slim\nRUN pip install --no-cache-dir gunicorn && rm -rf /root/.cache\n',
      },
      {
        code: 'FROM composer:2.8\nRUN «composer install» --no-dev && composer clear-cache\n',
        fixed: 'FROM composer:2.8\nRUN composer install --no-cache --no-dev\n',
      },
      {
        note: 'What the condition is for, only its author knows.',
        code: 'FROM alpine:3.22\nRUN apk update || true; «apk add» curl; rm -rf /var/cache/apk\n',
        fixed: 'FROM alpine:3.22\nRUN apk update || true; apk add curl; rm -rf /var/cache/apk\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nRUN apk add --no-cache curl && rm -rf /var/cache/apk/*\n' },
      {
        note: 'There is no such option.',
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      },
      { code: 'FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apk apk add curl\n' },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      RUN(run) {
        const works = packageWorkOf(run).filter(work => isCleanedByHand(run, work));
        const first = works.find(({ action }) => action !== 'index');
        const option = first?.manager.store.option ?? null;
        if (first === undefined || option === null) return;
        const own = works.filter(work => sharesStore(first, work));
        const { family } = first.manager;
        report(family === 'apk' || family === 'pip' ? family : 'other', {
          at: first.span,
          data: { command: first.title, option },
          fixes: lean(model, run, own, option),
        });
      },
    },
  }),
});
