// needless-gpu-package: packages for GPUs that belong to the machine below, or that the base holds already.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { cudaImageOf } from '../../insight/cuda.ts';
import { isRehearsal, onPackageWork, type SystemWork } from '../../insight/package-work.ts';
import { holdsCudaPackage, isHostPackage } from '../../knowledge/gpu.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellWord } from '../../model/shell/script.ts';
import { removeArgument, removeCommand } from '../../repairs/commands.ts';

function leftOut(model: DockerfileModel, run: RunInstruction, work: SystemWork, word: ShellWord): Fix[] {
  const isAlone = work.operands.length === 1;
  const edit = isAlone ? removeCommand(model, run, work.command) : removeArgument(model, work.command, word);
  return edit === null ? [] : [fix(`Leave out ${word.value}`, 'unsafe', [edit])];
}

export default dockerfileRule({
  id: 'needless-gpu-package',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A package for GPUs that the image has no use for',
  messages: {
    host: {
      text: '`{package}` hands GPUs to containers, and works on the machine below them: in an image it does nothing. Install it there, and leave it out here.',
      equivalents: ['tally:gpu/no-container-runtime-in-image'],
    },
    held: {
      text: '`{package}` is part of `{image}`: installed again, it takes gigabytes twice, maybe in another version. Leave it out.',
      equivalents: ['tally:gpu/no-redundant-cuda-install'],
    },
  },
  docs: {
    why: 'The toolkit for containers hooks into Docker on the host; inside an image it has nothing to hook into. The images of `nvidia/cuda` come with CUDA: a second one from the repository is large, and often another version than the first.',
    remedy:
      'Install the toolkit on the host. Choose the flavour of the base by what is needed (`base`, `runtime`, `devel`, with or without `cudnn`) instead of adding to it. The repair leaves the package out.',
    references: [
      'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html',
      'https://hub.docker.com/r/nvidia/cuda',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'What was built against the other version may miss it. A command that others depend on is left alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl «nvidia-container-toolkit» && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM nvidia/cuda:12.6.3-devel-ubuntu24.04\nRUN apt-get update && apt-get install -y «cuda-toolkit-12-6» && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM nvidia/cuda:12.6.3-devel-ubuntu24.04\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM rockylinux:9\nRUN if true; then dnf install -y «nvidia-docker2»; fi\n',
        fixed: 'FROM rockylinux:9\nRUN if true; then dnf install -y nvidia-docker2; fi\n',
      },
    ],
    good: [
      {
        note: 'This flavour comes without it.',
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y cuda-nvcc-12-6 libcudnn9-cuda-12\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    programs: [
      onPackageWork(['install'], (work, run) => {
        if (isRehearsal(work)) return;
        const image = run.stage && cudaImageOf(run.stage);
        for (const word of work.operands) {
          const name = word.value?.replace(/[=:].*$/, '') ?? '';
          const fixes = (): Fix[] => leftOut(model, run, work, word);
          if (isHostPackage(name)) report('host', { at: word.span, data: { package: name }, fixes: fixes() });
          else if (image && run.stage?.root.kind === 'image' && holdsCudaPackage(image, name)) {
            const data = { package: name, image: run.stage.root.reference.text };
            report('held', { at: word.span, data, fixes: fixes() });
          }
        }
      }),
    ],
  }),
});
