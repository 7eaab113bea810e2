// Programs without a use in a build, and why.

const groups: readonly (readonly [reason: string, names: readonly string[]])[] = [
  ['shows processes and figures that are gone when the build is done', ['ps', 'top', 'free']],
  ['starts what ends with this RUN: no process outlives it', ['service']],
  ['stops something that does not run in a build', ['shutdown', 'kill']],
  ['waits for somebody at a keyboard, and nobody is there', ['vim', 'nano']],
  ['needs a key or a password that then stays in the image', ['ssh']],
  ['mounts something for this RUN at most, and needs rights that a build does not have', ['mount']],
  ['sets up a network that each container gets anew', ['ifconfig']],
];

/** By name: the end of a sentence that begins with it. */
export const pointlessCommands: ReadonlyMap<string, string> = new Map(
  groups.flatMap(([reason, names]) => names.map(name => [name, reason] as const)),
);
