import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { schemaProblems } from '../../server/core/model/compose/schema/check.ts';
import { computingTime } from '../support/computing-time.ts';
import { mark } from '../support/marks.ts';

/** What is refused in a service, marked, with the messages. */
function check(text: string): { marked: string; messages: string[] } {
  const problems = schemaProblems(parseCompose(text));
  return {
    marked: mark(
      text,
      problems.map(({ span }) => span),
    ),
    messages: problems.map(({ message }) => message),
  };
}

const unmarked = (text: string): string => text.replace(/[«»]/g, '');

// biome-ignore format: one row a case
const rows: readonly [name: string, text: string, messages: string[]][] = [
  ['a near name', 'services:\n  a:\n    «imge»: x\n', ['A service has no key "imge". Did you mean "image"?']],
  ['another word', 'services: {a: {image: x, «env»: {}}}\n', ['A service has no key "env". Did you mean "environment"?']],
  ['a key that belongs further down', 'services: {a: {«dockerfile_inline»: x}}\n', ['A service has no key "dockerfile_inline". It belongs under "build".']],
  ['a key that belongs further up', 'services: {a: {build: {«ports»: []}}}\n', ['"build" has no key "ports". It belongs directly under the service.']],
  ['a key of a service at the top', '«image»: x\n', ['A Compose file has no key "image". It belongs under a service.']],
  ['a section in a service', 'services: {a: {«services»: {}}}\n', ['A service has no key "services". It belongs at the top of the file.']],
  ['an option that moved', 'services: {a: {«log_driver»: none}}\n', ['A service has no key "log_driver". Write "logging.driver".']],
  ['a key like no other', 'services: {a: {«zzz»: none}}\n', ['A service has no key "zzz".']],
  ['an unknown key in an entry of a list', 'services: {a: {ports: [{target: 80, «publish»: 80}]}}\n', ['An entry of "ports" has no key "publish". Did you mean "published"?']],
  ['the name of a service', 'services: {«"a b"»: {}}\n', ['"a b" cannot be the name of a service: write letters, digits, ".", "_" and "-" alone.']],
  ['the name of a container', 'services: {a: {container_name: «"/"»}}\n', ['"/" cannot be the name of a container: write letters, digits, ".", "_" and "-" alone.']],
  ['a name of a dependency', 'services: {a: {depends_on: {«"b c"»: {condition: service_started}}}}\n', ['"b c" cannot be the name of an entry of "depends_on": write letters, digits, ".", "_" and "-" alone.']],
  ['a number as a key', 'services: {a: {environment: {«8»: x}}}\n', ['YAML reads the key 8 as a number, and Compose refuses that: write it in quotes.']],
  ['a quoted number as a key', 'services: {a: {environment: {"8": x}}}\n', []],
  ['no value', 'services:\n  a:\n    «ports»:\n', ['"ports" has no value: write a list, or take the key out.']],
  ['no value in a list', 'services:\n  a:\n    ports:\n      «-»\n', ['An entry of "ports" has no value: write a number, text or a map, or take the key out.']],
  ['an empty service', 'services:\n  «a»:\n', ['The service "a" has no value: write a map, or take the key out.']],
  ['empty where that is allowed', 'services: {a: {command: , deploy: , networks: {b: }, environment: {C: }}}\nnetworks: {b: }\nvolumes: {d: }\n', []],
  ['a number where text belongs', 'services: {a: {user: «1000»}}\n', ['"user" takes text, not the number 1000. Write it in quotes.']],
  ['a switch where text belongs', 'services: {a: {hostname: «true»}}\n', ['"hostname" takes text, not the boolean true. Write it in quotes.']],
  ['a number where a duration belongs', 'services: {a: {healthcheck: {interval: «30»}}}\n', ['"healthcheck.interval" takes a duration such as 1m30s, not the number 30. Write 30s.']],
  ['no duration', 'services: {a: {healthcheck: {interval: «30 sec», timeout: «soon», start_period: 1d}}}\n', ['"healthcheck.interval" takes a duration such as 1m30s, which "30 sec" is not. Write 30s.', '"healthcheck.timeout" takes a duration such as 1m30s, which "soon" is not.']],
  ['no size', 'services: {a: {mem_limit: «1Gi», shm_size: 64mb, memswap_limit: -1, deploy: {resources: {limits: {memory: «"-5m"»}}}}}\n', ['"mem_limit" takes a size such as 512m or 1.5g, which "1Gi" is not. Write 1G.', '"deploy.resources.limits.memory" takes a size such as 512m or 1.5g, which "-5m" is not.']],
  ['no number', 'services: {a: {cpus: «"0,5"», pids_limit: «many», scale: "2"}}\n', ['"cpus" takes a number, which "0,5" is not. Write 0.5.', '"pids_limit" takes a whole number, which "many" is not.']],
  ['no switch', 'services: {a: {init: «1», tty: «maybe», read_only: "yes", stdin_open: on}}\n', ['"init" takes true or false, not the number 1. Write true.', '"tty" takes true or false, which "maybe" is not.']],
  ['a mask', 'services: {a: {umask: "0o22"}, b: {umask: «"9x"»}}\n', ['"umask" takes a mask such as "0022", which "9x" is not.']],
  ['a lone entry', 'services: {a: {cap_drop: «ALL»}}\n', ['"cap_drop" takes a list, not text.']],
  ['a map for a list', 'services:\n  a:\n    ports:\n      «80: 80»\n', ['"ports" takes a list, not a map.']],
  ['a list for a text', 'services:\n  a:\n    image: «[x]»\n', ['"image" takes text, not a list.']],
  ['a map in a list of texts', 'services:\n  a:\n    environment:\n      - «A: b»\n', ['An entry of "environment" takes text, not a map.']],
  ['a list of several lines is shown by its first', 'services:\n  a:\n    image:\n      «- x»\n      - y\n', ['"image" takes text, not a list.']],
  ['a section that is a list', 'networks: «[a]»\n', ['"networks" takes a map, not a list.']],
  ['a choice', 'services: {a: {depends_on: {b: {condition: «healthy»}}}}\n', ['"depends_on.b.condition" takes "service_started", "service_healthy" or "service_completed_successfully", not "healthy". Did you mean "service_healthy"?']],
  ['a choice without its key', 'services: {a: {depends_on: {b: «service_healthy»}}}\n', ['"depends_on.b" takes a map, not text. Write {condition: service_healthy}.']],
  ['words of other tools in entries', 'services: {a: {volumes: [{type: bind, «src»: ., «dst»: /b, «ro»: true}], ports: [{«port»: 80}], deploy: {resources: {limits: {«mem»: 1g}}}}}\n', ['An entry of "volumes" has no key "src". Did you mean "source"?', 'An entry of "volumes" has no key "dst". Did you mean "target"?', 'An entry of "volumes" has no key "ro". Did you mean "read_only"?', 'An entry of "ports" has no key "port". Did you mean "target"?', '"deploy.resources.limits" has no key "mem". Did you mean "memory"?']],
  ['an extension with another dash', 'services: {a: {«x_note»: 1}}\n', ['A service has no key "x_note". Did you mean "x-note"?']],
  ['a near choice', 'services: {a: {cgroup: «privat», pull_policy: «nevr»}}\n', ['"cgroup" takes "host" or "private", not "privat". Did you mean "private"?', '"pull_policy" takes "always", "never", "build", "if_not_present", "missing", "refresh", "daily" or "weekly", not "nevr". Did you mean "never"?']],
  ['out of range', 'services: {a: {oom_score_adj: «1001», cpu_percent: «"101"»}}\n', ['"oom_score_adj" takes a number from -1000 to 1000, not 1001.', '"cpu_percent" takes a number from 0 to 100, not 101.']],
  ['a missing key', 'services: {a: {depends_on: {«b»: {}}}}\n', ['"depends_on.b" lacks the key "condition", without which Compose refuses it.']],
  ['a missing key of an entry', 'services: {a: {volumes: [{«source»: b, target: /b}]}}\n', ['An entry of "volumes" lacks the key "type", without which Compose refuses it.']],
  ['one of two missing keys', 'jobs: {a: {image: x, «triggers»: {}}}\n', ['"triggers" lacks the key "manual" or "schedule", without which Compose refuses it.']],
  ['a missing key that another file may lend', 'services: {a: {extends: {service: b}, depends_on: {b: {}}}, c: {depends_on: {«b»: {}}}}\n', ['"depends_on.b" lacks the key "condition", without which Compose refuses it.']],
  ['twice in a list', 'services: {a: {security_opt: [b, c, «b»], group_add: [1, "1"]}}\n', ['"b" stands in this list already, and Compose refuses that: take one of them out.']],
  ['twice where the later one wins', 'services: {a: {cap_add: [b, b], ports: ["80", "80"], dns: [b, b], environment: [A=1, A=1]}}\n', []],
  ['twice with a variable', 'services: {a: {security_opt: ["${B}", "${B}"]}}\n', []],
  ['variables', 'services: {a: {init: "${I}", scale: "${S:-1}", cgroup: "$C", cpus: "${C}", mem_limit: "${M}", healthcheck: {interval: "${H}"}, pull_policy: "${P:-always}"}}\n', []],
  ['a variable where no text can become what belongs there', 'services: {a: {use_api_socket: «"${U}"», environment: «"${E}"»}}\n', ['"use_api_socket" takes true or false, not text.', '"environment" takes a map or a list, not text.']],
  ['extensions', 'x-a: [1]\nservices: {a: {x-b: {c: 1}, build: {x-d: }}}\nnetworks: {b: {x-e: 1}}\n', []],
  ['a reset', 'services: {a: {ports: !reset null, image: !reset [], user: !reset 1, command: !override [b]}}\n', []],
  ['an override', 'services: {a: {image: !override «1»}}\n', ['"image" takes text, not the number 1. Write it in quotes.']],
  ['what an anchor holds is told once, where it stands', 'x-a: &a\n  «imge»: b\nservices:\n  a: {<<: *a, image: c}\n  b: {<<: *a, image: c}\n', ['A service has no key "imge". Did you mean "image"?']],
  ['an anchor that is right in one place alone', 'x-a: &a [80]\nservices:\n  a:\n    ports: *a\n    image: «*a»\n', ['"image" takes text, not a list.']],
  ['a required key by a merge', 'x-d: &d {condition: service_started}\nservices: {a: {depends_on: {b: {<<: *d}}}}\n', []],
  ['an unknown alias', 'services: {a: {image: *b}}\n', []],
  ['the first format', '«web»:\n  image: a\n  net: host\ndb:\n  build: .\n', ['The file is of the first format of Compose, which is read no more: put everything under the key "services".']],
  ['no format at all', '«web»: {}\n', ['A Compose file has no key "web".']],
  ['no Compose file at all', '- a\n', []],
];
for (const [name, marked, messages] of rows) {
  test(`Compose schema: ${name}`, () => {
    assert.deepEqual(check(unmarked(marked)), { marked, messages });
  });
}

test('Compose schema: an anchor that many take is read once', () => {
  const uses = Array.from({ length: 400 }, (_, index) => `  s${index}:\n    <<: *base\n    image: a\n`).join(
    '',
  );
  const options = Array.from({ length: 400 }, (_, index) => `      K${index}: [${index}]\n`).join('');
  const text = `x-base: &base\n  environment:\n${options}services:\n${uses}`;
  const model = parseCompose(text);
  schemaProblems(model);
  const taken = computingTime(() => assert.equal(schemaProblems(model).length, 200));
  assert.ok(taken < 200, `${taken} ms`);
});
