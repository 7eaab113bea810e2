// Where an install takes its packages from: by the repositories of its base image, or by others that somebody added.
import { isSystemManager } from '../knowledge/package-lookup.ts';
import type { DockerfileModel, RunInstruction, Stage } from '../model/dockerfile/model.ts';
import { rememberPart } from '../model/remembered.ts';
import { hasOption, mayHaveMoreOptions, type PackageWork } from './package-work.ts';

/** Files, programs and packages that bring repositories of a system. */
const addsRepositories =
  /sources\.list|\/etc\/apt\/|apt-add-repository|add-apt-repository|extrepo|\/etc\/apk\/|yum\.repos\.d|config-manager|\bcopr\b|epel-release|release-latest|addrepo|zypper\s+(?:-\S+\s+)*ar\b|\/etc\/zypp\/|nodesource|setup_\d+|rpmfusion|\bcurl\b[^|]*\|\s*(?:sudo\s+)?(?:ba)?sh\b/;

/** Settings that lead a manager of a language elsewhere. */
const leadsElsewhere = /index-url|find-links|registry|npmrc|pip\.conf|gemrc|PIP_\w*INDEX|PIP_NO_|GEM_/i;

/** Options of the call itself. */
const elsewhere =
  /^(?:-t|--target-release|--default-release|-X|--repository|--enablerepo|--repo(?:id)?|--from|--releasever|--root|--installroot|-i|-f|--index-url|--extra-index-url|--index|--default-index|--find-links|--registry|--source|-s|--pre|--platform|--python-version)(?:=|$)/;

const keepsRepositories = new Set(['RUN', 'COPY', 'ADD', 'ENV', 'ONBUILD']);

/** The first instruction of a stage that changes where packages come from; none: beyond all others. */
const firstChange = rememberPart(({ text }: DockerfileModel, { instructions }: Stage) => {
  const first = (pattern: RegExp): number =>
    instructions.find(
      ({ keyword, span: { start, end } }) =>
        keepsRepositories.has(keyword) && pattern.test(text.slice(start, end)),
    )?.index ?? Number.POSITIVE_INFINITY;
  return { system: first(addsRepositories), language: first(leadsElsewhere) };
});

/** The image whose own repositories the install reads; null where it is not known, or where others come in. */
export function imageOfPackages(
  model: DockerfileModel,
  run: RunInstruction,
  work: PackageWork,
): string | null {
  const { stage, index } = run;
  const root = stage?.root;
  if (root?.kind !== 'image' || hasOption(work, elsewhere) || mayHaveMoreOptions(work)) return null;
  const kind = isSystemManager(work.manager) ? 'system' : 'language';
  // What the RUN does itself counts too.
  const isChanged = stage?.chain.some(part => firstChange(model, part)[kind] <= index);
  return isChanged ? null : root.reference.text;
}
