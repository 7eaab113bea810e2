// Rules about GPUs: values, questions and packages that count, and those that do not.
import devel from '../../server/core/rules/dockerfile/cuda-devel-image.ts';
import mismatch from '../../server/core/rules/dockerfile/cuda-mismatch.ts';
import fixedGpu from '../../server/core/rules/dockerfile/fixed-gpu.ts';
import query from '../../server/core/rules/dockerfile/gpu-query-in-build.ts';
import needless from '../../server/core/rules/dockerfile/needless-gpu-package.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const cuda = 'nvidia/cuda:12.4.1-runtime-ubuntu22.04';
const on =
  (base: string) =>
  (instruction: string, messages = '', fixed?: string): Row => {
    const code = `FROM ${base}\n${instruction}\n`;
    const name = `${instruction} on ${base}`;
    return fixed === undefined ? [name, code, messages] : [name, code, messages, `FROM ${base}\n${fixed}\n`];
  };
const onCuda = on(cuda);
const onOther = on('ubuntu:24.04');

ruleTable(fixedGpu, [
  onCuda('ENV «NVIDIA_VISIBLE_DEVICES=GPU-1a-2b» A=1', 'devices', 'ENV A=1'),
  onCuda('ENV NVIDIA_VISIBLE_DEVICES=void CUDA_VISIBLE_DEVICES= A=all'),
  onCuda('ARG D=0\nENV NVIDIA_VISIBLE_DEVICES=$D NVIDIA_DRIVER_CAPABILITIES=$D'),
  onOther('ENV A=1 «CUDA_VISIBLE_DEVICES=0»', 'devices', 'ENV A=1'),
  onOther('ENV NVIDIA_VISIBLE_DEVICES=all'),
  on('docker.io/nvidia/cuda:12')('ENV «NVIDIA_VISIBLE_DEVICES all»\nENV A=1', 'repeated', 'ENV A=1'),
  ['a build stage', lines('FROM a AS b', 'ENV CUDA_VISIBLE_DEVICES=0', 'FROM c'), ''],
]);

ruleTable(query, [
  onCuda('RUN «/usr/bin/nvidia-smi» && a', 'asked', 'RUN a'),
  onCuda('RUN a | «nvidia-debugdump» -l', 'asked'),
  onCuda('RUN echo nvidia-smi && python3 -c "print(1)" && python3 check.py torch.cuda'),
  onCuda(
    'RUN a && «python3 -c "import tensorflow as tf; tf.config.list_physical_devices()"»',
    'asked',
    'RUN a',
  ),
  onCuda('HEALTHCHECK CMD nvidia-smi'),
]);

ruleTable(needless, [
  onOther('RUN apt-get install -y «libnvidia-container1» a', 'host', 'RUN apt-get install -y a'),
  onOther('RUN apt-get install -y nvidia-cuda-toolkit nvidia-utils-550'),
  onCuda('RUN apt-get install -y a «cuda-runtime-12-4=12.4.1-1»', 'held', 'RUN apt-get install -y a'),
  onCuda('RUN apt-get install -y cuda-toolkit libcudnn9-cuda-12 tensorrt && apt-get remove cuda'),
  on('nvidia/cuda:12.4.1-cudnn-runtime-ubi9')(
    'RUN dnf install -y «libcudnn9-cuda-12» libcudnn9-devel a',
    'held',
    'RUN dnf install -y libcudnn9-devel a',
  ),
  on('nvidia/cuda:12.4.1-base-ubi9')('RUN dnf install -y cuda-libraries-12-4'),
]);

ruleTable(mismatch, [
  onCuda('RUN pip3 install torch==2.0.0+«cu118»', 'mismatch'),
  onCuda('RUN pip install -i https://download.pytorch.org/whl/cu121 torch==2.4.0+cu124'),
  onCuda(
    'RUN python3 -m pip install --extra-index-url https://download.pytorch.org/whl/«cu128»/ torch',
    'mismatch',
    'RUN python3 -m pip install --extra-index-url https://download.pytorch.org/whl/cu124/ torch',
  ),
  onCuda('RUN uv pip install --torch-backend=auto torch'),
  onCuda(
    'RUN uv pip install --torch-backend «cu130» torch',
    'mismatch',
    'RUN uv pip install --torch-backend cu124 torch',
  ),
  onCuda('RUN mamba install -y pytorch-cuda=12.1 «cudatoolkit=11.8»', 'mismatch'),
  onOther('RUN pip install torch==2.0.0+cu118'),
  on('nvidia/cuda')('RUN pip install torch==2.0.0+cu118'),
]);

const develImage = on('nvidia/cuda:12.4.1-devel-ubuntu22.04');
ruleTable(devel, [
  develImage('RUN apt-get install -y build-essential'),
  develImage('RUN nvcc -o a a.cu'),
  develImage('RUN pip install --no-build-isolation flash-attn'),
  [
    'another stage',
    lines('FROM nvidia/cuda:12.4.1-devel-ubuntu22.04 AS a', 'FROM b', 'COPY --from=a /a /a'),
    '',
  ],
  [
    'by a stage',
    lines('FROM nvidia/cuda:«12.4.1-devel-ubi9» AS a', 'FROM a', 'CMD ["b"]'),
    'devel',
    lines('FROM nvidia/cuda:12.4.1-runtime-ubi9 AS a', 'FROM a', 'CMD ["b"]'),
  ],
]);
