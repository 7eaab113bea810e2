// secret-in-run: a secret written out in a command.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type SpokenSecret, spokenSecrets } from '../../insight/spoken-secrets.ts';
import { secretValue } from '../../knowledge/secrets.ts';
import type { Heredoc, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import { knowsSecretVariables, secretFlag, secretMount } from '../../repairs/build-secret.ts';
import { replace } from '../../text/edit.ts';
import { type Span, span } from '../../text/span.ts';

/** The variable in place of the literal, quoted where the word was not; null within single quotes, where none is read. */
function reference({ word, span: at, variable }: SpokenSecret): string | null {
  if (word.raw.includes("'")) return null;
  const isWhole = at.start === word.span.start && at.end === word.span.end;
  return isWhole && !word.raw.startsWith('"') ? `"$${variable}"` : `\${${variable}}`;
}

function mountFix(run: RunInstruction, secret: SpokenSecret): Fix[] {
  const text = reference(secret);
  if (text === null) return [];
  const title = `Read it from the build secret ${secret.variable}`;
  return [fix(title, 'unsafe', [secretMount(run, secret.variable), replace(secret.span, text)])];
}

/** Where a secret stands in the text of a heredoc; leading tabs may have been taken out before it. */
function secretIn({ content, contentSpan }: Heredoc, text: string): { what: string; at: Span } | null {
  const found = secretValue(content);
  if (!found) return null;
  const literal = content.slice(found.start, found.end);
  const start = text.indexOf(literal, contentSpan.start);
  return { what: found.what, at: start < 0 ? contentSpan : span(start, start + literal.length) };
}

export default dockerfileRule({
  id: 'secret-in-run',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret written out in a command',
  messages: {
    build: {
      text: 'This command holds a secret ({kind}), which stays in this file and in the history of the image. Replace it with a new one, mount that in the RUN and build with `{flag}`.',
      equivalents: ['tally:secrets-in-code'],
    },
    start: {
      text: 'The container is started with a secret that stands in the image ({kind}): whoever pulls it reads it. Replace it with a new one, and pass that when the container starts.',
      equivalents: ['tally:secrets-in-code'],
    },
    heredoc: {
      text: 'This text holds a secret ({kind}), which stays in this file and in a layer of the image. Replace it with a new one, and mount that where it is read.',
      equivalents: ['tally:secrets-in-code'],
    },
  },
  docs: {
    why: 'Every RUN is written into the history of the image word by word: `docker history --no-trunc` shows it to everybody who can pull the image. And the Dockerfile itself is in version control.',
    remedy:
      'Mount the secret in the RUN that needs it: `RUN --mount=type=secret,id=api_token,env=API_TOKEN curl -H "Authorization: Bearer $API_TOKEN" ...`, passed with `docker build --secret id=api_token,env=API_TOKEN`. The repair puts the variable in place of the literal. What has been committed once is known: make a new secret.',
    limits:
      'A secret is known by its form (keys of well-known services, URLs with a password), by the variable it is assigned to, or by the option it is given to. Within single quotes there is no repair: no variable is read there.',
    references: ['https://docs.docker.com/build/building/secrets/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The build has to be called with `--secret` afterwards.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nRUN deploy --token «0d9f7a61c2be4435a1f0» --region eu\nUSER app\n',
        fixed:
          'FROM alpine:3.22\nRUN --mount=type=secret,id=token,env=TOKEN deploy --token "$TOKEN" --region eu\nUSER app\n',
      },
      {
        note: 'A password in an address.',
        code: 'FROM alpine:3.22\nRUN git clone https://ci:«hunter2hunter2»@git.example.com/app.git\nUSER app\n',
        fixed:
          'FROM alpine:3.22\nRUN --mount=type=secret,id=url_password,env=URL_PASSWORD git clone https://ci:${URL_PASSWORD}@git.example.com/app.git\nUSER app\n',
      },
      {
        note: 'Quotes stay as they are.',
        code: 'FROM alpine:3.22\nRUN export DB_PASSWORD="«hunter2hunter2»" && ./migrate\nUSER app\n',
        fixed:
          'FROM alpine:3.22\nRUN --mount=type=secret,id=db_password,env=DB_PASSWORD export DB_PASSWORD="${DB_PASSWORD}" && ./migrate\nUSER app\n',
      },
      {
        note: 'At start the value comes from outside.',
        code: 'FROM alpine:3.22\nUSER app\nCMD ["serve", "--api-key=«0d9f7a61c2be4435a1f0»"]\n',
        fixed: 'FROM alpine:3.22\nUSER app\nCMD ["serve", "--api-key=0d9f7a61c2be4435a1f0"]\n',
      },
      {
        code: 'FROM alpine:3.22\nCOPY <<EOF /etc/app.conf\nurl = postgres://app:«hunter2hunter2»@db/app\nEOF\nUSER app\n',
        fixed:
          'FROM alpine:3.22\nCOPY <<EOF /etc/app.conf\nurl = postgres://app:hunter2hunter2@db/app\nEOF\nUSER app\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nRUN --mount=type=secret,id=token,env=TOKEN deploy --token "$TOKEN"\n' },
      { code: 'FROM alpine:3.22\nRUN git clone https://user:${PASSWORD}@git.example.com/app.git\n' },
      {
        code: 'FROM alpine:3.22\nRUN adduser --disabled-password --gecos "" app && login --password-stdin < /run/secrets/password\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const heredocs = (instruction: Instruction): void => {
      for (const heredoc of instruction.heredocs) {
        const found = secretIn(heredoc, model.text);
        if (found) report('heredoc', { at: found.at, data: { kind: found.what }, sensitive: [found.at] });
      }
    };
    return {
      instruction: { COPY: heredocs, ADD: heredocs, RUN: heredocs },
      command: {
        '*': (command, instruction) => {
          for (const secret of spokenSecrets(command)) {
            const { span: at, what: kind, variable } = secret;
            const isInHeredoc = instruction.heredocs.some(({ contentSpan }) => at.start >= contentSpan.start);
            if (isInHeredoc && secretValue(secret.word.raw)) continue;
            const sensitive = [at];
            if (instruction.keyword === 'RUN') {
              const fixes = knowsSecretVariables(model) ? mountFix(instruction, secret) : [];
              report('build', { at, data: { kind, flag: secretFlag(variable) }, fixes, sensitive });
            } else {
              report('start', { at, data: { kind }, sensitive });
            }
          }
        },
      },
    };
  },
});
