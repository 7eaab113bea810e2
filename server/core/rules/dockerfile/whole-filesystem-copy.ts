// whole-filesystem-copy: COPY --from=build / /.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { CopyInstruction, DockerfileModel, Stage } from '../../model/dockerfile/model.ts';
import { removeInstruction } from '../../repairs/removal.ts';
import { replace } from '../../text/edit.ts';

const isRootFolder = (path: string | undefined): boolean => path === '/' || path === '/.';

/** Within another stage they begin at its root. */
const isWhole = (source: string): boolean => isRootFolder(source) || source === '.' || source === './';

/** An image of a few scripts, made to be copied as a whole. */
const isHelper = (image: string): boolean => /^(?:docker\.io\/)?tonistiigi\/xx\b/.test(image);

/** A stage that is nothing but the copy of another one can begin with it, and keeps its settings so. */
function startFrom(model: DockerfileModel, copy: CopyInstruction, own: Stage | null): Fix[] {
  const name = copy.from?.stage?.from.name?.value;
  const { image = null } = own?.from ?? {};
  const isFirst = own?.instructions[1] === copy;
  if (!isFirst || own?.base.kind !== 'scratch' || image === null || name === undefined) return [];
  const edits = [replace(image.span, name), removeInstruction(model, copy)];
  return [fix(`Begin with ${name} instead`, 'suggestion', edits)];
}

export default dockerfileRule({
  id: 'whole-filesystem-copy',
  category: 'size',
  severity: 'warning',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A whole file system copied from a stage',
  messages: {
    everything: {
      text: 'This copies everything that {source} holds: tools, caches, sources, and whatever secrets it left. Copy what the process needs.',
      equivalents: ['hadolint:DL3067'],
    },
  },
  docs: {
    why: 'A second stage is there to leave things behind. `COPY --from=build / /` takes all of it along, doubles what the base brings, and drops the settings of the other stage: its ENV, USER and ENTRYPOINT.',
    remedy:
      'Name the files and folders that the process needs. To make one layer out of many there is `docker build --squash` and its like; to go on from a stage there is `FROM`, which is what the repair writes.',
    references: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which files the process needs is known to its author alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM golang:1.27 AS build\nRUN make\nFROM scratch\n«COPY --from=build / /»\nUSER 65532\n',
        fixed: 'FROM golang:1.27 AS build\nRUN make\nFROM build\nUSER 65532\n',
      },
      {
        code: 'FROM golang:1.27 AS build\nFROM debian:13\n«COPY --from=build [".", "/"]»\nUSER nobody\n',
        fixed: 'FROM golang:1.27 AS build\nFROM debian:13\nCOPY --from=build [".", "/"]\nUSER nobody\n',
      },
    ],
    good: [
      {
        note: 'Made to be copied as a whole.',
        code: 'FROM tonistiigi/xx:1.6.1 AS xx\nFROM scratch AS files\nCOPY app /\nFROM alpine:3.24\nCOPY --from=xx / /\nCOPY --from=files / /\n',
      },
      {
        code: 'FROM golang:1.27 AS build\nFROM scratch\nCOPY --from=build /out/ /\nCOPY . /\nCOPY --from=build / /sysroot\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      COPY(copy) {
        const { sources, destination, span: at, stage } = copy;
        if (copy.from === null || !isRootFolder(destination?.value)) return;
        if (!sources.some(({ value }) => isWhole(value))) return;
        const source = copy.from.flag.value ?? '';
        const root = copy.from.stage?.root;
        if (root?.kind === 'scratch' || isHelper(root?.kind === 'image' ? root.reference.text : source))
          return;
        const fixes = copy.onbuild ? [] : startFrom(model, copy, stage);
        report('everything', { at, data: { source }, fixes });
      },
    },
  }),
});
