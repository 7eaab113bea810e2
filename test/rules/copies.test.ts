// Rules about COPY and ADD: where sources and destinations are read right, and where an expert keeps silent.
import layers from '../../server/core/rules/dockerfile/consecutive-layers.ts';
import archive from '../../server/core/rules/dockerfile/copied-archive.ts';
import credentials from '../../server/core/rules/dockerfile/copied-credentials.ts';
import slash from '../../server/core/rules/dockerfile/copy-without-slash.ts';
import echoed from '../../server/core/rules/dockerfile/echoed-file.ts';
import add from '../../server/core/rules/dockerfile/needless-add.ts';
import relative from '../../server/core/rules/dockerfile/relative-destination.ts';
import { lines, ruleTable } from '../support/rule-table.ts';

ruleTable(add, [
  [
    'a heredoc',
    lines('FROM a:1', '«ADD» <<E /a', 'x', 'E'),
    'plain',
    lines('FROM a:1', 'COPY <<E /a', 'x', 'E'),
  ],
  [
    'behind ONBUILD',
    lines('FROM a:1', 'ONBUILD «ADD» . /a'),
    'plain',
    lines('FROM a:1', 'ONBUILD COPY . /a'),
  ],
  ['an archive among files', lines('FROM a:1', 'ADD a.txt b.tar /srv/'), ''],
  ['compressed, so perhaps an archive', lines('FROM a:1', 'ADD a.gz b.xz /srv/'), ''],
  ['an address in quotes', lines('FROM a:1', 'ADD "https://example.com/a" /srv/'), ''],
  ['a repository', lines('FROM a:1', 'ADD https://example.com/a.git#v1 /a', 'ADD git@host:a.git /b'), ''],
  ['an address in a variable', lines('FROM a:1', 'ARG U=https://example.com/a', 'ADD $U /a'), ''],
  [
    'the history of an image',
    lines('FROM a:1', 'ADD file:8b8864b3e02a33a579dc in /', 'ADD multi:8b8864b3e02a in /x'),
    '',
  ],
  ['a flag that only ADD has', lines('FROM a:1', 'ADD --unpack=false a.bin /srv/'), ''],
  ['an archive by its value', lines('FROM a:1', 'ARG A=a.tar', 'ADD $A /srv/'), ''],
]);

ruleTable(slash, [
  [
    'heredocs are sources',
    lines('FROM a:1', 'COPY <<A b.txt «/new»', 'x', 'A'),
    'file',
    lines('FROM a:1', 'COPY <<A b.txt /new/', 'x', 'A'),
  ],
  [
    'the working folder',
    lines('FROM a:1', 'WORKDIR /app', 'COPY a b «/app»', 'COPY a b «..»'),
    'folder folder',
    lines('FROM a:1', 'WORKDIR /app', 'COPY a b /app/', 'COPY a b ../'),
  ],
  [
    'in another line',
    lines('FROM a:1', 'COPY a \\', '  b \\', '  «"/new"»'),
    'file',
    lines('FROM a:1', 'COPY a \\', '  b \\', '  "/new/"'),
  ],
  ['a slash in a variable', lines('FROM a:1', 'ENV D=/srv/', 'COPY a b ${D}'), ''],
  ['an unknown variable', lines('FROM a:1', 'COPY a b /srv/$D', 'COPY a b ${D:-x}'), ''],
  ['a folder of Windows', lines('# escape=`', 'FROM a:1', 'COPY a b C:\\app\\'), ''],
]);

ruleTable(relative, [
  ['a text without FROM', lines('COPY a «b»'), 'relative', lines('COPY a /b')],
  [
    'WORKDIR of another stage',
    lines('FROM a:1 AS x', 'WORKDIR /x', 'FROM a:1', 'COPY a «b»'),
    'relative',
    lines('FROM a:1 AS x', 'WORKDIR /x', 'FROM a:1', 'COPY a /b'),
  ],
  [
    'all of a stage go the same way',
    lines('FROM a:1', 'COPY a «a/»', 'RUN b', 'COPY c «.»'),
    'relative relative',
    lines('FROM a:1', 'WORKDIR /app', 'COPY a a/', 'RUN b', 'COPY c .'),
  ],
  ['a WORKDIR that is relative itself', lines('FROM a:1', 'WORKDIR app', 'COPY a b'), ''],
  ['drives', lines('FROM a:1', 'COPY a "c:\\app"', 'COPY a d:/app'), ''],
  ['ONBUILD of a stage below', lines('FROM a:1 AS x', 'ONBUILD WORKDIR /x', 'FROM x', 'COPY a b'), ''],
]);

ruleTable(archive, [
  [
    'its own folder in the list of commands',
    lines('FROM a:1', '«COPY» a.tar /tmp/a.tar', 'RUN cd /opt && tar xf /tmp/a.tar'),
    'unpacked',
    lines('FROM a:1', 'COPY a.tar /tmp/a.tar', 'RUN cd /opt && tar xf /tmp/a.tar'),
  ],
  [
    'read by another command',
    lines('FROM a:1', '«COPY» a.tar /', 'RUN tar xf /a.tar && sha256sum /a.tar'),
    'unpacked',
    lines('FROM a:1', 'COPY a.tar /', 'RUN tar xf /a.tar && sha256sum /a.tar'),
  ],
  [
    'removed with something else between',
    lines('FROM a:1', '«COPY» a.tar /', 'RUN tar -xvf /a.tar -C / && make && rm -f /a.tar'),
    'unpacked',
    lines('FROM a:1', 'ADD a.tar /', 'RUN make'),
  ],
  ['packed, not unpacked', lines('FROM a:1', 'COPY a.tar /', 'RUN tar czf a.tar /etc && tar tf /a.tar'), ''],
  [
    'before the COPY, and in another stage',
    lines('FROM a:1', 'RUN tar xf a.tar', 'COPY a.tar /', 'FROM b:1', 'RUN tar xf a.tar'),
    '',
  ],
]);

