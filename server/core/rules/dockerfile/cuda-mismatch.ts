// cuda-mismatch: packages for another version of CUDA than the base brings.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { cudaImageOf } from '../../insight/cuda.ts';
import { onLanguageWork } from '../../insight/package-work.ts';
import { type CudaImage, publishedFor } from '../../knowledge/gpu.ts';
import type { ShellWord } from '../../model/shell/script.ts';
import { replace } from '../../text/edit.ts';
import { type Span, span } from '../../text/span.ts';

interface Wanted {
  readonly major: number;
  readonly minor: number;
  /** `cu118`, `pytorch-cuda=11.8`. */
  readonly written: string;
  readonly at: Span;
  /** The word says where packages are taken from, so that another version is another word. */
  readonly isSource: boolean;
}

const forms = [
  /(?<=\/)cu(\d{2})(\d+)(?=\/?$)/,
  /(?<=\+)cu(\d{2})(\d+)(?=$|[.,;])/,
  /(?<=^(?:--torch-backend=)?)cu(\d{2})(\d+)$/,
  /^(?:pytorch-cuda|cudatoolkit|cuda-version)={1,2}(\d+)\.(\d+)/,
];

function wantedBy({ raw, value, span: where }: ShellWord): Wanted | null {
  for (const [index, form] of forms.entries()) {
    const found = form.exec(value ?? '');
    const start = found ? raw.indexOf(found[0]) : -1;
    if (found === null || start < 0) continue;
    const at = span(where.start + start, where.start + start + found[0].length);
    const isSource = index === 0 || index === 2;
    return { major: Number(found[1]), minor: Number(found[2]), written: found[0], at, isSource };
  }
  return null;
}

/** Within one major version, what was made for an older minor one runs on a newer one. */
const fits = (wanted: Wanted, image: CudaImage): boolean =>
  wanted.major === image.major && wanted.minor <= image.minor;

export default dockerfileRule({
  id: 'cuda-mismatch',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Packages for another version of CUDA than that of the base',
  messages: {
    mismatch: {
      text: '`{wanted}` asks for packages made for CUDA {version}, and the base brings {base}: they fail, or compute without the GPU and say nothing. Bring the two in line.',
      equivalents: ['tally:gpu/cuda-version-mismatch'],
    },
  },
  docs: {
    why: 'Packages such as those of PyTorch are built for one version of CUDA. Next to another one they do not find their libraries, or quietly compute on the CPU. Mostly the base was raised, and the address of the packages was not.',
    remedy:
      'Take packages for the version of the base: of one major version, an older minor one runs on a newer. The repair changes the address to the newest for which PyTorch publishes packages.',
    limits: 'Packages that bring all of CUDA along work with any base that has a driver new enough.',
    references: [
      'https://docs.nvidia.com/deploy/cuda-compatibility/',
      'https://pytorch.org/get-started/previous-versions/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Whether a release is published for that version, the index knows. The version in the name of one package says nothing of others.',
  },
  examples: {
    bad: [
      {
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN pip install --no-cache-dir torch==2.8.0 --index-url https://download.pytorch.org/whl/«cu118»\n',
        fixed:
          'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN pip install --no-cache-dir torch==2.8.0 --index-url https://download.pytorch.org/whl/cu126\n',
      },
      {
        code: 'FROM nvidia/cuda:12.1.1-runtime-ubuntu22.04\nRUN conda install -y «pytorch-cuda=12.4» && conda clean -afy\n',
        fixed:
          'FROM nvidia/cuda:12.1.1-runtime-ubuntu22.04\nRUN conda install -y pytorch-cuda=12.4 && conda clean -afy\n',
      },
      {
        code: 'FROM nvidia/cuda:12.1.0-devel-ubuntu20.04\nRUN uv pip install --torch-backend=«cu124» torch==2.8.0\n',
        fixed:
          'FROM nvidia/cuda:12.1.0-devel-ubuntu20.04\nRUN uv pip install --torch-backend=cu121 torch==2.8.0\n',
      },
    ],
    good: [
      {
        note: 'An older minor version runs on a newer one.',
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN uv pip install --no-cache --torch-backend cu124 torch==2.8.0\n',
      },
      {
        code: 'FROM python:3.14-slim\nRUN pip install --no-cache-dir torch==2.8.0 --index-url https://download.pytorch.org/whl/cu118\n',
      },
    ],
  },
  check: ({ report }) => ({
    programs: [
      onLanguageWork(['install', 'restore'], (work, run) => {
        const image = run.stage && cudaImageOf(run.stage);
        if (!image) return;
        for (const word of work.command.args) {
          const wanted = wantedBy(word);
          if (wanted === null || fits(wanted, image)) continue;
          const instead = wanted.isSource ? publishedFor(image) : undefined;
          report('mismatch', {
            at: wanted.at,
            data: {
              wanted: wanted.written,
              version: `${wanted.major}.${wanted.minor}`,
              base: `${image.major}.${image.minor}`,
            },
            fixes: instead ? [fix(`Take ${instead}`, 'suggestion', [replace(wanted.at, instead)])] : [],
          });
        }
      }),
    ],
  }),
});
