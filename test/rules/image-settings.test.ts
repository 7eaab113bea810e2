// Settings of an image: ports, folders, signals, the names of authors.
import administrationPort from '../../server/core/rules/dockerfile/administration-port.ts';
import deprecatedMaintainer from '../../server/core/rules/dockerfile/deprecated-maintainer.ts';
import hostPort from '../../server/core/rules/dockerfile/host-port-in-expose.ts';
import logToFile from '../../server/core/rules/dockerfile/log-to-file.ts';
import npmAsProcess from '../../server/core/rules/dockerfile/npm-as-process.ts';
import scatteredSettings from '../../server/core/rules/dockerfile/scattered-settings.ts';
import shellFormHealthcheck from '../../server/core/rules/dockerfile/shell-form-healthcheck.ts';
import ungraceful from '../../server/core/rules/dockerfile/ungraceful-stop-signal.ts';
import unknownTrigger from '../../server/core/rules/dockerfile/unknown-trigger.ts';
import unseenLog from '../../server/core/rules/dockerfile/unseen-service-log.ts';
import unusualName from '../../server/core/rules/dockerfile/unusual-signal-name.ts';
import systemFolder from '../../server/core/rules/dockerfile/workdir-in-system-folder.ts';
import wrongSignal from '../../server/core/rules/dockerfile/wrong-stop-signal.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(administrationPort, [
  ['a variable with a value', 'FROM a\nARG P=22\nEXPOSE «$P» 80\n', 'ssh', 'FROM a\nARG P=22\nEXPOSE 80\n'],
  ['a variable without', 'FROM a\nARG P\nEXPOSE $P\n', ''],
  ['capitals', 'FROM a\nEXPOSE «22/TCP» 80\n', 'ssh', 'FROM a\nEXPOSE 80\n'],
  ['a range in front of it', 'FROM a\nEXPOSE 10-21 24-30\n', ''],
  ['quotes', 'FROM a\nEXPOSE «"22"» 80\n', 'ssh', 'FROM a\nEXPOSE 80\n'],
  ['the host has another one', 'FROM a\nEXPOSE «2222:22» 80\n', 'ssh', 'FROM a\nEXPOSE 80\n'],
  ['a stray backslash would continue the line', 'FROM a\nEXPOSE 80 \\  «3389»\nUSER b\n', 'remote'],
]);

ruleTable(hostPort, [
  ['a range', 'FROM a\nEXPOSE «8000-8001:»80-81/udp\n', 'host', 'FROM a\nEXPOSE 80-81/udp\n'],
  ['a variable', 'FROM a\nEXPOSE $HOST:80 80:$PORT\n', ''],
  ['no port', 'FROM a\nEXPOSE 80:\n', ''],
  ['an escape', 'FROM a\nEXPOSE «8\\0:80» 81\n', 'host', 'FROM a\nEXPOSE 80 81\n'],
]);

ruleTable(deprecatedMaintainer, [
  [
    'quotes and signs',
    'FROM a\n«MAINTAINER» "Jo \\"$\\" Doe"\n',
    'maintainer',
    'FROM a\nLABEL org.opencontainers.image.authors="Jo \\\\\\"\\$\\\\\\" Doe"\n',
  ],
  [
    'lower case',
    'from a\n«maintainer» jo\n',
    'maintainer',
    'from a\nlabel org.opencontainers.image.authors="jo"\n',
  ],
  ['no name', 'FROM a\n«MAINTAINER»\n', 'maintainer'],
]);

ruleTable(systemFolder, [
  [
    'by way of another',
    'FROM a\nWORKDIR «/sys»\nWORKDIR «kernel»\n',
    'sys sys',
    'FROM a\nWORKDIR /app\nWORKDIR kernel\n',
  ],
  ['behind ONBUILD', 'FROM a\nONBUILD WORKDIR «/dev»\n', 'kernel', 'FROM a\nONBUILD WORKDIR /app\n'],
  ['out of it', 'FROM a\nWORKDIR /proc/../srv\n', ''],
]);

ruleTable(ungraceful, [
  ['without SIG', 'FROM a\nSTOPSIGNAL «KILL»\n', 'ungraceful', 'FROM a\nSTOPSIGNAL SIGTERM\n'],
  [
    'behind ONBUILD',
    'FROM a\nONBUILD STOPSIGNAL «9»\n',
    'ungraceful',
    'FROM a\nONBUILD STOPSIGNAL SIGTERM\n',
  ],
  ['no signal', 'FROM a\nSTOPSIGNAL SIGKIL\nSTOPSIGNAL\n', ''],
]);

ruleTable(unusualName, [
  ['another name', 'FROM a\nSTOPSIGNAL «SIGPOLL»\n', 'alias', 'FROM a\nSTOPSIGNAL SIGIO\n'],
  ['no signal', 'FROM a\nSTOPSIGNAL 99\n', ''],
]);

