// Contradictions of a Compose service: keys that cannot hold beside each other, for Compose or for the engine.
import { buildOf } from '../model/compose/build.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { parseBytes } from '../model/compose/project/units.ts';
import { hasFormat } from '../model/compose/schema/texts.ts';
import { filledText } from '../model/compose/value.ts';

export type Path = readonly string[];

/** Where the second one is null, it is missing, and what is set beside it counts instead. */
export interface Contradiction {
  readonly kind: 'exclusive' | 'useless' | 'unlike' | 'absent';
  readonly first: Path;
  readonly second: Path;
}

/** The text of a value that the file alone tells. */
export function textAt(model: ComposeModel, service: Service, path: Path): string | null {
  const text = filledText(model, service.get(...path)?.node)?.text ?? null;
  return text === null || text.includes('$') ? null : text;
}

const isThere = (service: Service, path: Path): boolean => {
  const node = service.get(...path)?.node ?? null;
  if (node?.kind === 'sequence') return node.items.length > 0;
  if (node?.kind === 'map') return node.pairs.length > 0;
  return node?.kind === 'scalar' && node.value !== null;
};

/** Two ways to say one thing: Compose refuses them unless they say the same. */
const twins: readonly {
  readonly plain: string;
  readonly under: Path;
  readonly key: string;
  readonly bytes: boolean;
}[] = [
  { plain: 'scale', under: ['deploy'], key: 'replicas', bytes: false },
  { plain: 'cpus', under: ['deploy', 'resources', 'limits'], key: 'cpus', bytes: false },
  { plain: 'mem_limit', under: ['deploy', 'resources', 'limits'], key: 'memory', bytes: true },
  { plain: 'pids_limit', under: ['deploy', 'resources', 'limits'], key: 'pids', bytes: false },
  { plain: 'mem_reservation', under: ['deploy', 'resources', 'reservations'], key: 'memory', bytes: true },
];

function isSame(one: string, other: string, bytes: boolean): boolean {
  if (!bytes) return Number(one) === Number(other);
  if (!hasFormat('bytes', one) || !hasFormat('bytes', other)) return true;
  return parseBytes(one) === parseBytes(other);
}

/** Others are told by the schema alone. */
const isAmount = (text: string, bytes: boolean): boolean =>
  text.includes('$') || (bytes ? hasFormat('bytes', text) : !Number.isNaN(Number(text)));

function* unlikeTwins(model: ComposeModel, service: Service): Generator<Contradiction> {
  for (const { plain, under, key, bytes } of twins) {
    const one = textAt(model, service, [plain]);
    if (one === null || (plain !== 'scale' && Number(one) === 0) || !isAmount(one, bytes)) continue;
    const [first, second] = [[plain], [...under, key]];
    if (isThere(service, second)) {
      const other = textAt(model, service, second);
      if (other !== null && !isSame(one, other, bytes)) yield { kind: 'unlike', first, second };
    } else if (plain !== 'scale' && isThere(service, under)) {
      yield { kind: 'absent', first, second };
    }
  }
}

/** What a service takes no part in when it uses the network of the host or of another container. */
function* besideNetworkMode(model: ComposeModel, service: Service): Generator<Contradiction> {
  const first = ['network_mode'];
  if (isThere(service, first) && isThere(service, ['networks'])) {
    yield { kind: 'exclusive', first, second: ['networks'] };
  }
  const mode = textAt(model, service, first);
  const joins = mode !== null && /^(?:service|container):/.test(mode);
  if ((joins || mode === 'host') && isThere(service, ['ports'])) {
    yield { kind: joins ? 'exclusive' : 'useless', first, second: ['ports'] };
  }
  if (joins && isThere(service, ['hostname'])) yield { kind: 'exclusive', first, second: ['hostname'] };
  if ((joins || mode === 'host') && isThere(service, ['links'])) {
    yield { kind: 'exclusive', first, second: ['links'] };
  }
}

export function contradictionsOf(model: ComposeModel, service: Service): readonly Contradiction[] {
  const build = buildOf(model, service);
  const inline = build?.inline && build.dockerfile !== null;
  return [
    ...besideNetworkMode(model, service),
    ...(inline
      ? [
          {
            kind: 'exclusive' as const,
            first: ['build', 'dockerfile'],
            second: ['build', 'dockerfile_inline'],
          },
        ]
      : []),
    ...unlikeTwins(model, service),
  ];
}
