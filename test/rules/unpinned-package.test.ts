// unpinned-package: what counts as a version, for each manager.
import rule from '../../server/core/rules/dockerfile/unpinned-package.ts';
import { type Row, ruleTable } from '../support/rule-table.ts';

const row = (run: string, messages = ''): Row => [run, `FROM a\nRUN ${run}\n`, messages];

ruleTable(rule, [
  row('apt-get install a=1 a:arm64=1 a/stable ./a.deb /tmp/a.deb $A a=$V "a=${V}"'),
  row('apt-get install a=1 «g++»', 'apt'),
  row('apt-get install -t stable «a»', 'apt'),
  row('apt-get remove a'),
  row('apk add a=1 "a>1" a~=1 a~1 "a<2" !a -t .b --virtual=.c -X https://a/b ./a.apk'),
  row('apk add «a@edge»', 'apk'),
  row('apk add --virtual .b «c» d=1 e', 'apk'),
  row('dnf install a-1 a-1.2-3.fc43 a-1:1.2 a-1.2-3.el9.x86_64 "a = 1" @group https://a/b.rpm a.rpm'),
  row('dnf install «java-21-openjdk»', 'dnf'),
  row('dnf install «java-1.8.0-openjdk-devel»', 'dnf'),
  row('dnf module install a:1'),
  row('dnf module install «a»', 'dnf'),
  row('dnf group install "A B"'),
  row('yum install «rpm-sign» gcc-c++-1.1.1', 'yum'),
  row('microdnf install -y «a»', 'dnf'),
  row('zypper in a=1 a\\>=1 "a<2" a-1.2-3.rpm'),
  row('zypper in -t pattern a'),
  row('zypper in «a»', 'zypper'),
  row('pacman -S a'),
]);
