// secret-in-run: a secret written out in a command.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type SpokenSecret, spokenSecrets } from '../../insight/spoken-secrets.ts';
import { secretValue } from '../../knowledge/secrets.ts';
import type {
  DockerfileModel,
  HealthcheckInstruction,
  Heredoc,
  Instruction,
  ProcessInstruction,
  RunInstruction,
} from '../../model/dockerfile/model.ts';
import type { ShellScript } from '../../model/shell/script.ts';
import { mountVariable, secretFlag } from '../../repairs/build-secret.ts';
import { type Edit, remove, replace } from '../../text/edit.ts';
import { type Span, span, spanText, touches } from '../../text/span.ts';

/** Within single quotes no variable is read; where nothing in them minds, double quotes take their place. */
const requotable = /^'[^'"$`\\!\n]*'$/;

/** `NAME=secret command`: the mount sets the variable already. */
function withoutAssignment(
  { text }: DockerfileModel,
  { assignment }: SpokenSecret,
  variable: string,
): Edit | null {
  if (assignment?.name !== variable) return null;
  const { start, end } = assignment.span;
  const [blanks] = /^[ \t]+(?=\S)(?!\\\r?\n)/.exec(text.slice(end, end + 200)) ?? [];
  return blanks === undefined ? null : remove(span(start, end + blanks.length));
}

/** The variable in place of the literal, quoted where the word is not; null where quotes stand in the way. */
function useVariable({ word, span: at }: SpokenSecret, variable: string, isNested: boolean): Edit | null {
  const { raw, span: whole } = word;
  // A word that goes on in the next line is left to a person.
  if (!isNested && whole.end - whole.start !== raw.length) return null;
  if (requotable.test(raw)) {
    const before = raw.slice(1, at.start - whole.start);
    const behind = raw.slice(at.end - whole.start, -1);
    return replace(whole, `"${before}\${${variable}}${behind}"`);
  }
  if (raw.includes("'")) return null;
  const isBare = !raw.includes('"') && !isNested && at.end === whole.end;
  return replace(at, isBare ? `"$${variable}"` : `\${${variable}}`);
}

/** The secret stands in a word that is part of a word of another command: a script in quotes. */
const isNested = ({ script }: RunInstruction, { word: { span: inner } }: SpokenSecret): boolean =>
  script.commands.some(({ args }) =>
    args.some(({ span: { start, end } }) => start < inner.start && inner.end < end),
  );

/** The secret mounted, and its variable wherever the RUN speaks it. */
function mountFix(
  model: DockerfileModel,
  run: RunInstruction,
  places: readonly SpokenSecret[],
  variable: string,
): Fix[] {
  // The strings of a list are given to the program as they are.
  const mounts = run.script.kind === 'posix' ? mountVariable(model, [run], variable) : null;
  const uses = places.map(
    secret =>
      withoutAssignment(model, secret, variable) ?? useVariable(secret, variable, isNested(run, secret)),
  );
  if (mounts === null || !uses.every(edit => edit !== null)) return [];
  return [fix(`Read it from the build secret ${variable}`, 'unsafe', [...mounts, ...uses])];
}

/** A name for the variable of each secret, numbered where it stands for another one already. */
function variableNames({ instructions }: DockerfileModel): (literal: string, wanted: string) => string {
  const taken = new Set(
    instructions
      .flatMap(instruction => (instruction.keyword === 'RUN' ? instruction.mounts : []))
      .flatMap(({ options }) => options.get('env')?.value ?? []),
  );
  const names = new Map<string, string>();
  return (literal, wanted) => {
    let name = names.get(literal) ?? wanted;
    for (let number = 2; !names.has(literal) && taken.has(name); number++) name = `${wanted}_${number}`;
    names.set(literal, name);
    taken.add(name);
    return name;
  };
}

interface WrittenSecret {
  readonly what: string;
  readonly at: Span;
}

/** The secrets in the lines of a heredoc; a private key goes on to the end. */
function secretsIn({ content, contentSpan }: Heredoc, text: string): WrittenSecret[] {
  const secrets: WrittenSecret[] = [];
  let start = contentSpan.start;
  for (const line of content.split('\n')) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    // Tabs in front may have been taken out.
    const from = end - line.length;
    const found = secretValue(line);
    const isKey = found?.what === 'a private key';
    if (found) {
      secrets.push({
        what: found.what,
        at: span(from + found.start, isKey ? contentSpan.end : from + found.end),
      });
    }
    if (isKey) break;
    start = end + 1;
  }
  return secrets;
}

/** Each at one place once: a script in quotes is read as a word and as commands. */
function spokenIn({ script }: { readonly script: ShellScript }): SpokenSecret[] {
  const spoken = script.commands.flatMap(spokenSecrets);
  return spoken.filter(
    ({ span: at }, index) => spoken.findIndex(other => other.span.start === at.start) === index,
  );
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
      equivalents: ['tally:secrets-in-code', 'trivy:DS-0031'],
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
      'A secret is known by its form (keys of well-known services, URLs with a password), by the variable it is assigned to, by the option it is given to, or by the header it is sent in. A list in brackets is given to the program as it is, so that no variable can take the place of a secret in it: there is no repair.',
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
        note: 'No variable is read within single quotes.',
        code: "FROM alpine:3.22\nRUN curl -H 'PRIVATE-TOKEN: «hunter2hunter2»' https://git.example.com/api\nUSER app\n",
        fixed:
          'FROM alpine:3.22\nRUN --mount=type=secret,id=private_token,env=PRIVATE_TOKEN curl -H "PRIVATE-TOKEN: ${PRIVATE_TOKEN}" https://git.example.com/api\nUSER app\n',
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
    let names: ReturnType<typeof variableNames> | null = null;
    const literalOf = ({ span: at }: SpokenSecret): string => spanText(model.text, at);
    const heredocs = ({ heredocs: all }: Instruction, except: readonly Span[] = []): void => {
      for (const { what, at } of all.flatMap(heredoc => secretsIn(heredoc, model.text))) {
        if (except.some(other => touches(other, at))) continue;
        report('heredoc', { at, data: { kind: what }, sensitive: [at] });
      }
    };
    const process = (instruction: ProcessInstruction | HealthcheckInstruction): void => {
      for (const { what, span: at } of spokenIn(instruction)) {
        report('start', { at, data: { kind: what }, sensitive: [at] });
      }
    };
    return {
      instruction: {
        RUN(run) {
          const spoken = spokenIn(run);
          for (const secret of spoken) {
            const { what, span: at } = secret;
            const literal = literalOf(secret);
            names ??= variableNames(model);
            const variable = names(literal, secret.variable);
            const places = spoken.filter(other => literalOf(other) === literal);
            const fixes = mountFix(model, run, places, variable);
            report('build', { at, data: { kind: what, flag: secretFlag(variable) }, fixes, sensitive: [at] });
          }
          heredocs(
            run,
            spoken.map(secret => secret.span),
          );
        },
        COPY: copy => heredocs(copy),
        ADD: add => heredocs(add),
        CMD: process,
        ENTRYPOINT: process,
        HEALTHCHECK: process,
      },
    };
  },
});
