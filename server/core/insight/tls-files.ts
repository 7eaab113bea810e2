// Settings files that a Dockerfile writes itself, and that switch off the check of certificates.
import { type TlsTool, tlsFiles } from '../knowledge/tls-switches.ts';
import type { Heredoc, Instruction } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { type Span, span, spanText } from '../text/span.ts';

interface WrittenSwitch {
  readonly tool: TlsTool;
  readonly name: string;
  readonly at: Span;
  readonly kind: 'fixed';
}

/** `tee`, also behind `sudo`. */
const isTee = (command: ShellCommand | null): boolean =>
  command?.name === 'tee' || command?.args.some(({ value }) => value === 'tee') === true;

/** The files that a command writes, by redirection, of a wrapper as well, or through `tee`. */
function writtenFiles(command: ShellCommand): readonly string[] {
  const { redirects, wrappers, pipeline } = command;
  const all = [...redirects, ...wrappers.flatMap(wrapper => wrapper.redirects)];
  const targets = all.flatMap(({ operator, target }) => (/^>/.test(operator) ? (target ?? []) : []));
  const tee = [command, ...(pipeline?.commands ?? [])].find(isTee);
  return [...targets, ...(tee?.args ?? [])].map(({ raw }) => raw.replace(/["']/g, ''));
}

/** `echo insecure >> ~/.curlrc`. */
export function writtenSwitches(command: ShellCommand): readonly WrittenSwitch[] {
  if (command.name !== 'echo' && command.name !== 'printf') return [];
  const written = writtenFiles(command);
  const files = tlsFiles.filter(({ path }) => written.some(file => path.test(file)));
  return files.flatMap(({ tool, off }) =>
    command.args.flatMap(({ value, span: at }) => {
      const [name] = off.exec((value ?? '').replaceAll('\\n', '\n')) ?? [];
      return name === undefined ? [] : { tool, name: name.trim(), at, kind: 'fixed' as const };
    }),
  );
}

/** A heredoc of an instruction, with the paths it is written to. */
interface WrittenHeredoc {
  readonly heredoc: Heredoc;
  readonly paths: readonly string[];
}

function writtenHeredocs(instruction: Instruction): readonly WrittenHeredoc[] {
  const { heredocs } = instruction;
  if (heredocs.length === 0) return [];
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
    return heredocs.map(heredoc => ({ heredoc, paths: [instruction.destination?.value ?? ''] }));
  if (instruction.keyword !== 'RUN') return [];
  const readers = instruction.script.commands.flatMap(command =>
    command.redirects.flatMap(({ operator }) => (/^<<-?$/.test(operator) ? [command] : [])),
  );
  return heredocs.flatMap((heredoc, index) => {
    const reader = readers[index];
    return reader?.name === 'cat' || isTee(reader ?? null)
      ? [{ heredoc, paths: reader ? writtenFiles(reader) : [] }]
      : [];
  });
}

/** `COPY <<EOF /root/.curlrc`, `cat > ~/.npmrc <<EOF`. */
export function heredocSwitches(text: string, instruction: Instruction): readonly WrittenSwitch[] {
  return writtenHeredocs(instruction).flatMap(({ heredoc: { contentSpan }, paths }) =>
    tlsFiles.flatMap(({ tool, path, off }) => {
      const [match] = (paths.some(file => path.test(file)) && off.exec(spanText(text, contentSpan))) || [];
      if (match === undefined) return [];
      const name = match.trim();
      const start = text.indexOf(name, text.indexOf(match, contentSpan.start));
      return [{ tool, name, at: span(start, start + name.length), kind: 'fixed' as const }];
    }),
  );
}
