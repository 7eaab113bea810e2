// Settings files that a Dockerfile writes itself, and that switch off the check of certificates.
import { type TlsTool, tlsFiles } from '../knowledge/tls-switches.ts';
import type { Instruction } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { type Span, span, spanText } from '../text/span.ts';
import { writtenFiles, writtenHeredocs } from './written-files.ts';

interface WrittenSwitch {
  readonly tool: TlsTool;
  readonly name: string;
  readonly at: Span;
  readonly kind: 'fixed';
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
