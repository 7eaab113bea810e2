// scattered-settings: what the container starts, between the steps that build it.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { allSources } from '../../insight/sources.ts';
import type { DockerfileModel, Instruction, Keyword, Stage } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { wholeLines } from '../../text/layout.ts';
import { hull, type Span, spanText } from '../../text/span.ts';

/** In the order in which they are read best: how it ends, how it is asked, what it starts. */
const order: readonly Keyword[] = ['STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'];
const rank = ({ keyword }: Instruction): number => order.indexOf(keyword);

export default dockerfileRule({
  id: 'scattered-settings',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'What the container starts, between the steps that build it',
  messages: {
    early: {
      text: '{keyword} is no step of the build: here it is easily overlooked. Write it at the end of the stage.',
      equivalents: ['tally:epilogue-order'],
    },
    order: {
      text: 'The end of a stage is read best as STOPSIGNAL, HEALTHCHECK, ENTRYPOINT, CMD: write {keyword} above {other}.',
      equivalents: ['tally:epilogue-order'],
    },
  },
  docs: {
    why: 'Who wants to know what a container starts looks at the end of the file. `CMD` between two `RUN` is not seen there, and a second one is soon added.',
    remedy:
      'End the stage with `STOPSIGNAL`, `HEALTHCHECK`, `ENTRYPOINT` and `CMD`, in that order. The repair moves them there, with the comments above them.',
    references: ['https://docs.docker.com/build/building/best-practices/#dockerfile-instructions'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'The order of settings changes nothing but the history of the image. It is left alone where SHELL or a variable gives them their meaning, and where one is given twice.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\n# Starts it.\n«CMD» ["/app"]\nRUN make\n',
        fixed: 'FROM alpine:3.24\nRUN make\n# Starts it.\nCMD ["/app"]\n',
      },
      {
        code: 'FROM alpine:3.24\nCMD ["serve"]\n«ENTRYPOINT» ["/app", \\\n  "--verbose"]\nSTOPSIGNAL SIGINT\n',
        fixed: 'FROM alpine:3.24\nSTOPSIGNAL SIGINT\nENTRYPOINT ["/app", \\\n  "--verbose"]\nCMD ["serve"]\n',
      },
      {
        note: 'The shell that reads it is chosen in between.',
        code: 'FROM alpine:3.24\n«HEALTHCHECK» CMD [ -f /ok ]\nSHELL ["/bin/ash", "-c"]\nCMD ["/app"]\n',
        fixed: 'FROM alpine:3.24\nHEALTHCHECK CMD [ -f /ok ]\nSHELL ["/bin/ash", "-c"]\nCMD ["/app"]\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24\nRUN make\nENTRYPOINT ["/app"]\nCMD ["serve"]\n' },
      {
        note: 'A stage that others are made from.',
        code: 'FROM alpine:3.24 AS base\nCMD ["/app"]\nRUN make\nFROM base\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      const settings = stage.instructions.filter(instruction => rank(instruction) >= 0);
      const wrong = settings.length === 0 ? null : firstWrong(stage, settings);
      if (wrong === null || allSources(model).some(source => source.stage === stage)) return;
      const { setting, other } = wrong;
      const { keyword, keywordSpan: at } = setting;
      const fixes = movedToEnd(model, stage, settings);
      if (other === null) report('early', { at, data: { keyword }, fixes });
      else report('order', { at, data: { keyword, other: other.keyword }, fixes });
    },
  }),
});

interface Wrong {
  readonly setting: Instruction;
  /** The one that is to follow it; null where steps of the build do. */
  readonly other: Instruction | null;
}

function firstWrong({ instructions }: Stage, settings: readonly Instruction[]): Wrong | null {
  const lastStep = instructions.findLast(instruction => rank(instruction) < 0);
  for (const [index, setting] of settings.entries()) {
    if (lastStep !== undefined && setting.index < lastStep.index) return { setting, other: null };
    const other = settings.slice(0, index).find(earlier => rank(earlier) > rank(setting));
    if (other !== undefined) return { setting, other };
  }
  return null;
}

function movedToEnd(
  model: DockerfileModel,
  { instructions }: Stage,
  settings: readonly Instruction[],
): Fix[] {
  const last = instructions.at(-1);
  const isTwice = new Set(settings.map(rank)).size < settings.length;
  const depends = instructions.some(({ keyword }) => keyword === 'SHELL') || settings.some(isUnsettled);
  const [first] = settings;
  if (!first || !last || isTwice || depends || last.extent.end > last.span.end) return [];
  const { text, layout } = model;
  const blocks = settings.map(setting => linesOf(model, setting));
  const whole = wholeLines(text, hull(linesOf(model, first), last.span));
  const isEnded = text.charAt(whole.end - 1) === '\n';
  const inOrder = settings.map((setting, index) => ({ setting, block: blocks[index] ?? setting.span }));
  inOrder.sort((a, b) => rank(a.setting) - rank(b.setting));
  const parts = [...gaps(whole, blocks), ...inOrder.map(({ block }) => block)].map(part =>
    spanText(text, part),
  );
  const lines = parts.map(part => (part === '' || part.endsWith('\n') ? part : part + layout.eol)).join('');
  // Line ends may differ within a file.
  const written = isEnded ? lines : lines.replace(/\r?\n$/, '');
  return [fix('Move it to the end of the stage', 'safe', [replace(whole, written)])];
}

const isUnsettled = ({ keyword, body, span, extent }: Instruction): boolean =>
  (keyword === 'STOPSIGNAL' && body.text.includes('$')) || extent.end > span.end;

/** With the comments that stand above it. */
function linesOf({ text }: DockerfileModel, { span, comments }: Instruction): Span {
  const above = comments.find(comment => comment.span.end <= span.start);
  return wholeLines(text, above ? hull(above.span, span) : span);
}

/** What is left of a span without its parts, which stand in it in order. */
function gaps(whole: Span, parts: readonly Span[]): Span[] {
  const starts = [whole.start, ...parts.map(({ end }) => end)];
  const ends = [...parts.map(({ start }) => start), whole.end];
  return starts.map((start, index) => ({ start, end: ends[index] ?? start }));
}
