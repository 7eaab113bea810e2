import { addItem, addKey, addTopLevel, type NewValue } from '../../server/core/model/compose/edit.ts';
import { type Change, runChanges } from './compose-change.ts';

const key =
  (path: string, value: NewValue, after?: string): Change =>
  (model, service) =>
    addKey(model, service, path.split('.'), value, after);

runChanges('add a key', [
  [
    'at the end of the service',
    'services:\n  web:\n    image: a\n  db:\n    image: b\n',
    key('read_only', true),
    'services:\n  web:\n    image: a\n    read_only: true\n  db:\n    image: b\n',
  ],
  [
    'with four columns a step',
    'services:\n    web:\n        image: a\n    db: {}\n',
    key('healthcheck', { map: { test: { list: ['CMD', 'a b'], inline: true }, retries: 3 } }),
    'services:\n    web:\n        image: a\n        healthcheck:\n            test: ["CMD", "a b"]\n            retries: 3\n    db: {}\n',
  ],
  [
    'behind another key',
    'services:\n  web:\n    image: a # pinned\n    user: b\n',
    key('read_only', true, 'image'),
    'services:\n  web:\n    image: a # pinned\n    read_only: true\n    user: b\n',
  ],
  [
    'behind a key that is not there',
    'services:\n  web:\n    image: a\n',
    key('read_only', true, 'build'),
    'services:\n  web:\n    image: a\n    read_only: true\n',
  ],
  [
    'before the empty line and comment of the next service',
    'services:\n  web:\n    image: a\n\n  # the database\n  db:\n    image: b\n',
    key('read_only', true),
    'services:\n  web:\n    image: a\n    read_only: true\n\n  # the database\n  db:\n    image: b\n',
  ],
  [
    'behind the comments of the last value',
    'services:\n  web:\n    environment:\n      A: 1\n      # B: 2\n\n      # C: 3\n    # end\n  db: {}\n',
    key('read_only', true),
    'services:\n  web:\n    environment:\n      A: 1\n      # B: 2\n\n      # C: 3\n    read_only: true\n    # end\n  db: {}\n',
  ],
  [
    'behind a list that is not indented, writing one like it',
    'services:\n  web:\n    ports:\n    - "80"\n',
    key('cap_drop', { list: ['ALL'] }),
    'services:\n  web:\n    ports:\n    - "80"\n    cap_drop:\n    - ALL\n',
  ],
  [
    'behind a block of text',
    'services:\n  web:\n    command: |\n      a\n      b\n  db: {}\n',
    key('user', '1000'),
    'services:\n  web:\n    command: |\n      a\n      b\n    user: "1000"\n  db: {}\n',
  ],
  [
    'behind several lines of flow',
    'services:\n  web:\n    command: [\n      a,\n    ]\n',
    key('user', 'b'),
    'services:\n  web:\n    command: [\n      a,\n    ]\n    user: b\n',
  ],
  [
    'below a key that is there',
    'services:\n  web:\n    healthcheck:\n      test: a\n    image: b\n',
    key('healthcheck.interval', '30s'),
    'services:\n  web:\n    healthcheck:\n      test: a\n      interval: 30s\n    image: b\n',
  ],
  [
    'with the keys above it',
    'services:\n  web:\n    image: a\n',
    key('deploy.resources.limits.memory', '256M'),
    'services:\n  web:\n    image: a\n    deploy:\n      resources:\n        limits:\n          memory: 256M\n',
  ],
  [
    'to a key without value',
    'services:\n  web:\n    image: # which?\n    user: b\n',
    key('image', 'a'),
    'services:\n  web:\n    image: a # which?\n    user: b\n',
  ],
  [
    'below a key without value',
    'services:\n  web:\n    environment: # none\n      # B: 2\n    user: b\n',
    key('environment.A', '1'),
    'services:\n  web:\n    environment: # none\n      # B: 2\n      A: "1"\n    user: b\n',
  ],
  [
    'to a service without keys',
    'services:\n  web:\n',
    key('image', 'a'),
    'services:\n  web:\n    image: a\n',
  ],
  ['to an empty flow map', 'services:\n  web: {}\n', key('image', 'a'), 'services:\n  web: {image: a}\n'],
  [
    'to an empty flow map with a blank',
    'services:\n  web: { }\n',
    key('image', 'a'),
    'services:\n  web: { image: a }\n',
  ],
  [
    'to a flow map',
    'services:\n  web: { image: a } # b\n',
    key('cap_drop', { list: ['ALL', 'a, b'] }),
    'services:\n  web: { image: a, cap_drop: [ALL, "a, b"] } # b\n',
  ],
  [
    'to a flow map, behind another key',
    'services:\n  web: {image: a, user: b}\n',
    key('read_only', true, 'image'),
    'services:\n  web: {image: a, read_only: true, user: b}\n',
  ],
  [
    'to a flow map over lines',
    'services:\n  web: {\n    image: a, # c\n    user: b # d\n  }\n',
    key('read_only', true),
    'services:\n  web: {\n    image: a, # c\n    user: b, # d\n    read_only: true\n  }\n',
  ],
  [
    'to a flow map over lines with a comma at the end',
    'services:\n  web: {\n    image: a,\n    user: b, # d\n  }\n',
    key('read_only', true),
    'services:\n  web: {\n    image: a,\n    user: b, # d\n    read_only: true,\n  }\n',
  ],
  [
    'to JSON',
    '{"services": {"web": {"image": "a"}}}\n',
    key('healthcheck', { map: { test: { list: ['CMD', 'b'] }, retries: 3 } }),
    '{"services": {"web": {"image": "a", "healthcheck": {"test": ["CMD", "b"], "retries": 3}}}}\n',
  ],
  [
    'beside a merge',
    'x-a: &a\n  user: b\nservices:\n  web:\n    <<: *a\n  db:\n    <<: *a\n',
    key('read_only', true),
    'x-a: &a\n  user: b\nservices:\n  web:\n    <<: *a\n    read_only: true\n  db:\n    <<: *a\n',
  ],
  [
    'to a service with an anchor that nobody uses',
    'services:\n  web: &web\n    image: a\n',
    key('user', 'b'),
    'services:\n  web: &web\n    image: a\n    user: b\n',
  ],
  ['that is there', 'services:\n  web:\n    user: b\n', key('user', 'c'), null],
  ['that is reset', 'services:\n  web:\n    user: !reset b\n', key('user', 'c'), null],
  ['that is reset without a value', 'services:\n  web:\n    user: !reset\n', key('user', 'c'), null],
  ['below one that is reset', 'services:\n  web:\n    build: !reset {}\n', key('build.target', 'c'), null],
  ['that is there with keys', 'services:\n  web:\n    build: {context: b}\n', key('build', '.'), null],
  ['below a scalar', 'services:\n  web:\n    build: .\n', key('build.target', 'c'), null],
  ['that a merge gives', 'x-a: &a {user: b}\nservices:\n  web:\n    <<: *a\n', key('user', 'c'), null],
  [
    'below a key that a merge gives',
    'x-a: &a\n  build: {context: b}\nservices:\n  web:\n    <<: *a\n',
    key('build.target', 'c'),
    null,
  ],
  [
    'below an alias',
    'x-a: &a {context: b}\nservices:\n  web:\n    build: *a\n',
    key('build.target', 'c'),
    null,
  ],
  ['to a service that is an alias', 'services:\n  db: &db {image: a}\n  web: *db\n', key('user', 'c'), null],
  [
    'to a service that others merge',
    'services:\n  web: &web\n    image: a\n  db:\n    <<: *web\n',
    key('user', 'c'),
    null,
  ],
  ['to a merged service', 'x-s: &s\n  web: {image: a}\nservices:\n  <<: *s\n', key('user', 'c'), null],
  ['to an empty service in flow', 'services: {web: , db: {}}\n', key('user', 'c'), null],
]);

