// Rules about accounts and ownership: where commands and flags are read right, and where an expert keeps silent.
import password from '../../server/core/rules/dockerfile/account-password.ts';
import copies from '../../server/core/rules/dockerfile/copy-ignores-user.ts';
import groups from '../../server/core/rules/dockerfile/dropped-groups.ts';
import named from '../../server/core/rules/dockerfile/named-user.ts';
import sudo from '../../server/core/rules/dockerfile/needless-sudo.ts';
import setuid from '../../server/core/rules/dockerfile/setuid-program.ts';
import unresolvable from '../../server/core/rules/dockerfile/unresolvable-account.ts';
import unused from '../../server/core/rules/dockerfile/unused-account.ts';
import uid from '../../server/core/rules/dockerfile/useradd-large-uid.ts';
import writable from '../../server/core/rules/dockerfile/world-writable.ts';
import { lines, ruleTable } from '../support/rule-table.ts';

ruleTable(sudo, [
  [
    'behind ONBUILD',
    lines('FROM a:1', 'ONBUILD RUN «sudo» make'),
    'sudo',
    lines('FROM a:1', 'ONBUILD RUN make'),
  ],
  [
    'within another command',
    lines('FROM a:1', 'RUN sh -c "id; «sudo» ls"'),
    'sudo',
    lines('FROM a:1', 'RUN sh -c "id; ls"'),
  ],
  ['a shell of root', lines('FROM a:1', 'RUN «sudo» -i'), 'sudo'],
  ['in the process', lines('FROM a:1', 'CMD sudo app'), ''],
  ['in JSON', lines('FROM a:1', 'RUN [«"sudo"», "ls"]'), 'sudo', lines('FROM a:1', 'RUN ["ls"]')],
]);

ruleTable(writable, [
  [
    'options behind the mode',
    lines('FROM a:1', 'RUN chmod «0777» -R /a'),
    'others-write',
    lines('FROM a:1', 'RUN chmod 0775 -R /a'),
  ],
  ['a mode in a variable', lines('FROM a:1', 'RUN chmod $MODE /a && chmod --reference=/b /a'), ''],
  [
    'attached to its option',
    lines('FROM a:1', 'RUN mkdir -pm«777» /a && install -dm «777» /b && mkdir --mode=«777» /c'),
    'others-write others-write others-write',
    lines('FROM a:1', 'RUN mkdir -pm775 /a && install -dm 775 /b && mkdir --mode=775 /c'),
  ],
  [
    'through find',
    lines('FROM a:1', 'RUN find / -exec chmod «777» {} +'),
    'others-write',
    lines('FROM a:1', 'RUN find / -exec chmod 775 {} +'),
  ],
  [
    'a folder of mktemp beside another',
    lines('FROM a:1', 'RUN t=$(mktemp) && chmod «777» "$t" $u'),
    'others-write',
    lines('FROM a:1', 'RUN t=$(mktemp) && chmod 775 "$t" $u'),
  ],
]);

ruleTable(setuid, [
  ['a folder made with its group', lines('FROM a:1', 'RUN install -d -m 3775 /a && chmod g+s /b/'), ''],
  ['a program', lines('FROM a:1', 'RUN chmod «6755» /a'), 'setuid', lines('FROM a:1', 'RUN chmod 755 /a')],
]);

ruleTable(uid, [
  ['among several letters', lines('FROM a:1', 'RUN useradd -mlu 4000000 a'), ''],
  ['in a variable', lines('FROM a:1', 'RUN useradd -u $UID a'), ''],
]);

ruleTable(password, [
  ['read by another command', lines('FROM a:1', 'RUN echo chpasswd && man passwd'), ''],
  ['alone, with a comment', 'FROM a:1\nRUN echo x | \\\n# why\n  «chpasswd»\n', 'chpasswd'],
]);

ruleTable(named, [
  ['without FROM', lines('USER «app»:1'), 'name'],
  ['a number by a variable', lines('FROM a:1', 'ARG U=1', 'USER ${U}'), ''],
  [
    'an account of the base',
    lines('FROM node:24', 'USER «node»'),
    'name',
    lines('FROM node:24', 'USER 1000'),
  ],
]);

ruleTable(copies, [
  ['given away by a pattern', lines('FROM a:1', 'USER b', 'COPY x /app/', 'RUN chown b /app/*'), ''],
  [
    'given away elsewhere',
    lines('FROM a:1', 'USER b', '«COPY» x /app/', 'RUN chown b /var'),
    'root-owned',
    lines('FROM a:1', 'USER b', 'COPY --chown=b x /app/', 'RUN chown b /var'),
  ],
  [
    'from the stage below',
    lines('FROM a:1 AS b', 'USER c:d', 'FROM b', '«COPY» x /x'),
    'root-owned',
    lines('FROM a:1 AS b', 'USER c:d', 'FROM b', 'COPY --chown=c:d x /x'),
  ],
]);

ruleTable(groups, [
  [
    'into a group by gpasswd',
    lines('FROM a:1', 'RUN useradd b && gpasswd -a b c', 'USER b«:b»'),
    'dropped',
    lines('FROM a:1', 'RUN useradd b && gpasswd -a b c', 'USER b'),
  ],
  ['another account', lines('FROM a:1', 'RUN useradd -G c d', 'USER b:b'), ''],
]);

ruleTable(unresolvable, [
  ['root is known', lines('FROM scratch', 'USER root'), ''],
  ['a program of the image may know', lines('FROM scratch', 'ADD rootfs.tar /', 'USER app'), ''],
  ['a group', lines('FROM scratch', 'USER «1:app»'), 'user', lines('FROM scratch', 'USER 1:65532')],
]);

ruleTable(unused, [
  ['removed again', lines('FROM debian:13', 'RUN useradd b && make && userdel b', 'CMD ["x"]'), ''],
  ['given files by a command', lines('FROM debian:13', 'RUN useradd b && chown -R b:b /a', 'CMD ["x"]'), ''],
]);
