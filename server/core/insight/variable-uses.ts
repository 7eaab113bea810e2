// Variable uses: where the build fills in a variable, word by word, with the exact place of its name.
import type { Flag, Instruction } from '../model/dockerfile/model.ts';
import { fileSpan, type MappedText } from '../text/mapped-text.ts';
import { type Span, span, spanText } from '../text/span.ts';

export interface VariableUse {
  readonly name: string;
  /** The name alone. */
  readonly span: Span;
  /** What follows the name within braces (`:-`, `:?`, `#`, ...); empty where nothing does. */
  readonly operator: string;
}

/** In the order of the text; those within the default of another one too. */
function usesOf(mapped: MappedText, escapeChar: string): VariableUse[] {
  const { text } = mapped;
  const uses: VariableUse[] = [];
  if (!text.includes('$')) return uses;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === escapeChar) at++;
    else if (char === '"') quoted = !quoted;
    else if (char === "'" && !quoted) {
      const end = text.indexOf("'", at + 1);
      if (end < 0) break;
      at = end;
    } else if (char === '$') {
      const braces = text[at + 1] === '{' ? 1 : 0;
      const start = at + 1 + braces;
      const [, name, operator = ''] = /^([A-Za-z_]\w*)(:?[-+?]|[#%/])?/.exec(text.slice(start)) ?? [];
      if (name === undefined) continue;
      at = start + name.length;
      uses.push({ name, operator: braces === 1 ? operator : '', span: fileSpan(mapped, span(start, at)) });
      at--;
    }
  }
  return uses;
}

/** Flags whose values may hold variables; those of FROM, COPY and ADD, and RUN. */
const expandedFlags = new Set(['platform', 'chown', 'chmod', 'checksum', 'mount']);
const expandedBodies = new Set(
  'FROM COPY ADD ENV LABEL ARG EXPOSE USER WORKDIR VOLUME STOPSIGNAL'.split(' '),
);

function flagUses(text: string, escapeChar: string, flag: Flag): VariableUse[] {
  if (!flag.raw.includes('$') || !expandedFlags.has(flag.name)) return [];
  const { value, valueSpan } = flag;
  if (value === null || valueSpan === null) return [];
  if (spanText(text, valueSpan) !== value) return [];
  const segments = [{ from: 0, at: valueSpan.start, length: value.length }];
  return usesOf({ text: value, segments }, escapeChar);
}

export interface ExpandedText {
  readonly text: string;
  readonly escape: string;
}

/** The variables that the build itself fills in: those of commands are the shell's. */
export function variableUses(model: ExpandedText, instruction: Instruction): VariableUse[] {
  if (!spanText(model.text, instruction.extent).includes('$')) return [];
  const { keyword, flags, body } = instruction;
  return [
    ...flags.flatMap(flag => flagUses(model.text, model.escape, flag)),
    ...(expandedBodies.has(keyword) ? usesOf(body, model.escape) : []),
  ];
}