const item =
  (path: string, value: NewValue): Change =>
  (model, service) =>
    addItem(model, service, path.split('.'), value);
const option = item('security_opt', 'no-new-privileges:true');

runChanges('add an item', [
  ['to a list that is reset', 'services:\n  web:\n    security_opt: !reset [a]\n', option, null],
  [
    'to a list',
    'services:\n  web:\n    security_opt:\n      - a # b\n    image: c\n',
    option,
    'services:\n  web:\n    security_opt:\n      - a # b\n      - no-new-privileges:true\n    image: c\n',
  ],
  [
    'to a list that is not indented',
    'services:\n  web:\n    security_opt:\n    - a\n    image: c\n',
    option,
    'services:\n  web:\n    security_opt:\n    - a\n    - no-new-privileges:true\n    image: c\n',
  ],
  [
    'quoted as the last one is',
    "services:\n  web:\n    security_opt:\n      - 'a'\n",
    option,
    "services:\n  web:\n    security_opt:\n      - 'a'\n      - 'no-new-privileges:true'\n",
  ],
  [
    'to a flow list',
    'services:\n  web:\n    security_opt: [a]\n',
    option,
    'services:\n  web:\n    security_opt: [a, no-new-privileges:true]\n',
  ],
  [
    'to a flow list of quoted items',
    'services:\n  web:\n    security_opt: ["a"]\n',
    option,
    'services:\n  web:\n    security_opt: ["a", "no-new-privileges:true"]\n',
  ],
  [
    'to an empty flow list',
    'services:\n  web:\n    security_opt: []\n',
    option,
    'services:\n  web:\n    security_opt: [no-new-privileges:true]\n',
  ],
  [
    'to a flow list over lines',
    'services:\n  web:\n    security_opt: [\n      a\n    ]\n',
    option,
    'services:\n  web:\n    security_opt: [\n      a,\n      no-new-privileges:true\n    ]\n',
  ],
  [
    'to a list that is not there',
    'services:\n  web:\n    image: a\n',
    option,
    'services:\n  web:\n    image: a\n    security_opt:\n      - no-new-privileges:true\n',
  ],
  [
    'to a key without value',
    'services:\n  web:\n    security_opt:\n    image: a\n',
    option,
    'services:\n  web:\n    security_opt:\n      - no-new-privileges:true\n    image: a\n',
  ],
  [
    'a map',
    'services:\n  web:\n    volumes:\n      - a:/b\n',
    item('volumes', { map: { type: 'bind', source: './c', bind: { map: { create_host_path: false } } } }),
    'services:\n  web:\n    volumes:\n      - a:/b\n      - type: bind\n        source: ./c\n        bind:\n          create_host_path: false\n',
  ],
  [
    'to a list deeper down',
    'services:\n  web:\n    build:\n      context: .\n',
    item('build.secrets', 'npm'),
    'services:\n  web:\n    build:\n      context: .\n      secrets:\n        - npm\n',
  ],
  ['to a map', 'services:\n  web:\n    environment: {A: b}\n', item('environment', 'C=d'), null],
  [
    'to a list that others take',
    'services:\n  web:\n    cap_drop: &c [A]\n  db:\n    cap_drop: *c\n',
    item('cap_drop', 'B'),
    null,
  ],
  ['to an alias', 'x-c: &c [A]\nservices:\n  web:\n    cap_drop: *c\n', item('cap_drop', 'B'), null],
  [
    'to a merged list',
    'x-c: &c {cap_drop: [A]}\nservices:\n  web:\n    <<: *c\n',
    item('cap_drop', 'B'),
    null,
  ],
]);

