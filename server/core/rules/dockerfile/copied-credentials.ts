// copied-credentials: a variable that says where a file with credentials lies, and it lies in the image.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { destinationOf, likelyPath } from '../../insight/copy-target.ts';
import { isWithin } from '../../insight/folders.ts';
import { siblingsOf } from '../../insight/siblings.ts';
import { credentialsVariable } from '../../knowledge/secret-names.ts';
import type {
  CopyInstruction,
  DockerfileModel,
  Instruction,
  KeyValue,
  VariablesInstruction,
  Word,
} from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';

/** Where secrets are mounted when the container starts. */
const mounted = /^\/(?:(?:var\/)?run\/|secrets?\/|etc\/secrets\/|vault\/|mnt\/|dev\/)/;
const dataFile =
  /\.(?:json|ya?ml|pem|key|p12|pfx|jks|ini|conf|cfg|toml|properties)$|(?:credentials?|config|token)$/i;

const isContextCopy = (instruction: Instruction): instruction is CopyInstruction =>
  instruction.keyword === 'ADD' || (instruction.keyword === 'COPY' && instruction.from === null);

/** Something of the build context is copied to that place, or to a folder that holds it. */
const isCopied = (model: DockerfileModel, instruction: Instruction, path: string): boolean =>
  siblingsOf(model, instruction).some(other => {
    if (!isContextCopy(other)) return false;
    const { destination, before } = other;
    const target = destinationOf(other) ?? (destination && likelyPath(destination.value, before));
    return target !== null && (target === '/' || isWithin(path, target));
  });

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function mountInstead({ raw, value, span: at }: Word, path: string): Fix[] {
  if (value.includes('$')) return [];
  const place = `/run/secrets/${nameOf(path)}`;
  const written = /^["']/.test(raw) ? `${raw[0]}${place}${raw[0]}` : place;
  return [
    fix(`Look for it in ${place}, and keep it out of the build`, 'suggestion', [replace(at, written)], {
      files: [{ kind: 'append-line', path: '.dockerignore', line: `**/${nameOf(path)}` }],
    }),
  ];
}

export default dockerfileRule({
  id: 'copied-credentials',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Credentials that the image brings along',
  messages: {
    copied: {
      text: '{name} looks for credentials in {path}, and what is copied there comes from the build context: whoever pulls the image has them. Mount the file when the container starts.',
      equivalents: ['trivy:DS-0031'],
    },
  },
  docs: {
    why: 'A variable such as `GOOGLE_APPLICATION_CREDENTIALS` names a file with a key. Where that file is copied into the image, the key is given to everybody who can pull it, and stays in the layer when it is deleted or replaced.',
    remedy:
      'Mount the file at run time, as a secret of Compose or the orchestrator, and let the variable name the place: `/run/secrets/…`. Better still, use the identity of the machine or the workload, which needs no file. The repair changes the path and adds the file to `.dockerignore`.',
    limits:
      'Told by the name of the variable. Whether the file really is in the build context is not looked at.',
    references: ['https://docs.docker.com/compose/how-tos/use-secrets/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'The file then has to be mounted where the container runs. A path with variables in it is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nENV GOOGLE_APPLICATION_CREDENTIALS=«./service.json» MODE=live\nUSER nobody\n',
        files: { 'main.py': '', '.dockerignore': '.git\n' },
        fixed:
          'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/service.json MODE=live\nUSER nobody\n',
        fixedFiles: { '.dockerignore': '.git\n**/service.json\n' },
      },
      {
        code: 'FROM python:3.14-slim\nARG HOME=/app\nCOPY keys/ ${HOME}/\nARG KUBECONFIG=«${HOME}/config»\nUSER nobody\n',
        fixed:
          'FROM python:3.14-slim\nARG HOME=/app\nCOPY keys/ ${HOME}/\nARG KUBECONFIG=${HOME}/config\nUSER nobody\n',
      },
    ],
    good: [
      {
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY src/ src/\nENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/service.json\nENV AWS_SHARED_CREDENTIALS_FILE=/home/app/.aws/credentials\nUSER nobody\n',
        note: 'Mounted, and not copied.',
      },
    ],
  },
  check: ({ model, report }) => {
    const visitPair = (instruction: VariablesInstruction, { name, value, resolved }: KeyValue): void => {
      if (value === null || !resolved?.known || !credentialsVariable(name)) return;
      const path = likelyPath(resolved.value, instruction.before);
      if (path === null || mounted.test(path) || !dataFile.test(path)) return;
      if (!isCopied(model, instruction, path)) return;
      report('copied', { at: value.span, data: { name, path }, fixes: mountInstead(value, path) });
    };
    const visit = (instruction: VariablesInstruction): void => {
      for (const pair of instruction.pairs) visitPair(instruction, pair);
    };
    return { instruction: { ENV: visit, ARG: visit } };
  },
});
