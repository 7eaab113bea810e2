import { removeEntries } from '../../server/core/model/compose/edit.ts';
import { type Change, runChanges } from './compose-change.ts';

const removeKeys =
  (...paths: string[]): Change =>
  (model, service) =>
    removeEntries(
      model,
      paths.flatMap(path => service.get(...path.split('.'))?.keySpan ?? []),
    );
const removePairs =
  (path: string, ...names: string[]): Change =>
  (model, service) => {
    const pairs = service.pairs(...path.split('.')).filter(({ name }) => names.includes(name));
    return removeEntries(
      model,
      pairs.map(({ span }) => span),
    );
  };

runChanges('remove', [
  [
    'a key with its comment',
    'services:\n  web:\n    image: a\n    privileged: true # why\n    # user\n    user: b\n',
    removeKeys('privileged'),
    'services:\n  web:\n    image: a\n    # user\n    user: b\n',
  ],
  [
    'the last key',
    'services:\n  web:\n    image: a\n    user: b\n',
    removeKeys('user'),
    'services:\n  web:\n    image: a\n',
  ],
  [
    'the last key of a text without a last line end, below an empty line',
    'services:\n  web:\n    image: a\n\n    user: b',
    removeKeys('user'),
    'services:\n  web:\n    image: a',
  ],
  [
    'a key with all below it',
    'services:\n  web:\n    image: a\n    build:\n      context: .\n\n      # target: b\n  db: {}\n',
    removeKeys('build'),
    'services:\n  web:\n    image: a\n  db: {}\n',
  ],
  [
    'a pair of a map',
    'services:\n  web:\n    image: a\n    environment:\n      A: b\n      C: d # e\n',
    removePairs('environment', 'C'),
    'services:\n  web:\n    image: a\n    environment:\n      A: b\n',
  ],
  [
    'an item of a list',
    'services:\n  web:\n    image: a\n    environment:\n      - A=b # c\n      - "D=e"\n',
    removePairs('environment', 'A'),
    'services:\n  web:\n    image: a\n    environment:\n      - "D=e"\n',
  ],
  [
    'the last pair with its key',
    'services:\n  web:\n    image: a\n    environment: # c\n      A: b\n    user: d\n',
    removePairs('environment', 'A'),
    'services:\n  web:\n    image: a\n    user: d\n',
  ],
  [
    'all pairs with their key',
    'services:\n  web:\n    image: a\n    environment:\n    - A=b\n    - C=d\n',
    removePairs('environment', 'A', 'C'),
    'services:\n  web:\n    image: a\n',
  ],
  [
    'some of many',
    'services:\n  web:\n    environment:\n    - A=b\n    - C=d\n    - E=f\n    - G=h\n',
    removePairs('environment', 'A', 'E', 'G'),
    'services:\n  web:\n    environment:\n    - C=d\n',
  ],
  [
    'what several levels leave empty',
    'services:\n  web:\n    image: a\n    build:\n      args:\n        A: b\n',
    removePairs('build.args', 'A'),
    'services:\n  web:\n    image: a\n',
  ],
  [
    'the first of a flow map',
    'services:\n  web:\n    environment: {A: b, C: d}\n',
    removePairs('environment', 'A'),
    'services:\n  web:\n    environment: {C: d}\n',
  ],
  [
    'the last of a flow list',
    'services:\n  web:\n    environment: [ A=b, "C=d" ] # e\n',
    removePairs('environment', 'C'),
    'services:\n  web:\n    environment: [ A=b ] # e\n',
  ],
  [
    'the last of a flow map over lines',
    'services:\n  web:\n    environment: {\n      A: b, # c\n      D: e # f\n    }\n',
    removePairs('environment', 'D'),
    'services:\n  web:\n    environment: {\n      A: b # c\n    }\n',
  ],
  [
    'the first of a flow map over lines',
    'services:\n  web:\n    environment: {\n      A: b, # c\n      D: e # f\n    }\n',
    removePairs('environment', 'A'),
    'services:\n  web:\n    environment: {\n      D: e # f\n    }\n',
  ],
  [
    'the only pair of a flow map with its key',
    'services:\n  web: {image: a, environment: {A: b}}\n',
    removePairs('environment', 'A'),
    'services:\n  web: {image: a}\n',
  ],
  [
    'the first key of a map in a list',
    'services:\n  web:\n    volumes:\n      - type: bind\n        source: a\n',
    (model, service) => {
      const list = service.get('volumes')?.node;
      const map = list?.kind === 'sequence' ? list.items[0] : null;
      const pair = map?.kind === 'map' ? map.pairs[0] : null;
      return pair ? removeEntries(model, [pair.span]) : null;
    },
    'services:\n  web:\n    volumes:\n      - source: a\n',
  ],
  [
    'a pair from an extension',
    'x-a: &a\n  environment:\n    A: b\n    C: d\nservices:\n  web:\n    <<: *a\n',
    removePairs('environment', 'A'),
    'x-a: &a\n  environment:\n    C: d\nservices:\n  web:\n    <<: *a\n',
  ],
  [
    'an anchor with all its aliases',
    'services:\n  web:\n    image: a\n    environment:\n      A: &b c\n      D: *b\n',
    removeKeys('environment'),
    'services:\n  web:\n    image: a\n',
  ],
  [
    'an anchor that is needed',
    'services:\n  web:\n    image: a\n    environment: &e {A: b}\n  db:\n    environment: *e\n',
    removeKeys('environment'),
    null,
  ],
  [
    'the last pair of an anchor that is needed',
    'x-e: &e {A: b}\nservices:\n  web:\n    environment: *e\n',
    removePairs('environment', 'A'),
    null,
  ],
  ['the last key of a service', 'services:\n  web:\n    image: a\n  db: {}\n', removeKeys('image'), null],
  [
    'a service',
    'services:\n  web:\n    image: a\n  db: {}\n',
    (model, service) => removeEntries(model, [service.nameSpan]),
    null,
  ],
  [
    'a span that is no entry',
    'services:\n  web:\n    image: a\n    user: b\n',
    model => removeEntries(model, [{ start: 3, end: 5 }]),
    null,
  ],
]);
