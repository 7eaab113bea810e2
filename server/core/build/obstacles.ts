// What keeps an engine from building whatever the file says, and what a person does about it.
import { commandEnded } from './text.ts';

interface Obstacle {
  /** Commands of the file come across it too. */
  readonly isEverywhere?: true;
  readonly says: RegExp;
  /** `engine` is the name of its program. */
  tell(engine: string): string;
}

const obstacles: readonly Obstacle[] = [
  {
    says: /permission denied.*(?:\.sock|daemon|connect)|(?:\.sock|daemon).*permission denied/i,
    tell: engine =>
      `You may not talk to ${engine}. Add yourself to its group (sudo usermod -aG docker "$USER", then log in again), or use a rootless engine.`,
  },
  {
    says: /cannot connect to the docker daemon|is the docker daemon running|error during connect|dial unix .*(?:no such file|connection refused)|unable to connect to podman|cannot access containerd socket|rootless containerd not running|failed to (?:list workers|dial)|no connection could be made|docker_engine/i,
    tell: engine =>
      `${engine} does not run, or is not where DOCKER_HOST or the context says. Start it (Docker Desktop; systemctl start docker; podman machine start), then build again.`,
  },
  {
    isEverywhere: true,
    says: /no space left on device|ENOSPC|disk quota exceeded/i,
    tell: engine =>
      `The disk that ${engine} builds on is full. See what takes the room: ${engine} system df. Unused images and build caches go with ${engine} system prune and ${engine} builder prune.`,
  },
  {
    says: /buildx component is missing|'buildx' is not a docker command|unknown command: docker buildx|requires buildkit|buildctl.*not found|executable file not found in \$PATH.*buildctl/i,
    tell: engine =>
      engine === 'nerdctl'
        ? 'nerdctl builds with BuildKit, which is not there. Install buildkitd and buildctl, and start buildkitd.'
        : 'This build needs BuildKit. Install the buildx plugin of Docker, then build again.',
  },
  {
    says: /no builder "?.*"? found|failed to find (?:driver|builder)|builder instance .* not found/i,
    tell: engine => `There is no such builder. ${engine} buildx ls lists those that there are.`,
  },
  {
    isEverywhere: true,
    says: /i\/o timeout|network is unreachable|no such host|temporary failure in name resolution|TLS handshake timeout/i,
    tell: () =>
      'A registry or a host could not be reached. Look at the network, a proxy and the name of the image.',
  },
  {
    says: /pull access denied|unauthorized|authentication required|denied: requested access/i,
    tell: engine =>
      `The registry does not give the image. Is its name right? A private one needs ${engine} login first.`,
  },
];

/** A sentence or two with the next step; null where what was said speaks for itself. */
export function obstacleIn(said: string, engine: string): string | null {
  const isOfCommand = said.startsWith(commandEnded);
  const found = obstacles.find(({ says, isEverywhere }) => (isEverywhere || !isOfCommand) && says.test(said));
  return found?.tell(engine) ?? null;
}
