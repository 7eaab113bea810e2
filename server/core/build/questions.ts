// What a build of a Dockerfile has to be told: stages to choose from, arguments without a default, secrets, forwarded agents.
import type { DockerfileModel, Instruction, Mount } from '../model/dockerfile/model.ts';
import type { Span } from '../text/span.ts';

export interface BuildQuestions {
  /** Stages that have a name, in the order of the file. */
  readonly targets: readonly { readonly name: string; readonly span: Span }[];
  /** In stages that the target is made from. */
  readonly args: readonly { readonly name: string; readonly span: Span }[];
  readonly secrets: readonly {
    readonly id: string;
    readonly isRequired: boolean;
    /** The variable that it is mounted as; null where it is a file. */
    readonly env: string | null;
    readonly span: Span;
  }[];
  /** Ids of agents that `--mount=type=ssh` asks for. */
  readonly agents: readonly string[];
}

/** Those that builders fill in themselves, or take from the settings of the engine. */
const given =
  /^(?:(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT|OSVERSION|STAGE)|(?:HTTPS?|FTP|NO|ALL)_PROXY|(?:https?|ftp|no|all)_proxy|BUILDKIT_\w+|SOURCE_DATE_EPOCH)$/;

const mountsOf = (instruction: Instruction): readonly Mount[] =>
  instruction.keyword === 'RUN' ? instruction.mounts : [];

const option = ({ options }: Mount, ...names: readonly string[]): string | null =>
  names.map(name => options.get(name)?.value).find(value => value) ?? null;

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const isOn = (value: string | undefined): boolean => value !== undefined && !/^(?:0|f|false)$/i.test(value);

/** Each once, where it stands first. */
const firsts = <Item>(items: readonly Item[], key: (item: Item) => string): Item[] =>
  items.filter((item, at) => items.findIndex(other => key(other) === key(item)) === at);

/** The model is one of this target: it says which stages are used. */
export function buildQuestions({ stages, instructions }: DockerfileModel): BuildQuestions {
  const used = instructions.filter(({ stage }) => stage === null || stage.isUsed);
  const declared = used.flatMap(instruction => (instruction.keyword === 'ARG' ? instruction.pairs : []));
  const withDefault = new Set(declared.flatMap(({ name, value }) => (value ? [name] : [])));
  const open = declared.filter(({ name }) => name !== '' && !withDefault.has(name) && !given.test(name));
  const mounts = used.flatMap(mountsOf);
  const secrets = mounts.flatMap(mount => {
    if (mount.type !== 'secret') return [];
    const id = option(mount, 'id') ?? fileName(option(mount, 'target', 'dst', 'destination') ?? '');
    const isRequired = isOn(mount.options.get('required')?.value);
    return id === '' ? [] : [{ id, isRequired, env: option(mount, 'env'), span: mount.flag.span }];
  });
  const agents = mounts.filter(({ type }) => type === 'ssh').map(mount => option(mount, 'id') ?? 'default');
  return {
    targets: stages.flatMap(({ name, from }) => (name === null ? [] : [{ name, span: from.span }])),
    args: firsts(
      open.map(({ name, nameSpan }) => ({ name, span: nameSpan })),
      ({ name }) => name,
    ),
    secrets: firsts(secrets, ({ id }) => id),
    agents: [...new Set(agents)],
  };
}
