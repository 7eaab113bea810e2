// What is in the way of an engine, in a sentence with the next step.
import { lastLine } from '../engines.ts';

const problems: readonly (readonly [said: RegExp, tell: (engine: string, image: string) => string])[] = [
  [
    /permission denied.*(?:socket|\.sock|daemon)|(?:socket|\.sock|daemon).*permission denied/i,
    engine =>
      `${engine} may not be used by this account: its socket does not let it in. Add the account to the group of the socket (docker: \`usermod -aG docker NAME\`, then log in anew), or use an engine without root.`,
  ],
  [
    /cannot connect to|is the docker daemon running|connection refused|failed to dial|error during connect|no such host|\.sock: (?:connect: )?no such file/i,
    engine =>
      `${engine} does not answer. Start it (Docker Desktop, \`systemctl start docker\`, \`podman machine start\`), or say with DOCKER_HOST where it is.`,
  ],
  [
    /no such image|no such object|image not known|reference does not exist|not found|unable to find/i,
    (engine, image) => `${engine} has no image ${image}. Build it, or pull it: \`${engine} pull ${image}\`.`,
  ],
  [
    /no space left on device|disk quota exceeded/i,
    engine =>
      `The disk is full: ${engine} needs room for the whole image while it saves it. Make some, for instance with \`${engine} system prune\`.`,
  ],
];

export function engineProblem(engine: string, image: string, complaint: string): string {
  const known = problems.find(([said]) => said.test(complaint));
  return known ? known[1](engine, image) : `${engine} cannot save ${image}: ${lastLine(complaint)}.`;
}

export const noEngine =
  'There is no docker, podman or nerdctl in PATH. Install one, or name an archive made by `docker save`, or a folder in the layout of the OCI.';
