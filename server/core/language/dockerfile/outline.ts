// The outline of a Dockerfile: its stages with their instructions. It tells names, never values: they may be secret.
import type { DockerfileModel, Instruction, Stage } from '../../model/dockerfile/model.ts';
import { hull } from '../../text/span.ts';
import type { OutlineEntry } from '../outline.ts';

const listed = (names: Iterable<string>): string => [...new Set(names)].join(', ');

/** What an instruction is about. */
function detailOf(instruction: Instruction): string {
  switch (instruction.keyword) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK':
      return listed(instruction.script.commands.flatMap(({ name }) => name ?? []));
    case 'ENV':
    case 'ARG':
    case 'LABEL':
      return listed(instruction.pairs.map(({ name }) => name));
    case 'COPY':
    case 'ADD':
      return instruction.destination?.raw ?? '';
    case 'EXPOSE':
    case 'USER':
    case 'WORKDIR':
    case 'VOLUME':
    case 'STOPSIGNAL':
      return listed(instruction.words.map(({ raw }) => raw));
    default:
      return '';
  }
}

const entryOf = (instruction: Instruction): OutlineEntry => ({
  name: instruction.keyword === 'UNKNOWN' ? instruction.written : instruction.keyword,
  kind: 'instruction',
  detail: detailOf(instruction),
  span: instruction.span,
  nameSpan: instruction.keywordSpan,
  entries: [],
});

function stageOf({ name, from, index, span, instructions }: Stage): OutlineEntry {
  return {
    name: name ?? from.image?.raw ?? String(index),
    kind: 'stage',
    detail: name === null ? '' : `FROM ${from.image?.raw ?? ''}`.trim(),
    span: hull(span, instructions.at(-1)?.span ?? span),
    nameSpan: from.name?.span ?? from.image?.span ?? from.keywordSpan,
    entries: instructions.filter(instruction => instruction !== from).map(entryOf),
  };
}

export function dockerfileOutline({ instructions, stages }: DockerfileModel): OutlineEntry[] {
  const before = instructions.filter(({ stage }) => stage === null);
  return [...before.map(entryOf), ...stages.map(stageOf)];
}
