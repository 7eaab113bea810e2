// separate-package-update: the index of packages, or an upgrade, in another layer than the install that goes with it.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import {
  fetchesIndex,
  isOpaque,
  isUsedBehind,
  reliesOnEarlierIndex,
  runsBefore,
  runsBehind,
} from '../../insight/package-index.ts';
import { isRehearsal, onPackageWork, type PackageWork, packageWorkOf } from '../../insight/package-work.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { insertCommand, removeCommand } from '../../repairs/commands.ts';
import { spanText } from '../../text/span.ts';

/** Fetches the index in this RUN for nobody behind it there. */
const isAlone = (run: RunInstruction, work: PackageWork): boolean =>
  fetchesIndex(work) && !isUsedBehind(run, work);

/** Of these an update is an upgrade of all that is installed. */
const upgradesAll = ({ manager, action, prefix, operands }: PackageWork): boolean =>
  action === 'upgrade' &&
  prefix === null &&
  operands.length === 0 &&
  manager.family !== 'apt' &&
  manager.family !== 'apk';

const installs = (run: RunInstruction, { manager }: PackageWork): boolean =>
  packageWorkOf(run).some(work => work.manager.family === manager.family && work.action === 'install');

interface Fetched {
  readonly run: RunInstruction;
  readonly work: PackageWork;
}

/** The last call before a RUN that has fetched an index for the manager. */
function lastFetched(model: DockerfileModel, run: RunInstruction, { manager }: PackageWork): Fetched | null {
  const fetched = runsBefore(model, run).flatMap(other =>
    packageWorkOf(other)
      .filter(work => work.manager.family === manager.family && fetchesIndex(work))
      .map(work => ({ run: other, work })),
  );
  return fetched.reduce<Fetched | null>(
    (last, next) => (last === null || next.work.span.start > last.work.span.start ? next : last),
    null,
  );
}

/** Whether what a call has fetched is gone by anywhere else: by another install, or by a script, unseen. */
const isWantedElsewhere = (model: DockerfileModel, fetched: Fetched, own: RunInstruction): boolean =>
  runsBehind(model, fetched.run).some(
    other =>
      other !== own &&
      (reliesOnEarlierIndex(other, fetched.work) !== null || other.script.commands.some(isOpaque)),
  );

/** The call that the index was fetched with moves before the install; where others go by it, it is repeated there. */
function fetchHere(model: DockerfileModel, run: RunInstruction, work: PackageWork, fetched: Fetched): Fix[] {
  const text = spanText(model.text, fetched.work.command.span);
  const insertion = text.includes('\n') ? null : insertCommand(model, run, work.command, text);
  if (insertion === null) return [];
  const isMoved = isAlone(fetched.run, fetched.work) && !isWantedElsewhere(model, fetched, run);
  const removal = isMoved ? removeCommand(model, fetched.run, fetched.work.command) : null;
  const edits = removal === null ? [insertion] : [removal, insertion];
  return [fix(`Begin with ${fetched.work.title}`, 'unsafe', edits)];
}

function leaveOut(model: DockerfileModel, run: RunInstruction, work: PackageWork): Fix[] {
  const edit = removeCommand(model, run, work.command);
  return edit === null ? [] : [fix(`Leave out ${work.title}`, 'unsafe', [edit])];
}

