// Rules about layers and what ships: what is stored twice, what stays, and what has to be built again.
import changed from '../../server/core/rules/dockerfile/changed-copy.ts';
import revision from '../../server/core/rules/dockerfile/moving-revision.ts';
import removed from '../../server/core/rules/dockerfile/removed-too-late.ts';
import tools from '../../server/core/rules/dockerfile/shipped-build-tools.ts';
import single from '../../server/core/rules/dockerfile/single-stage-build.ts';
import above from '../../server/core/rules/dockerfile/source-above-context.ts';
import order from '../../server/core/rules/dockerfile/sources-before-dependencies.ts';
import { lines, ruleTable } from '../support/rule-table.ts';

ruleTable(changed, [
  [
    'an account that the COPY cannot know yet',
    lines('FROM a:1', 'COPY a /a', 'RUN useradd app && «chown» app /a'),
    'owner',
    lines('FROM a:1', 'COPY a /a', 'RUN useradd app && chown app /a'),
  ],
  [
    'an account made before',
    lines('FROM a:1', 'RUN useradd app', 'COPY a /a', 'RUN «chown» app:app /a'),
    'owner',
    lines('FROM a:1', 'RUN useradd app', 'COPY --chown=app:app a /a'),
  ],
  [
    'names mean nothing to a linked layer',
    lines('FROM a:1', 'COPY --link a /a', 'RUN «chown» root /a'),
    'owner',
    lines('FROM a:1', 'COPY --link a /a', 'RUN chown root /a'),
  ],
  [
    'one of several sources',
    lines('FROM a:1', 'COPY a.sh b.sh /bin/', 'RUN «chmod» 755 /bin/a.sh'),
    'mode',
    lines('FROM a:1', 'COPY a.sh b.sh /bin/', 'RUN chmod 755 /bin/a.sh'),
  ],
  [
    'several copies',
    lines('FROM a:1', 'COPY a.sh /bin/', 'COPY b.sh /bin/', 'RUN «chmod» 0755 /bin/a.sh /bin/b.sh'),
    'mode',
    lines('FROM a:1', 'COPY --chmod=0755 a.sh /bin/', 'COPY --chmod=0755 b.sh /bin/'),
  ],
  ['a folder that was moved to', lines('FROM a:1', 'COPY a /a', 'RUN cd /b && chmod 755 a'), ''],
  ['an owner in a variable', lines('FROM a:1', 'COPY a /a', 'RUN chown $U /a'), ''],
  ['a pattern', lines('FROM a:1', 'COPY a.sh /bin/', 'RUN chmod +x /bin/*.sh'), ''],
]);

ruleTable(removed, [
  [
    'several operands',
    lines('FROM a:1', 'COPY a.deb /', 'RUN dpkg -i /a.deb && rm «/a.deb» /b'),
    'copied',
    lines('FROM a:1', 'COPY a.deb /', 'RUN dpkg -i /a.deb && rm /a.deb /b'),
  ],
  [
    'from a stage',
    lines('FROM a:1', 'COPY --from=x /out/a.deb /', 'RUN dpkg -i /a.deb && rm -f «/a.deb»'),
    'copied',
    lines('FROM a:1', 'RUN --mount=type=bind,from=x,source=/out/a.deb,target=/a.deb dpkg -i /a.deb'),
  ],
  [
    'read by another RUN',
    lines('FROM a:1', 'COPY a.deb /', 'RUN cat /a.deb', 'RUN x && rm «/a.deb»'),
    'copied',
    lines('FROM a:1', 'COPY a.deb /', 'RUN cat /a.deb', 'RUN x && rm /a.deb'),
  ],
  ['moved away by then', lines('FROM a:1', 'RUN curl -o /a https://e.com && mv /a /b', 'RUN rm /a'), ''],
  ['copied behind it', lines('FROM a:1', 'RUN rm /a', 'COPY a /a'), ''],
]);

ruleTable(order, [
  [
    'something between',
    lines('FROM a:1', 'WORKDIR /app', 'COPY . .', 'ENV A=b', 'RUN «yarn»'),
    'order',
    lines('FROM a:1', 'WORKDIR /app', 'COPY . .', 'ENV A=b', 'RUN yarn'),
  ],
  ['a single package', lines('FROM a:1', 'COPY . .', 'RUN npm install serve && pip install -r a.txt b'), ''],
  ['of another stage', lines('FROM a:1 AS x', 'COPY . .', 'FROM a:1', 'RUN npm ci'), ''],
  ['from an image', lines('FROM a:1', 'COPY --from=x . .', 'RUN npm ci'), ''],
]);

ruleTable(
  order,
  [
    [
      'only what is there',
      lines('FROM a:1', 'WORKDIR /app', 'COPY . ./', 'RUN «go» mod download'),
      'order',
      lines('FROM a:1', 'WORKDIR /app', 'COPY go.mod ./', 'RUN go mod download', 'COPY . ./'),
    ],
  ],
  { 'go.mod': '', 'main.go': '' },
);

ruleTable(tools, [
  ['a version', lines('FROM a:1', 'RUN apt-get install -y «gcc=4:14.2.0-1» g++-14'), 'single'],
  [
    'removed by what is left over',
    lines('FROM a:1', 'RUN apt-get install -y gcc && make && apt-get purge -y --auto-remove'),
    '',
  ],
  ['removed in a later RUN', lines('FROM a:1', 'RUN apk add gcc', 'RUN apk del gcc'), ''],
  ['not installed', lines('FROM a:1', 'RUN apt-get remove gcc'), ''],
]);

ruleTable(single, [
  [
    'options before the verb',
    lines('FROM a:1', 'RUN «./mvnw -B -DskipTests package» && rm -r target'),
    'single',
  ],
  ['a script', lines('FROM a:1', 'RUN «yarn build:prod»', 'RUN npm run build'), 'single'],
  ['another script', lines('FROM a:1', 'RUN npm run test -- build && go version'), ''],
]);

ruleTable(above, [
  ['hidden behind a dot', lines('FROM a:1', 'ADD «./../a» /'), 'above', lines('FROM a:1', 'ADD a /')],
  ['in a list', lines('FROM a:1', 'COPY [«"../../a"», "/"]'), 'above', lines('FROM a:1', 'COPY ["a", "/"]')],
  ['an address', lines('FROM a:1', 'ADD https://e.com/../a /'), ''],
]);

ruleTable(revision, [
  [
    'a checkout in a later RUN',
    lines('FROM a:1', 'RUN git clone https://e.com/a', 'RUN cd a && git checkout v1'),
    '',
  ],
  [
    'back to a branch',
    lines('FROM a:1', 'RUN git clone «https://e.com/a» && cd a && git checkout main'),
    'clone',
  ],
  ['attached to its option', lines('FROM a:1', 'RUN git clone «--branch=master» https://e.com/a'), 'branch'],
  ['options of git', lines('FROM a:1', 'RUN git -C /a clone «"https://e.com/$A"»'), 'clone'],
  ['a folder of a branch', lines('FROM a:1', 'ADD «https://e.com/a.git#:docs» /a'), 'add'],
]);
