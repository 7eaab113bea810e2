// Device files of Linux through which a container gets at the host.

export type DeviceRisk =
  /** A disk, a partition, or what is made of some. */
  | 'disk'
  /** What the kernel has logged. */
  | 'log'
  /** The memory of the host, behind a capability. */
  | 'memory'
  /** The folder of all devices. */
  | 'every';

/** docs.kernel.org, "Linux allocated devices": the names of block devices, and what takes commands for those of NVMe. */
const disks =
  /^\/dev\/(?:(?:[shv]|xv)d[a-z]{1,3}\d*|nvme\d+(?:n\d+(?:p\d+)?)?|mmcblk\d+(?:(?:p|boot)\d+)?|md(?:\d+(?:p\d+)?|_d\d+|\/.+)|dm-\d+|mapper(?:\/.+)?|disk(?:\/.+)?|loop(?:\d+(?:p\d+)?|-control)|zfs|zd\d+(?:p\d+)?|zvol(?:\/.+)?|nbd\d+(?:p\d+)?|rbd(?:\d+(?:p\d+)?|\/.+)|bcache\d+(?:p\d+)?|drbd\d+|dasd[a-z]{1,4}\d*|block(?:\/.+)?|btrfs-control)$/;

/** By a path without dots and doubled slashes; undefined for all that reach no further than their hardware. */
export function deviceRiskOf(path: string): DeviceRisk | undefined {
  if (path === '/dev') return 'every';
  if (path === '/dev/kmsg') return 'log';
  if (path === '/dev/mem' || path === '/dev/port') return 'memory';
  return disks.test(path) ? 'disk' : undefined;
}
