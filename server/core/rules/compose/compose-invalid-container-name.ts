// compose-invalid-container-name: a name that the engine refuses.

import { composeRule, fix } from '../../engine/rule.ts';
import { filledText } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import { replace } from '../../text/edit.ts';

const valid = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Each run of other characters as one dash. */
const meant = (name: string): string =>
  name
    .replace(/[^a-zA-Z0-9_.-]+/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .replace(/-+$/, '');

export default composeRule({
  id: 'compose-invalid-container-name',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A container name that the engine refuses',
  messages: {
    invalid: {
      text: '"{name}" cannot be the name of a container: it begins with a letter or digit, goes on with letters, digits, "_", "." and "-", and has two characters at least.{hint}',
      equivalents: ['dclint:service-container-name-regex'],
    },
  },
  docs: {
    why: 'The engine takes names of the form `[a-zA-Z0-9][a-zA-Z0-9_.-]+` alone: with any other one the container is not made.',
    remedy:
      'Write a name of that form, or leave `container_name` out: Compose makes one of project, service and number. The repair puts a dash in place of what may not stand there.',
    limits: 'Names with a variable that has no default are left out.',
    references: ['https://docs.docker.com/reference/compose-file/services/#container_name'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Only its author knows the name that was meant.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    container_name: «my shop/web»\n  api:\n    image: example/api:1\n    container_name: «"_api"»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    container_name: my-shop-web\n  api:\n    image: example/api:1\n    container_name: api\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    container_name: «"@"»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.30\n    container_name: "@"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    container_name: my-app_1.2\n  api:\n    image: example/api:1\n    container_name: ${NAME}-api\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const node = service.get('container_name')?.node;
        const name = filledText(model, node)?.text;
        if (!node || name === undefined || name.includes('$') || valid.test(name)) return;
        if (seen.has(node.span.start)) return;
        seen.add(node.span.start);
        const other = meant(name);
        const fits = valid.test(other);
        report('invalid', {
          at: node.span,
          data: { name, hint: fits ? ` Write ${other}.` : '' },
          fixes: fits ? [fix(`Write ${other}`, 'suggestion', [replace(node.span, other)])] : [],
        });
      },
    };
  },
});