ruleTable(wrongSignal, [
  [
    'a script in front',
    'FROM debian:13\nENTRYPOINT ["/start"]\n«CMD» ["nginx"]\n',
    'nginx',
    'FROM debian:13\nSTOPSIGNAL SIGQUIT\nENTRYPOINT ["/start"]\nCMD ["nginx"]\n',
  ],
  ['by a number', 'FROM debian:13\nSTOPSIGNAL 3\nCMD ["nginx"]\n', ''],
  ['of the stage below', 'FROM debian:13 AS a\nSTOPSIGNAL SIGQUIT\nFROM a\nCMD ["nginx"]\n', ''],
  ['in a variable', 'FROM debian:13\nARG S\nSTOPSIGNAL $S\nCMD ["nginx"]\n', ''],
  ['another system', 'FROM alpine:3.24\nCMD ["/sbin/init"]\n', ''],
  ['not what runs', 'FROM debian:13 AS a\nCMD ["nginx"]\nFROM scratch\nCOPY --from=a /b /\n', ''],
]);

ruleTable(shellFormHealthcheck, [
  ['false', 'FROM a\nHEALTHCHECK CMD «b || false»\n', 'needless-exit', 'FROM a\nHEALTHCHECK CMD ["b"]\n'],
  ['another code', 'FROM a\nHEALTHCHECK CMD b || exit 0\n', ''],
  [
    'a timeout',
    'FROM a\nHEALTHCHECK CMD «timeout 5 b»\n',
    'program',
    'FROM a\nHEALTHCHECK CMD ["timeout", "5", "b"]\n',
  ],
  ['a builtin', 'FROM a\nHEALTHCHECK CMD exit 0\n', ''],
  ['none', 'FROM a\nHEALTHCHECK NONE\n', ''],
]);

ruleTable(logToFile, [
  ['both streams', 'FROM a\nCMD b «&>/var/log/b»\n', 'redirected', 'FROM a\nCMD b\n'],
  [
    'in a list',
    'FROM a\nCMD ["sh", "-c", "exec b «>/c.log»"]\n',
    'redirected',
    'FROM a\nCMD ["sh", "-c", "exec b"]\n',
  ],
  ['data', 'FROM a\nCMD b > /srv/c.json\n', ''],
  ['read from one', 'FROM a\nCMD b < /var/log/c\n', ''],
  [
    'an option in a list',
    'FROM a\nCMD ["b", "--logfile", «"/c.log"»]\n',
    'option',
    'FROM a\nCMD ["b", "--logfile", "/dev/stdout"]\n',
  ],
]);

ruleTable(
  npmAsProcess,
  [
    ['several files', 'FROM a\nCMD «npm start»\n', 'npm'],
    ['an init in front', 'FROM a\nCMD ["tini", "--", «"npm", "start"»]\n', 'npm'],
    ['options first', 'FROM a\nCMD [«"pnpm", "--silent", "run"», "b"]\n', 'npm'],
    ['not as a process', 'FROM a\nRUN npm start\nCMD ["npm", "ci"]\n', ''],
  ],
  { 'server.js': '', 'index.js': '' },
);

ruleTable(unknownTrigger, [
  ['one that may not stand there', 'FROM a\nONBUILD «FRMO» b\n', 'unknown'],
  ['nothing', 'FROM a\nONBUILD\n', ''],
]);

ruleTable(unseenLog, [
  [
    'linked in a heredoc',
    'FROM debian:13\nRUN apt-get update && apt-get install -y nginx\nRUN <<E\nln -s /dev/stdout /var/log/nginx/access.log\nE\nCMD ["nginx"]\n',
    '',
  ],
  [
    'a package of another name',
    'FROM debian:13\nRUN apt-get update && apt-get install -y «nginx-light»\nENTRYPOINT ["nginx"]\n',
    'file',
    'FROM debian:13\nRUN apt-get update && apt-get install -y nginx-light && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log\nENTRYPOINT ["nginx"]\n',
  ],
  [
    'its settings on the command line',
    'FROM debian:13\nRUN apt-get install -y nginx\nCMD ["nginx", "-g", "access_log off;"]\n',
    '',
  ],
  ['not what runs', 'FROM debian:13\nRUN apt-get install -y nginx\nCMD ["/start"]\n', ''],
  ['built by hand', 'FROM debian:13\nRUN make nginx\nCMD ["nginx"]\n', ''],
]);

ruleTable(scatteredSettings, [
  ['without a line end', 'FROM a\n«CMD» b\nRUN c', 'early', 'FROM a\nRUN c\nCMD b'],
  [
    'the last one without a line end',
    'FROM a\nCMD b\n«ENTRYPOINT» ["c"]',
    'order',
    'FROM a\nENTRYPOINT ["c"]\nCMD b',
  ],
  ['Windows line ends', 'FROM a\r\n«CMD» b\r\nRUN c\r\n', 'early', 'FROM a\r\nRUN c\r\nCMD b\r\n'],
  ['given twice', 'FROM a\n«CMD» b\nRUN c\nCMD d\n', 'early'],
  ['in a variable', 'FROM a\nARG S\n«STOPSIGNAL» $S\nRUN b\n', 'early'],
  [
    'in front of another stage',
    'FROM a AS b\n«CMD» c\nRUN d\n\nFROM e\nCMD f\n',
    'early',
    'FROM a AS b\nRUN d\nCMD c\n\nFROM e\nCMD f\n',
  ],
  ['half typed', 'FROM a\n«CMD» b\nRUN c \\\n', 'early'],
]);
