// Accounts and groups that RUNs make on Windows: scripts for cmd and PowerShell are read by their words alone.
import type { Stage } from '../model/dockerfile/model.ts';
import { fileSpan } from '../text/mapped-text.ts';
import { type Span, span } from '../text/span.ts';
import { builtFrom } from './run-effects.ts';

interface WrittenCommand {
  readonly text: string;
  readonly at: (start: number, length: number) => Span;
}

const commandsOnWindows = (stage: Stage): readonly WrittenCommand[] =>
  builtFrom(stage).flatMap(run => {
    if (run.keyword !== 'RUN' || !/^(?:cmd|powershell)$/.test(run.script.kind)) return [];
    return Array.from(run.body.text.matchAll(/[^;&|\n]+/g), ({ 0: text, index }) => ({
      text,
      at: (start, length) => fileSpan(run.body, span(index + start, index + start + length)),
    }));
  });

const creating =
  /(?:\bnet1?(?:\.exe)?\s+user(?=.*\s\/add\b)(?:\s+\/\S+)*|\bNew-LocalUser(?:.*\s-Name)?)\s+["']?([A-Za-z][\w.-]*)/i;
/** What is done for an account besides making it. */
const using = /icacls|takeown|runas|AccessRule|SetOwner|-Credential/i;

/** The accounts that are made and neither own files nor get rights to them, by the word that names them. */
export function idleOnWindows(stage: Stage): readonly { readonly name: string; readonly at: Span }[] {
  const commands = commandsOnWindows(stage);
  return commands.flatMap(({ text, at }) => {
    const [whole = '', name] = creating.exec(text) ?? [];
    if (name === undefined || commands.some(other => using.test(other.text) && other.text.includes(name)))
      return [];
    return { name, at: at(text.indexOf(whole) + whole.length - name.length, name.length) };
  });
}

const membership = /\blocalgroup\s+["']?([\w.-]+)["']?\s+["']?([\w.-]+).*\s\/add\b/i;

/** The groups that an account is put into. */
export const groupsOnWindows = (stage: Stage, user: string): readonly string[] =>
  commandsOnWindows(stage).flatMap(({ text }) => {
    const [, group, member] = membership.exec(text) ?? [];
    if (group !== undefined) return member === user ? [group] : [];
    const named = /\bAdd-LocalGroupMember\b.*\s-Group\s+["']?([\w.-]+)/i.exec(text)?.[1];
    return named !== undefined && /\s-Member\s+["']?([\w.-]+)/i.exec(text)?.[1] === user ? [named] : [];
  });
