// Languages: which files the product reads, by name, and the one way to parse them.
import { parseCompose, parseNextCompose } from '../model/compose/parse.ts';
import { parseDockerfile } from '../model/dockerfile/parse.ts';
import type { Language, Model } from './rule.ts';

const dockerfileName = /^(?:dockerfile|containerfile)(?:[.-].+)?$|\.(?:dockerfile|containerfile)$/i;
/** What stands behind the dot of `Dockerfile.x` when it is a program or data about Dockerfiles, or an ignore file. */
const otherEnding =
  /\.(?:dockerignore|containerignore|md|txt|ts|js|mjs|cjs|py|rb|go|rs|cs|java|json|ya?ml|toml|sh|html|template\.json|orig|bak|lock)$/i;
const composeName = /^(?:.*docker-)?compose(?:[.-][^/]*)?\.ya?ml$/i;

/** The language of a file by the last part of its path, or undefined where it is none of ours. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (dockerfileName.test(name) && !otherEnding.test(name)) return 'dockerfile';
  if (composeName.test(name)) return 'compose';
  return undefined;
}

/** `target` names the stage of a Dockerfile that ships. */
export const parse = (text: string, language: Language, target: string | null = null): Model =>
  language === 'dockerfile' ? parseDockerfile(text, target) : parseCompose(text);

/** The same; what has not changed since the version `before` may be taken over from it. */
export const parseNext = (text: string, language: Language, target: string | null, before?: Model): Model =>
  language === 'dockerfile'
    ? parseDockerfile(text, target, before?.language === 'dockerfile' ? before : undefined)
    : parseNextCompose(text, before?.language === 'compose' ? before : null);