const secret: Change = model => addTopLevel(model, 'secrets', 'db_password', { map: { file: './db.txt' } });

runChanges('add a section', [
  [
    'at the end',
    'services:\n  web:\n    image: a\n',
    secret,
    'services:\n  web:\n    image: a\n\nsecrets:\n  db_password:\n    file: ./db.txt\n',
  ],
  [
    'without an empty line where the others have none',
    'services:\n    web:\n        image: a\nvolumes:\n    v:\n',
    secret,
    'services:\n    web:\n        image: a\nvolumes:\n    v:\nsecrets:\n    db_password:\n        file: ./db.txt\n',
  ],
  [
    'behind the last comment',
    'services:\n  web:\n    image: a\n\nvolumes:\n  v:\n# end\n',
    secret,
    'services:\n  web:\n    image: a\n\nvolumes:\n  v:\n# end\n\nsecrets:\n  db_password:\n    file: ./db.txt\n',
  ],
  [
    'to a section that is there',
    'secrets:\n  a:\n    file: b # c\n\nservices:\n  web:\n    image: a\n',
    secret,
    'secrets:\n  a:\n    file: b # c\n  db_password:\n    file: ./db.txt\n\nservices:\n  web:\n    image: a\n',
  ],
  [
    'to a section without entries',
    'secrets:\n\nservices:\n  web:\n    image: a\n',
    secret,
    'secrets:\n  db_password:\n    file: ./db.txt\n\nservices:\n  web:\n    image: a\n',
  ],
  [
    'to a flow section',
    'secrets: {a: {file: b}}\nservices:\n  web:\n    image: a\n',
    secret,
    'secrets: {a: {file: b}, db_password: {file: ./db.txt}}\nservices:\n  web:\n    image: a\n',
  ],
  [
    'to JSON',
    '{"services": {"web": {"image": "a"}}}\n',
    secret,
    '{"services": {"web": {"image": "a"}}, "secrets": {"db_password": {"file": "./db.txt"}}}\n',
  ],
  [
    'of the first of two documents',
    'services:\n  web:\n    image: a\n---\nb: c\n',
    secret,
    'services:\n  web:\n    image: a\n\nsecrets:\n  db_password:\n    file: ./db.txt\n---\nb: c\n',
  ],
  [
    'an entry without value',
    'services:\n  web:\n    image: a\n',
    model => addTopLevel(model, 'volumes', 'data', null),
    'services:\n  web:\n    image: a\n\nvolumes:\n  data:\n',
  ],
  ['an entry that is there', 'secrets:\n  db_password:\nservices:\n  web:\n    image: a\n', secret, null],
  ['to an alias', 'x-s: &s {a: {file: b}}\nsecrets: *s\nservices:\n  web:\n    image: a\n', secret, null],
]);