ruleTable(layers, [
  [
    'flags and arguments on lines of their own',
    lines('FROM a:1', 'RUN --network=none \\', '  a', '', '«RUN» --network=none \\', '  b'),
    'commands',
    lines('FROM a:1', 'RUN --network=none \\', '  a \\', '  && b'),
  ],
  [
    'in the way that they are written',
    lines('FROM a:1', '«RUN» a && \\', '\tb', '# For c.', 'RUN c'),
    'runs',
    lines('FROM a:1', 'RUN a && \\', '\tb && \\', '# For c.', '\tc'),
  ],
  [
    'assignments and wrappers',
    lines('FROM a:1', 'RUN a', '«RUN» A=b sudo make'),
    'commands',
    lines('FROM a:1', 'RUN a \\', '    && A=b sudo make'),
  ],
  [
    'a heredoc',
    lines('FROM a:1', '«RUN» <<E', 'a', 'E', 'RUN b'),
    'runs',
    lines('FROM a:1', 'RUN <<E', 'a', 'E', 'RUN b'),
  ],
  [
    'an effect that lasts',
    lines('FROM a:1', 'RUN cd /a', '«RUN» b'),
    'commands',
    lines('FROM a:1', 'RUN cd /a', 'RUN b'),
  ],
  [
    'a comment of the shell',
    lines('FROM a:1', 'RUN a # x', '«RUN» b'),
    'commands',
    lines('FROM a:1', 'RUN a # x', 'RUN b'),
  ],
  [
    'lists of words',
    lines('FROM a:1', 'RUN ["a"]', '«RUN» ["b"]'),
    'commands',
    lines('FROM a:1', 'RUN ["a"]', 'RUN ["b"]'),
  ],
  ['across stages', lines('FROM a:1', 'RUN a', 'FROM b:1', 'RUN b'), ''],
  [
    'a destination that may be a file',
    lines('FROM a:1', '«COPY» a /srv', 'COPY b /srv', 'COPY c /srv'),
    'copies',
    lines('FROM a:1', 'COPY a /srv', 'COPY b /srv', 'COPY c /srv'),
  ],
  [
    'the working folder',
    lines('FROM a:1', 'WORKDIR /a', '«COPY» a .', 'COPY b .', 'COPY c .'),
    'copies',
    lines('FROM a:1', 'WORKDIR /a', 'COPY a b c ./'),
  ],
  ['other owners', lines('FROM a:1', 'COPY a /', 'COPY --chown=1 b /', 'COPY c /'), ''],
]);

ruleTable(echoed, [
  [
    'several words and lines',
    lines('FROM a:1', 'RUN «echo» a  "b  c" \\', '  > /a'),
    'echoed',
    lines('FROM a:1', "COPY <<'EOF' /a", 'a b  c', 'EOF'),
  ],
  [
    'a syntax without heredocs',
    lines('# syntax=docker/dockerfile:1.3', 'FROM a:1', 'RUN «echo» a > /a'),
    'echoed',
    lines('# syntax=docker/dockerfile:1.3', 'FROM a:1', 'RUN echo a > /a'),
  ],
  [
    'a mount',
    lines('FROM a:1', 'RUN --mount=type=tmpfs,target=/a «echo» a > /a/b'),
    'echoed',
    lines('FROM a:1', 'RUN --mount=type=tmpfs,target=/a echo a > /a/b'),
  ],
  [
    'a folder, and another stream',
    lines('FROM a:1', 'RUN echo a > /a/', 'RUN echo a 2> /a', 'RUN echo a > /a 2>&1'),
    '',
  ],
  ['options', lines('FROM a:1', 'RUN echo -n a > /a', 'RUN echo > /a'), ''],
  ['more than one command', lines('FROM a:1', 'RUN echo a | tee /a > /b'), ''],
]);

ruleTable(credentials, [
  [
    'the root as working folder',
    lines('FROM a:1', 'ADD . .', 'ENV KUBECONFIG=«"config"»'),
    'copied',
    lines('FROM a:1', 'ADD . .', 'ENV KUBECONFIG="/run/secrets/config"'),
  ],
  ['a stage has made it', lines('FROM a:1', 'COPY --from=x / /app', 'ENV TLS_KEY_FILE=/app/tls.key'), ''],
  [
    'mounted',
    lines('FROM a:1', 'COPY . /', 'ENV TLS_KEY_FILE=/run/secrets/tls.key DB_PASSWORD_FILE=/mnt/db.conf'),
    '',
  ],
  [
    'a public key, and no file',
    lines('FROM a:1', 'COPY . /app', 'ENV PUBLIC_KEY_FILE=/app/a.pem API_KEY_PATH=/app/keys/'),
    '',
  ],
]);
