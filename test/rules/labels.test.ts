// Rules about labels: keys, values in their formats, and the labels that a project asks for.
import invalidValue from '../../server/core/rules/dockerfile/invalid-label-value.ts';
import malformedKey from '../../server/core/rules/dockerfile/malformed-label-key.ts';
import repeatedLabel from '../../server/core/rules/dockerfile/repeated-label.ts';
import untidyLabels from '../../server/core/rules/dockerfile/untidy-labels.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const label = (name: string, pairs: string, messages: string, fixed?: string): Row => {
  const code = lines('FROM a', `LABEL ${pairs}`);
  return fixed === undefined
    ? [name, code, messages]
    : [name, code, messages, lines('FROM a', `LABEL ${fixed}`)];
};

ruleTable(malformedKey, [
  label('digits behind a letter', 'org.example.label3=a a1=b', ''),
  label('a digit first', '«1st»=a', 'malformed', 'st=a'),
  label('a sign at an end', '«.a»=1 «b-»=2', 'malformed malformed', 'a=1 b=2'),
  label('words run together', '«buildDate»=a', 'malformed', 'build-date=a'),
  label('the key is there already', '«Team»=a team=b', 'malformed'),
  label('nothing is left of it', '«___»=a', 'malformed'),
  label('from a variable', '"$PREFIX.a"=b', ''),
  label('with a blank in front of the sign', '«.a» ="b"', 'malformed', 'a ="b"'),
  label('another domain of Docker', '«io.docker»=a «org.dockerproject.x»=b', 'reserved reserved'),
  label('a name that only begins like it', 'com.dockerish.a=b', ''),
  label('an extension of Docker Desktop', 'com.docker.extension.icon=a com.docker.extensions.x=b', ''),
  ['behind ONBUILD', 'FROM a\nONBUILD LABEL «A»=b\n', 'malformed', 'FROM a\nONBUILD LABEL a=b\n'],
]);

const oci = (key: string, value: string): string => `org.opencontainers.image.${key}=${value}`;

ruleTable(invalidValue, [
  label('URLs', `${oci('url', 'https://a')} ${oci('source', 'ssh://git@a/b')}`, ''),
  label('no host', oci('url', '«https://»'), 'url'),
  label('only a name', oci('url', '«example»'), 'url'),
  label('with a blank', oci('url', "«'https://a b'»"), 'url'),
  label('times', oci('created', '2026-01-31T10:26:33.564595127+01:00'), ''),
  label('no such month', oci('created', '«2026-13-31T10:26:33Z»'), 'rfc3339'),
  label(
    'a blank for the T',
    oci('created', '«"2026-01-31 10:26:33 +01:00"»'),
    'rfc3339',
    oci('created', '"2026-01-31T10:26:33+01:00"'),
  ),
  label('an hour without a zone', oci('created', '«2026-01-31T10:26:33»'), 'rfc3339'),
  label('licences', oci('licenses', '"GPL-2.0-or-later WITH Classpath-exception-2.0 OR mit"'), ''),
  label('a licence by its name', oci('licenses', '«"MIT License"»'), 'spdx', oci('licenses', '"MIT"')),
  label('several in another notation', oci('licenses', '«"MIT, BSD-3-Clause"»'), 'spdx'),
  label('no licence', oci('licenses', '«proprietary»'), 'spdx'),
  label('from a variable', oci('created', '"${CREATED}"'), ''),
  label('empty', oci('url', '""'), ''),
]);

ruleTable(repeatedLabel, [
  [
    'three times',
    'FROM a\nLABEL «a»=1\nLABEL «a»=2 b=3\nLABEL a=4\n',
    'overridden overridden',
    'FROM a\nLABEL b=3\nLABEL a=4\n',
  ],
  ['in another spelling', 'FROM a\nLABEL «"a"»=1\nLABEL a 2\n', 'overridden', 'FROM a\nLABEL a 2\n'],
  ['in other stages', 'FROM a\nLABEL a=1\nFROM b\nLABEL a=1\n', ''],
  ['for children', 'FROM a\nLABEL a=1\nONBUILD LABEL a=2\n', ''],
  ['before any stage', 'LABEL a=1\nLABEL a=2\n', ''],
]);

ruleTable(untidyLabels, [
  ['a value that is the rest of the line', 'FROM a\nLABEL a=1 b=2\nLABEL c d\n', ''],
  ['a key twice', 'FROM a\nLABEL a=1 b=2\nLABEL a=3\n', ''],
  ['something between them', 'FROM a\nLABEL a=1 b=2\nARG C\nLABEL c=$C\n', ''],
  [
    'indented, in lower case',
    'FROM a\n  «label» a=1 b=2  \n  label c=3\n',
    'apart',
    'FROM a\n  label a=1 b=2 \\\n        c=3\n',
  ],
  [
    'with another escape character',
    '# escape=`\nFROM a\n«LABEL» a=1 b=2\nLABEL c=3\n',
    'apart',
    '# escape=`\nFROM a\nLABEL a=1 b=2 `\n      c=3\n',
  ],
  ['a line that goes on', 'FROM a\nLABEL a=1 b=2 \\\n\nLABEL c=3\n', ''],
  ['out of order around a comment', 'FROM a\nLABEL maintainer=a \\\n  # what\n  com.docker.b=1\n', ''],
]);
