// unmounted-package-cache: packages that every build downloads again.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { runOf } from '../../insight/package-index.ts';
import { cacheFolders, isCacheMounted, isDockerCleanGone } from '../../insight/package-stores.ts';
import { isRehearsal, type PackageWork, packageWorkOf } from '../../insight/package-work.ts';
import type { PackageAction } from '../../knowledge/package-managers.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { addCacheMounts } from '../../repairs/cache-mount.ts';
import { insertCommand } from '../../repairs/commands.ts';
import type { Edit } from '../../text/edit.ts';

const downloading: ReadonlySet<PackageAction> = new Set(['install', 'restore', 'upgrade', 'run']);

/** A mount belongs to root: for another account it has to say so with a number that the file may not know. */
const isOfOtherAccount = (run: RunInstruction, { manager }: PackageWork): boolean =>
  manager.caches.some(folder => folder.startsWith('~')) &&
  cacheFolders(run, manager).every(folder => !folder.startsWith('/root'));

/** What NuGet has restored is used where it lies: the RUNs below that do not restore again need the mount as well. */
const usesRestored = (run: RunInstruction, { manager }: PackageWork, below: RunInstruction): boolean =>
  manager.family === 'nuget' &&
  below.index > run.index &&
  (run.stage === null || below.stage?.chain.includes(run.stage) === true) &&
  packageWorkOf(below).some(
    work => work.manager === manager && isRehearsal(work) && !isCacheMounted(below, work),
  );

/** The images of Debian and Ubuntu delete what apt has downloaded: that has to go, too. */
function mountEdits(model: DockerfileModel, run: RunInstruction, work: PackageWork): Edit[] | null {
  const mounts = cacheFolders(run, work.manager).map(target => ({
    target,
    isLocked: work.manager.locksCaches,
  }));
  const users = model.instructions.flatMap(instruction => runOf(instruction) ?? []);
  const mounting = [run, ...users.filter(below => usesRestored(run, work, below))];
  const edits = mounting.map(each => addCacheMounts(model, each, mounts));
  if (work.manager.family !== 'apt' || isDockerCleanGone(model, run)) return edits;
  const [first] = packageWorkOf(run).filter(({ manager }) => manager.family === 'apt');
  const keep = first
    ? insertCommand(model, run, first.command, 'rm -f /etc/apt/apt.conf.d/docker-clean')
    : null;
  return keep && [...edits, keep];
}

const text =
  '`{command}` downloads everything again whenever this RUN is built. Mount a cache at {folders}: what is there is kept for the next build, and is no part of the image.';

export default dockerfileRule({
  id: 'unmounted-package-cache',
  category: 'reliability',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Packages are downloaded again by every build',
  messages: {
    unmounted: { text, equivalents: ['tally:prefer-package-cache-mounts'] },
    bundle: {
      text,
      equivalents: ['tally:prefer-package-cache-mounts', 'tally:ruby/prefer-bundler-cache-mount'],
    },
  },
  docs: {
    why: 'A RUN that is built again starts from nothing: the index and every package come over the network, although most of them are the same as yesterday. A cache mount keeps them on the machine that builds.',
    remedy:
      'Mount a cache where the package manager keeps its downloads. The repair adds the mounts; for apt it also removes the setting of Debian and Ubuntu images that deletes downloads. What cleans up in the same RUN is then reported as `emptied-cache-mount`.',
    limits:
      'Build services that start from a clean machine each time gain nothing, unless they keep the cache of BuildKit.',
    references: [
      'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
      'https://docs.docker.com/reference/dockerfile/#example-cache-apt-packages',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Cache mounts need BuildKit, and pay off only where its cache is kept. A list without a shell takes no further command.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && «apt-get install» -y --no-install-recommends curl\n',
        fixed:
          'FROM debian:13.1-slim\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y --no-install-recommends curl\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=secret,id=keys \\\n    «apk add» --no-cache curl\n',
        fixed:
          'FROM alpine:3.22\nRUN --mount=type=secret,id=keys --mount=type=cache,target=/etc/apk/cache,sharing=locked \\\n    apk add --no-cache curl\n',
      },
      {
        code: 'FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN «npm ci» --omit=dev\n',
        fixed:
          'FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci --omit=dev\n',
      },
      {
        note: 'What builds without restoring needs what lies in the mount.',
        code: 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nCOPY app.csproj .\nRUN «dotnet restore»\nCOPY . .\nRUN dotnet publish --no-restore -o /app\n',
        fixed:
          'FROM mcr.microsoft.com/dotnet/sdk:10.0\nCOPY app.csproj .\nRUN --mount=type=cache,target=/root/.nuget/packages \\\n    dotnet restore\nCOPY . .\nRUN --mount=type=cache,target=/root/.nuget/packages \\\n    dotnet publish --no-restore -o /app\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nCOPY Gemfile Gemfile.lock ./\nRUN «bundle install»\n',
        fixed:
          'FROM ruby:3.4-slim\nCOPY Gemfile Gemfile.lock ./\nRUN --mount=type=cache,target=/usr/local/bundle/cache,sharing=locked \\\n    bundle install\n',
      },
      {
        code: 'FROM debian:13.1-slim\nRUN [«"apt-get", "install"», "-y", "curl"]\n',
        fixed: 'FROM debian:13.1-slim\nRUN ["apt-get", "install", "-y", "curl"]\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1-slim\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt,sharing=locked \\\n    apt-get update && apt-get install -y curl\n',
      },
      {
        code: 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nENV NUGET_PACKAGES=/nuget\nRUN --mount=type=cache,target=/nuget dotnet restore && dotnet build --no-restore\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      RUN(run) {
        const works = packageWorkOf(run).filter(
          work => downloading.has(work.action ?? 'clean') && !isRehearsal(work),
        );
        for (const work of works) {
          const isFirst = works.find(({ manager }) => manager.family === work.manager.family) === work;
          if (!isFirst || isCacheMounted(run, work) || isOfOtherAccount(run, work)) continue;
          const edits = mountEdits(model, run, work);
          report(work.manager.name === 'bundle' ? 'bundle' : 'unmounted', {
            at: work.span,
            data: { command: work.title, folders: cacheFolders(run, work.manager).join(' and ') },
            fixes: edits ? [fix('Mount a cache for the packages', 'suggestion', edits)] : [],
          });
        }
      },
    },
  }),
});
