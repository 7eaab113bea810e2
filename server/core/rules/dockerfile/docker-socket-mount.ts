// docker-socket-mount: the socket of the Docker daemon made part of an image.
import { dockerfileRule } from '../../engine/rule.ts';
import type { InstructionBase } from '../../model/dockerfile/model.ts';

const socket = /(?:^|\/)docker\.sock(?=$|[:,])/;

export default dockerfileRule({
  id: 'docker-socket-mount',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The socket of the Docker daemon in an image',
  messages: {
    volume: {
      text: 'Whoever reaches `docker.sock` is root on its host: a container with it in a volume is no border any more. Remove it.',
      equivalents: ['semgrep:dockerfile-dockerd-socket-mount'],
    },
    run: {
      text: 'A container that is started with `docker.sock` can start others with all rights: it is root on the host. Start it without the socket.',
      equivalents: ['semgrep:dockerfile-dockerd-socket-mount'],
    },
  },
  docs: {
    why: 'The daemon behind the socket runs as root and does what it is told: start a container with the whole disk in it, for example. Whoever breaks into a container that has the socket has the host.',
    remedy:
      'Do without. Images are built inside containers by BuildKit in rootless mode or by Kaniko; what only has to read is served by a proxy that lets reading requests through.',
    references: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface'],
  },
  fix: {
    availability: 'never',
    why: 'What the container does with the daemon has to be done in another way first.',
  },
  examples: {
    bad: [
      { code: 'FROM debian:13.1\nVOLUME «/var/run/docker.sock»\n' },
      { code: 'FROM docker:28\nRUN docker run -v «/var/run/docker.sock:/var/run/docker.sock» tool\n' },
    ],
    good: [
      { code: 'FROM debian:13.1\nVOLUME /var/lib/app\n' },
      { code: 'FROM docker:28\nENV DOCKER_HOST=unix:///var/run/docker.sock\nRUN echo docker.sock\n' },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      VOLUME({ words }: InstructionBase) {
        for (const { value, span } of words) if (socket.test(value)) report('volume', { at: span });
      },
    },
    command: {
      docker: ({ args }) => {
        for (const { value, span } of args) if (socket.test(value ?? '')) report('run', { at: span });
      },
    },
  }),
});