export default dockerfileRule({
  id: 'separate-package-update',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A package index or upgrade in a layer of its own',
  messages: {
    apart: {
      text: '`{command}` goes by an index that a RUN before has fetched. That layer is cached, this one is built again: packages are then missing, or old. Begin this RUN with `{update}`.',
      equivalents: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5', 'kics:update_instruction_alone'],
    },
    borrowed: {
      text: '`{command}` goes by the index of an earlier install, which is old by then, or gone. Begin this RUN with `{update}`, too.',
      severity: 'info',
    },
    alone: {
      text: 'The layer of `{command}` is cached: what goes by it in another RUN will look packages up in an old index. Fetch it in that RUN.',
      severity: 'info',
      equivalents: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5', 'kics:update_instruction_alone'],
    },
    idle: {
      text: 'Nothing is installed by what `{command}` fetches: it only adds a layer. Leave it out.',
      severity: 'info',
      equivalents: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5', 'kics:update_instruction_alone'],
    },
    upgrade: {
      text: '`{command}` in a layer of its own is cached: it upgrades once, and never again until something above it changes. Take a newer base image, or upgrade and install in one RUN.',
      severity: 'info',
      equivalents: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5', 'kics:update_instruction_alone'],
    },
  },
  docs: {
    why: 'Each RUN is cached by its text. When the packages of an install change, only that RUN is built again, with the index of weeks ago: packages that have been replaced since are "not found", or come with old flaws. This is the reason why `apt-get update` and `apt-get install` belong into one RUN.',
    remedy:
      'Write `RUN apt-get update && apt-get install -y ...`. The repair puts the update in front of each install, too, and takes out one that nothing goes by any more.',
    limits:
      'Scripts are not read: behind `./install.sh` in the same RUN, and before it, nothing is reported or moved.',
    references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The install then goes by the index of today, and may bring newer packages.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update\nRUN «apt-get install» -y --no-install-recommends curl\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
      },
      {
        note: 'What else the RUN does stays.',
        code: 'FROM alpine:3.22\nRUN «apk update» && adduser -D app\nRUN apk add --no-cache curl\n',
        fixed: 'FROM alpine:3.22\nRUN adduser -D app\nRUN apk add --no-cache curl\n',
      },
      {
        code: 'FROM fedora:43\nRUN «dnf -y update»\nRUN dnf -y install httpd && dnf clean all\n',
        fixed: 'FROM fedora:43\nRUN dnf -y update\nRUN dnf -y install httpd && dnf clean all\n',
      },
      {
        note: 'The second install goes by the list of the first.',
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl\nRUN «apt-get install» -y git\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl\nRUN apt-get update && apt-get install -y git\n',
      },
      {
        note: 'Who knows what the script installs.',
        code: 'FROM debian:13.1-slim\nCOPY install.sh /\nRUN «apt-get update»\nRUN /install.sh\n',
        fixed: 'FROM debian:13.1-slim\nCOPY install.sh /\nRUN apt-get update\nRUN /install.sh\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      },
      { code: 'FROM alpine:3.22\nRUN apk add --update curl\n' },
      { note: 'The script may install.', code: 'FROM debian:13.1-slim\nRUN apt-get update && /install.sh\n' },
    ],
  },
  check: ({ model, report }) => {
    const index = (work: PackageWork, run: RunInstruction): void => {
      const behind = runsBehind(model, run);
      if (!isAlone(run, work) || behind.some(other => reliesOnEarlierIndex(other, work) !== null)) return;
      const said = { at: work.span, data: { command: work.title } };
      if (behind.some(({ script }) => script.commands.some(isOpaque))) report('alone', said);
      else report('idle', { ...said, fixes: leaveOut(model, run, work) });
    };
    const install = (work: PackageWork, run: RunInstruction): void => {
      if (reliesOnEarlierIndex(run, work)?.span.start !== work.span.start) return;
      const fetched = lastFetched(model, run, work);
      if (fetched === null) return;
      const apart = isAlone(fetched.run, fetched.work);
      if (!apart && work.manager.family !== 'apt') return;
      report(apart ? 'apart' : 'borrowed', {
        at: work.span,
        data: { command: work.title, update: fetched.work.title },
        related: [{ span: fetched.work.span, message: 'the index is from here' }],
        fixes: fetchHere(model, run, work, fetched),
      });
    };
    return {
      programs: [
        onPackageWork(['index', 'upgrade', 'install'], (work, run) => {
          if (isRehearsal(work)) return;
          if (work.action === 'index') return index(work, run);
          // An install that goes by the index of the upgrade says the same, and more.
          const isSaid =
            fetchesIndex(work) && runsBehind(model, run).some(other => reliesOnEarlierIndex(other, work));
          if (upgradesAll(work) && !installs(run, work) && !isSaid)
            report('upgrade', { at: work.span, data: { command: work.title } });
          install(work, run);
        }),
      ],
    };
  },
});
