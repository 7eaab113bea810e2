// gpu-query-in-build: a RUN that asks for a GPU, which no build has.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { heredocReaders } from '../../insight/written-files.ts';
import { gpuPrograms, gpuQuestion } from '../../knowledge/gpu.ts';
import type { Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { removeCommand } from '../../repairs/commands.ts';
import { type Span, span, spanText } from '../../text/span.ts';

const pythons = ['python', 'python2', 'python3'];

export default dockerfileRule({
  id: 'gpu-query-in-build',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A build asks for a GPU',
  messages: {
    asked: {
      text: '`{query}` asks for a GPU, and a build has none: it fails, or the answer is no wherever the image is to run. Ask when the container starts.',
      equivalents: ['tally:gpu/no-buildtime-gpu-queries'],
    },
  },
  docs: {
    why: 'GPUs are handed to containers, not to builds. `nvidia-smi` fails in a RUN; `torch.cuda.is_available()` says no, and whatever is decided by that is wrong in the image.',
    remedy:
      'Leave the question out of the build, and ask it in the entrypoint, or in a test that runs the image with `--gpus`. The repair takes the command out.',
    limits: 'Scripts that are copied into the build are not read. Some builders can be set up with GPUs.',
    references: [
      'https://docs.docker.com/engine/containers/gpu/',
      'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'What the command tells was wanted for something. One that other commands depend on is left alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN ./install.sh && «nvidia-smi» -L\n',
        fixed: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN ./install.sh\n',
      },
      {
        code: 'FROM pytorch/pytorch:2.8.0-cuda12.6-cudnn9-runtime\nRUN «python -c "import torch; assert torch.cuda.is_available()"»\nWORKDIR /app\n',
        fixed: 'FROM pytorch/pytorch:2.8.0-cuda12.6-cudnn9-runtime\nWORKDIR /app\n',
      },
      {
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN if «nvidia-smi»; then echo "GPU"; fi\n',
        fixed: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN if nvidia-smi; then echo "GPU"; fi\n',
      },
      {
        code: 'FROM pytorch/pytorch:2.8.0-cuda12.6-cudnn9-runtime\nRUN python3 - <<EOF\nimport torch\nprint(«torch.cuda.device_count»())\nEOF\nRUN cat > /a.py <<EOF\ntorch.cuda.is_available()\nEOF\n',
        fixed:
          'FROM pytorch/pytorch:2.8.0-cuda12.6-cudnn9-runtime\nRUN python3 - <<EOF\nimport torch\nprint(torch.cuda.device_count())\nEOF\nRUN cat > /a.py <<EOF\ntorch.cuda.is_available()\nEOF\n',
      },
    ],
    good: [
      { code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nCMD ["nvidia-smi", "--loop=10"]\n' },
      { code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN command -v nvidia-smi || true\n' },
    ],
  },
  check: ({ model, report }) => {
    const say = (run: RunInstruction, command: ShellCommand, at: Span, query: string): void => {
      const edit = removeCommand(model, run, command);
      const fixes = edit ? [fix('Leave the question out', 'unsafe', [edit])] : [];
      report('asked', { at, data: { query }, fixes });
    };
    const program = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || command.nameWord === null) return;
      say(instruction, command, command.nameWord.span, command.name ?? '');
    };
    const python = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || command.nameWord === null) return;
      const code = command.args.find(({ raw }) => gpuQuestion.test(raw));
      const [question] = gpuQuestion.exec(code?.raw ?? '') ?? [];
      if (code === undefined || question === undefined) return;
      say(instruction, command, span(command.nameWord.span.start, code.span.end), `${question})`);
    };
    const heredocs = (run: RunInstruction): void => {
      const readers = run.heredocs.length > 0 ? heredocReaders(run) : [];
      for (const [index, { contentSpan }] of run.heredocs.entries()) {
        if (!/^python/.test(readers[index]?.name ?? run.script.interpreter ?? '')) continue;
        const { 0: question, index: found } = gpuQuestion.exec(spanText(model.text, contentSpan)) ?? {};
        if (question === undefined || found === undefined) continue;
        const start = contentSpan.start + found;
        report('asked', { at: span(start, start + question.length - 1), data: { query: `${question})` } });
      }
    };
    return {
      instruction: { RUN: heredocs },
      programs: [
        { names: gpuPrograms, visit: program },
        { names: pythons, visit: python },
      ],
    };
  },
});
