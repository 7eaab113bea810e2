// Credentials that a Dockerfile writes into the files where programs look for them: by redirection, by `cp`, in heredocs.
import { secretFile } from '../knowledge/secret-files.ts';
import type { CopyInstruction, RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import type { Span } from '../text/span.ts';
import { unquoted, writtenHeredocs, writtenWords } from './written-files.ts';

interface WrittenCredentials {
  /** The word that names the file. */
  readonly at: Span;
  readonly place: string;
}

/** Files of settings that may hold credentials, beside those that are there for them. */
const settings =
  /(?:^|\/)(?:pip\.conf|\.yarnrc(?:\.yml)?|\.m2\/settings\.xml|nuget\.config|gradle\.properties)$/i;

/** What a service reads while it runs is another matter. */
const ofServices = /\.env|\.htpasswd$/;

const isPlace = (path: string): boolean =>
  settings.test(path) || (!ofServices.test(path) && secretFile(path) !== null);

/** Text with computed parts in which a credential is likely to be one of them. */
const isFilledIn = (path: string, text: string): boolean =>
  /[$`]/.test(text) &&
  (/auth(?!or)|passw|token|secret|credential|:\/\/[^\s/]*[$`][^\s/]*@/i.test(text) || /\/id_\w+$/.test(path));

/** The words of a call; a dollar that is none of the shell's is left out. */
export const wordsOf = ({ args }: ShellCommand): string =>
  args.map(({ value, raw }) => value?.replaceAll('$', '') ?? raw.replace(/["']/g, '')).join(' ');

const isMounted = ({ value }: ShellWord): boolean => value?.startsWith('/run/secrets/') === true;

export function writtenCredentials(command: ShellCommand, run: RunInstruction): WrittenCredentials | null {
  const copies = command.name === 'cp' || command.name === 'install';
  const words = copies ? command.args.slice(-1) : writtenWords(command);
  const at = words.find(word => isPlace(unquoted(word)));
  if (at === undefined) return null;
  const place = unquoted(at);
  const heredocs = command.redirects.some(({ operator }) => operator.startsWith('<<')) ? run.heredocs : [];
  const isSecret =
    command.args.some(isMounted) ||
    (!copies &&
      isFilledIn(
        place,
        [wordsOf(command), ...heredocs.flatMap(({ expands, content }) => (expands ? [content] : []))].join(
          '\n',
        ),
      ));
  return isSecret ? { at: at.span, place } : null;
}

/** `COPY <<EOF /root/.npmrc`: the build fills in what it knows. */
export function copiedCredentials(copy: CopyInstruction): WrittenCredentials | null {
  const { destination, before } = copy;
  for (const {
    heredoc,
    paths: [path = ''],
  } of writtenHeredocs(copy)) {
    if (destination === null || !heredoc.expands || !isPlace(path)) continue;
    const known = heredoc.content.replace(/\\.|\$\{?(\w+)/g, (text, name) =>
      name && before.variable(name) ? text : '',
    );
    if (isFilledIn(path, known)) return { at: destination.span, place: path };
  }
  return null;
}
