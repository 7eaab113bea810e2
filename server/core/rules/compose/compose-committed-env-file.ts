// compose-committed-env-file: a file of variables with secrets in it that the repository takes in.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { judgeSecret } from '../../knowledge/secrets.ts';
import { meantBy } from '../../model/compose/effective.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { YamlNode } from '../../model/yaml/node.ts';
import type { Span } from '../../text/span.ts';

interface Named {
  readonly path: string;
  readonly at: Span;
}

function namedBy(model: ComposeModel, node: YamlNode | null): Named[] {
  const meant = meantBy(node);
  if (meant?.kind === 'map') {
    return namedBy(model, meant.pairs.find(({ key }) => key.text === 'path')?.value ?? null);
  }
  const path = meant?.kind === 'scalar' ? resolvedString(model, meant) : null;
  if (meant?.kind !== 'scalar' || !path?.known || path.value === '') return [];
  return [{ path: path.value, at: contentSpan(meant, model.text) }];
}

function envFilesOf(model: ComposeModel, service: Service): Named[] {
  const node = service.get('env_file')?.node ?? null;
  return node?.kind === 'sequence' ? node.items.flatMap(item => namedBy(model, item)) : namedBy(model, node);
}

const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*(?:'([^'\r\n]*)'|"([^"\r\n]*)"|([^\r\n#]*))/gm;

/** The names of variables that hold one. */
const secretsIn = (text: string): string[] =>
  [...text.matchAll(line)].flatMap(([, name = '', single, double, plain]) =>
    judgeSecret(name, (single ?? double ?? plain ?? '').trim()) ? name : [],
  );

/** A template to copy, by its name. */
const isTemplate = (path: string): boolean =>
  /(?:^|[._-])(?:example|sample|template|dist|defaults?)(?:$|[._-])/i.test(path);

/** On the machine, not among the files of the project. */
const isElsewhere = (path: string): boolean => /^(?:[/~\\]|[A-Za-z]:)/.test(path);

function fixesOf(path: string): Fix[] {
  const below = path.replace(/^(?:\.\/)+/, '');
  if (/^(?:\/|\.\.|~)|[\\*?[\]!#\s]/.test(below)) return [];
  const files = [{ kind: 'append-line', path: '.gitignore', line: `/${below}` }] as const;
  return [fix('Keep it out of the repository', 'safe', [], { files })];
}

const mostNamed = 3;

export default composeRule({
  id: 'compose-committed-env-file',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Secrets in an env file that is committed',
  needs: ['env'],
  messages: {
    committed: {
      text: '{path} holds secrets ({names}) for {service}, and nothing keeps it out of the repository: everybody who has that has them. Add it to .gitignore, and if it has been committed, `git rm --cached` it and replace the secrets.',
    },
  },
  docs: {
    why: 'An env file is the right place for a secret only while it stays on the machine. Committed, it is as public as the repository, for ever: its history keeps what is removed.',
    remedy:
      'Add the file to `.gitignore`, and commit a template (`.env.example`) with the names alone. The repair adds the line; what Git tracks already, `git rm --cached` takes out of the next commit.',
    limits:
      'Whether Git tracks the file already is not looked up: what counts is that no ignore file of the repository keeps it out. Outside of a repository nothing is reported.',
    references: [
      'https://docs.docker.com/compose/how-tos/environment-variables/best-practices/',
      'https://git-scm.com/docs/gitignore',
    ],
  },
  fix: { availability: 'sometimes', safety: 'safe', why: 'No build and no service notices.' },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    env_file:\n      - «app.env»\n      - path: «../shared.env»\n      - versions.env\n',
        files: {
          'app.env': 'LEVEL=info\nexport DB_PASSWORD="hunter2hunter2"\n',
          '../shared.env': 'API_TOKEN=0d9f7a61c2be4435a1f0\n',
          'versions.env': 'VERSION=1\n',
        },
        fixed:
          'services:\n  app:\n    image: example/app:1\n    env_file:\n      - app.env\n      - path: ../shared.env\n      - versions.env\n',
        fixedFiles: { '.gitignore': '/app.env\n' },
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    env_file: .env\n',
        files: { '.env': 'DB_PASSWORD=hunter2hunter2\n', '.gitignore': '.env\n' },
      },
      {
        note: 'A template.',
        code: 'services:\n  app:\n    image: example/app:1\n    env_file: .env.example\n',
        files: { '.env.example': 'DB_PASSWORD=hunter2hunter2\n' },
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        for (const { path, at } of envFilesOf(model, service)) {
          if (seen.has(at.start) || isElsewhere(path) || isTemplate(path)) continue;
          const file = facts.get('env', path);
          const names = file?.takenIn ? secretsIn(file.text) : [];
          if (names.length === 0) continue;
          seen.add(at.start);
          const shown = names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '');
          report('committed', {
            at,
            data: { path, names: shown, service: service.name },
            fixes: fixesOf(path),
          });
        }
      },
    };
  },
});
