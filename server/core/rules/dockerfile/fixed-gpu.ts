// fixed-gpu: an image that decides which GPUs, and what of their driver, its containers see.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isCudaImage } from '../../insight/cuda.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { removePair } from '../../repairs/removal.ts';
import { replace } from '../../text/edit.ts';

/** Device numbers, and names such as `GPU-3a1f…` and `MIG-…`; `none`, `void` and nothing switch GPUs off on purpose. */
const isDevice = (value: string): boolean => /^(?:\d+(?:[,:]\d+)*|(?:GPU|MIG)-.+|all)$/i.test(value.trim());

export default dockerfileRule({
  id: 'fixed-gpu',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The image decides which GPUs its containers see',
  messages: {
    devices: {
      text: '`{name}={value}` fits one machine alone, and overrides what the scheduler hands out elsewhere. Leave it out, and say `--gpus` where the container is started.',
      equivalents: ['tally:gpu/no-hardcoded-visible-devices'],
    },
    repeated: {
      text: '`{name}={value}` is what the base sets already. Leave it out.',
      severity: 'hint',
      equivalents: ['tally:gpu/no-hardcoded-visible-devices'],
    },
    capabilities: {
      text: '`{name}={value}` brings all of the driver into the container, graphics and video too. Name what is needed: `compute,utility` serves computing.',
      severity: 'hint',
      equivalents: ['tally:gpu/prefer-minimal-driver-capabilities'],
    },
  },
  docs: {
    why: 'Which GPUs a container gets is decided where it is started: by `--gpus`, or by the scheduler of a cluster. An image with numbers of devices in it works on the machine of its author, and elsewhere takes the GPU of somebody else, or none.',
    remedy:
      'Leave `NVIDIA_VISIBLE_DEVICES` and `CUDA_VISIBLE_DEVICES` to whoever starts the container, and name the capabilities of the driver that are needed: `NVIDIA_DRIVER_CAPABILITIES=compute,utility`. The repair does.',
    limits: 'Values with a variable in them are left alone; so is `all` where the base does not set it.',
    references: [
      'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'Whoever starts the container has to say which GPUs it gets; something may need more of the driver after all.',
  },
  examples: {
    bad: [
      {
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nENV «CUDA_VISIBLE_DEVICES=0,1» \\\n    APP=/app\nENV «NVIDIA_VISIBLE_DEVICES=all»\n',
        fixed: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nENV APP=/app\n',
      },
      {
        code: 'FROM ubuntu:24.04\nENV «NVIDIA_DRIVER_CAPABILITIES=all»\n',
        fixed: 'FROM ubuntu:24.04\nENV NVIDIA_DRIVER_CAPABILITIES=compute,utility\n',
      },
    ],
    good: [
      {
        note: 'Without the base of CUDA, `all` is what asks for GPUs at all.',
        code: 'FROM ubuntu:24.04\nENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,video\n',
      },
      { code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nENV NVIDIA_VISIBLE_DEVICES=none\n' },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      ENV(env) {
        if (!leavesLayer(env)) return;
        for (const pair of env.pairs) {
          const { name, value: word } = pair;
          if (word === null || word.value.includes('$')) continue;
          const said = { at: pair.span, data: { name, value: word.value } };
          if (name === 'NVIDIA_DRIVER_CAPABILITIES' && /^all$/i.test(word.value)) {
            const fixes = [fix('Name the capabilities', 'unsafe', [replace(word.span, 'compute,utility')])];
            report('capabilities', { ...said, fixes });
          }
          if (!/^(?:NVIDIA|CUDA)_VISIBLE_DEVICES$/.test(name) || !isDevice(word.value)) continue;
          const isRepeated = name.startsWith('NVIDIA') && word.value === 'all';
          if (isRepeated && !(env.stage && isCudaImage(env.stage))) continue;
          const edits = [removePair(model, env, pair)];
          const fixes = [fix(`Leave out ${name}`, isRepeated ? 'safe' : 'unsafe', edits)];
          report(isRepeated ? 'repeated' : 'devices', { ...said, fixes });
        }
      },
    },
  }),
});
