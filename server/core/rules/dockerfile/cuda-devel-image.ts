// cuda-devel-image: compilers and headers of CUDA in an image that compiles nothing.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { cudaImageOf } from '../../insight/cuda.ts';
import { builtFrom, commandsOf } from '../../insight/run-effects.ts';
import { installedPackages } from '../../knowledge/package-calls.ts';
import type { Stage } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

const compilers = /^(?:nvcc|gcc|g\+\+|cc|c\+\+|clang\S*|make|cmake|ninja|meson|bazel|cargo|go)$/;
const toolPackages = /^(?:build-essential|gcc\S*|g\+\+\S*|make|cmake|ninja-build|python3?-dev|\S+-devel)$/;

/** Packages of Python may be compiled as they are installed, where they are taken from source. */
const compiles = (stage: Stage): boolean => {
  const commands = commandsOf(builtFrom(stage));
  return (
    commands.some(
      ({ name, args }) =>
        compilers.test(name ?? '') ||
        args.some(({ value }) => /^--no-(?:binary|build-isolation)|^setup\.py$|^git\+/.test(value ?? '')),
    ) || [...installedPackages(commands)].some(name => toolPackages.test(name))
  );
};

export default dockerfileRule({
  id: 'cuda-devel-image',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Compilers of CUDA in an image that compiles nothing',
  messages: {
    devel: {
      text: 'The `devel` flavour holds compilers, headers and static libraries of CUDA, gigabytes of them, and nothing is compiled here. Take `{tag}`.',
      equivalents: ['tally:gpu/prefer-runtime-final-stage'],
    },
  },
  docs: {
    why: 'Images of `nvidia/cuda` come in three flavours. What runs a program compiled elsewhere, or packages that are compiled already, needs `runtime`, or just `base`; `devel` is several gigabytes larger, and gives an intruder a compiler.',
    remedy:
      'Compile in a stage from `devel`, and ship one from `runtime` or `base`. The repair changes the flavour.',
    limits:
      'Only the stage that is shipped is looked at. What compiles when it starts, as some frameworks do, is not seen.',
    references: [
      'https://hub.docker.com/r/nvidia/cuda',
      'https://docs.docker.com/build/building/multi-stage/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Some frameworks compile as they run. A tag from a variable is changed where the variable is set, and one with a digest not at all.',
  },
  examples: {
    bad: [
      {
        code: 'FROM nvidia/cuda:12.6.3-devel-ubuntu24.04 AS build\nRUN nvcc -o /app main.cu\n\nFROM nvidia/cuda:«12.6.3-devel-ubuntu24.04»\nCOPY --from=build /app /app\n',
        fixed:
          'FROM nvidia/cuda:12.6.3-devel-ubuntu24.04 AS build\nRUN nvcc -o /app main.cu\n\nFROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nCOPY --from=build /app /app\n',
      },
      {
        code: 'ARG TAG=12.6.3-devel-ubuntu24.04\nFROM «nvidia/cuda:$TAG»\nCMD ["python3", "app.py"]\n',
        fixed: 'ARG TAG=12.6.3-devel-ubuntu24.04\nFROM nvidia/cuda:$TAG\nCMD ["python3", "app.py"]\n',
      },
    ],
    good: [
      { code: 'FROM nvidia/cuda:12.6.3-devel-ubuntu24.04\nCOPY . .\nRUN make\n' },
      { code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nCMD ["python3", "app.py"]\n' },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal || cudaImageOf(stage)?.flavour !== 'devel' || compiles(stage)) return;
      const { image, reference } = (stage.chain.at(-1) ?? stage).from;
      if (image === null || !reference.known) return;
      const { tag, tagSpan, digest } = reference.value;
      const isWritten = tagSpan !== null && model.text.slice(tagSpan.start, tagSpan.end) === tag;
      const at = isWritten ? tagSpan : image.span;
      const start = at.start + (tag ?? '').indexOf('devel');
      const flavour = span(start, start + 'devel'.length);
      report('devel', {
        at,
        data: { tag: (tag ?? '').replace('devel', 'runtime') },
        fixes:
          isWritten && digest === null
            ? [fix('Take the runtime flavour', 'suggestion', [replace(flavour, 'runtime')])]
            : [],
      });
    },
  }),
});
