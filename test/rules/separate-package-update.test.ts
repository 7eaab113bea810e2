// separate-package-update: which install goes by which index.
import rule from '../../server/core/rules/dockerfile/separate-package-update.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  [
    'two installs go by it',
    'FROM a\nRUN apt-get update\nRUN «apt-get install» -y b\nRUN «apt-get install» -y c\n',
    'apart apart',
    'FROM a\nRUN apt-get update && apt-get install -y b\nRUN apt-get update && apt-get install -y c\n',
  ],
  [
    'in another stage',
    'FROM a AS b\nRUN apt-get update\nFROM b\nRUN «apt-get install» -y c\n',
    'apart',
    'FROM a AS b\nFROM b\nRUN apt-get update && apt-get install -y c\n',
  ],
  [
    'in a stage that has nothing to do with it',
    'FROM a AS b\nRUN apt-get update && apt-get install -y c\nFROM d\nRUN apt-get install -y e\n',
    '',
  ],
  [
    'options and rights are kept',
    'FROM a\nRUN sudo apt-get -qq update\nRUN sudo «apt-get install» -y b\n',
    'apart',
    'FROM a\nRUN sudo apt-get -qq update && sudo apt-get install -y b\n',
  ],
  [
    'what else is in the RUN stays',
    'FROM a\nRUN set -e; apt-get update; echo ok\nRUN «apt-get install» -y b\n',
    'apart',
    'FROM a\nRUN set -e; echo ok\nRUN apt-get update && apt-get install -y b\n',
  ],
  [
    'a script may go by it, too',
    'FROM a\nRUN apt-get update\nRUN «apt-get install» -y b\nRUN ./more.sh\n',
    'apart',
    'FROM a\nRUN apt-get update\nRUN apt-get update && apt-get install -y b\nRUN ./more.sh\n',
  ],
  ['only files', 'FROM a\nRUN apt-get update && apt-get install -y b\nRUN apt-get install -y ./c.deb\n', ''],
  [
    'an install in a list without a shell',
    'FROM a\nRUN apt-get update\nRUN [«"apt-get", "install"», "-y", "b"]\n',
    'apart',
  ],
  ['for the upgrade', 'FROM a\nRUN apt-get update && apt-get upgrade -y\n', ''],
  [
    'an upgrade goes by it',
    'FROM a\nRUN apt-get update\nRUN «apt-get upgrade» -y\n',
    'apart',
    'FROM a\nRUN apt-get update && apt-get upgrade -y\n',
  ],
  ['for a download', 'FROM a\nRUN apt-get update && apt-get download b\n', ''],
  ['for a program that installs', 'FROM a\nRUN apt-get update && npx playwright install --with-deps\n', ''],
  ['for a script from elsewhere', 'FROM a\nRUN apt-get update && curl https://a/b | bash -\n', ''],
  ['another program called update', 'FROM a\nRUN update-ca-certificates\nRUN apt-get install -y b\n', ''],
  [
    'apk fetches its own',
    'FROM a\nRUN «apk update»\nRUN apk add -U b\n',
    'idle',
    'FROM a\nRUN apk add -U b\n',
  ],
  [
    'apk goes by it',
    'FROM a\nRUN apk update\nRUN «apk add» b\n',
    'apart',
    'FROM a\nRUN apk update && apk add b\n',
  ],
  [
    'zypper goes by it',
    'FROM a\nRUN zypper ref\nRUN «zypper in» -y b\n',
    'apart',
    'FROM a\nRUN zypper ref && zypper in -y b\n',
  ],
  ['an upgrade of all, alone', 'FROM a\nRUN «zypper up» -y\nRUN «pacman -Syu»\n', 'upgrade upgrade'],
  [
    'pacman goes by the index of an upgrade',
    'FROM a\nRUN pacman -Syu --noconfirm\nRUN «pacman -S» --noconfirm b\n',
    'apart',
    'FROM a\nRUN pacman -Syu --noconfirm && pacman -S --noconfirm b\n',
  ],
  ['pacman fetches it on the way', 'FROM a\nRUN pacman -Syu b\nRUN pacman -Sy c\n', ''],
  ['an upgrade by name', 'FROM a\nRUN dnf -y update openssl\n', ''],
  ['an upgrade with the install', 'FROM a\nRUN yum -y update && yum -y install b\n', ''],
  [
    'before the first FROM is typed',
    'RUN apt-get update\nRUN «apt-get install» -y b\n',
    'apart',
    'RUN apt-get update && apt-get install -y b\n',
  ],
]);
