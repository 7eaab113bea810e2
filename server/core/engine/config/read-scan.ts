// Reading `scan` of `.bulkhead.yaml`.
import type { YamlNode } from '../../model/yaml/node.ts';
import { type Draft, put } from './config.ts';
import { type ScanConfig, type ScanIgnore, scanFailOnWords, scanSeverities } from './scan.ts';
import { isGiven, scalarOf, type Values } from './values.ts';

function readDay(values: Values, node: YamlNode): string | undefined {
  const day = scalarOf(node);
  const isDay = typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
  return isDay ? day : values.wrong(node, 'expires', 'a day, such as `2027-01-31`');
}

/** Without a reason nobody knows later whether it still holds: it is not honoured. */
function readIgnore(values: Values, node: YamlNode): ScanIgnore[] {
  const ignore: Draft<Partial<ScanIgnore>> = {};
  let isWhole = true;
  const text = (key: 'id' | 'package' | 'reason') => (value: YamlNode) =>
    put(ignore, key, values.text(value, key));
  values.fields(node, 'ignore', {
    id: text('id'),
    package: text('package'),
    reason: text('reason'),
    expires(value) {
      const day = readDay(values, value);
      if (day === undefined) isWhole = false;
      put(ignore, 'expires', day);
    },
  });
  const { id, reason, package: name = null, expires = null } = ignore;
  if (id === undefined || reason === undefined) {
    values.wrong(node, 'ignore', 'a map with `id` and `reason`');
    return [];
  }
  return isWhole ? [{ id, reason, package: name, expires }] : [];
}

export function readScan(values: Values, node: YamlNode): ScanConfig {
  const scan: Draft<ScanConfig> = {};
  values.fields(node, 'scan', {
    severity: value => put(scan, 'severity', values.word(value, 'severity', scanSeverities)),
    'fixable-only': value => put(scan, 'fixableOnly', values.flag(value, 'fixable-only')),
    'fail-on': value => put(scan, 'failOn', values.word(value, 'fail-on', scanFailOnWords)),
    ignore: value =>
      put(
        scan,
        'ignore',
        values.items(value, 'ignore').flatMap(item => (isGiven(item) ? readIgnore(values, item) : [])),
      ),
    vex: value => put(scan, 'vex', values.texts(value, 'vex')),
  });
  return scan;
}
