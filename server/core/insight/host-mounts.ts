// The paths of the host that a service gets: by a mount of its own, or through a volume that is one in disguise.
import { canonicalHostPath } from '../knowledge/host-paths.ts';
import { meantBy } from '../model/compose/effective.ts';
import type { ComposeModel, Entry, Service } from '../model/compose/model.ts';
import { filledText } from '../model/compose/value.ts';
import { type Mount, mountsOf } from '../model/compose/volumes.ts';
import { rememberFor, rememberPart } from '../model/remembered.ts';
import type { YamlMap, YamlNode } from '../model/yaml/node.ts';
import { fileSpan } from '../text/mapped-text.ts';
import { type Span, span } from '../text/span.ts';

interface HostPath {
  /** Without dots, doubled slashes and `/var/run`. */
  readonly path: string;
  /** As the file has it, variables filled in. */
  readonly written: string;
  readonly at: Span;
  readonly readOnly: boolean;
}

export interface HostMount extends HostPath {
  readonly mount: Mount;
  /** The volume of the section `volumes` that names the path; null where the service does so itself. */
  readonly volume: string | null;
}

export interface HostVolume extends HostPath {
  readonly name: string;
}

function option(options: YamlMap, name: string): YamlNode | null {
  return meantBy(options.pairs.find(({ key }) => key.text === name)?.value ?? null);
}

/** `driver_opts` with `o: bind` and a `device`, or the `mountpoint` of a plugin. */
function volumeAt(model: ComposeModel, { name, node }: Entry): HostVolume | null {
  const options = node?.kind === 'map' ? option(node, 'driver_opts') : null;
  if (options?.kind !== 'map') return null;
  const flags = (filledText(model, option(options, 'o'))?.text ?? '').split(',').map(flag => flag.trim());
  const isBind = flags.includes('bind') || flags.includes('rbind');
  const device = filledText(model, option(options, isBind ? 'device' : 'mountpoint'));
  const path = device && canonicalHostPath(device.text);
  if (!device || !path) return null;
  const at = fileSpan(device, span(0, device.text.length));
  return { name, path, written: device.text, at, readOnly: flags.includes('ro') };
}

/** The volumes of the file that are folders of the host. */
export const hostVolumes = rememberFor((model: ComposeModel): readonly HostVolume[] =>
  model.section('volumes').flatMap(entry => volumeAt(model, entry) ?? []),
);

function hostMount(model: ComposeModel, mount: Mount): HostMount | null {
  const { source, type, readOnly } = mount;
  if (source === null) return null;
  if (type === 'volume') {
    const volume = hostVolumes(model).find(({ name }) => name === source.text);
    return volume ? { ...volume, mount, volume: volume.name, readOnly: readOnly || volume.readOnly } : null;
  }
  const path = type === 'bind' || type === 'npipe' ? canonicalHostPath(source.text) : null;
  return path === null
    ? null
    : { path, written: source.text, at: source.span, readOnly, mount, volume: null };
}

/** The mounts of a service, read once for all that ask. */
export const serviceMounts = rememberPart(mountsOf);

export const hostMounts = rememberPart((model: ComposeModel, service: Service): readonly HostMount[] =>
  serviceMounts(model, service).flatMap(mount => hostMount(model, mount) ?? []),
);
