// Dockerfiles within Compose files: linted by their own rules, and what is found is told and repaired where the text stands.
import { type InlineDockerfile, inlineDockerfiles, writtenBack } from '../model/compose/inline.ts';
import type { ComposeModel } from '../model/compose/model.ts';
import { cleanPath } from '../model/compose/project/paths.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import { parseDockerfile } from '../model/dockerfile/parse.ts';
import { fileSpan } from '../text/mapped-text.ts';
import type { Span } from '../text/span.ts';
import type { Catalogue } from './catalogue.ts';
import type { Answer, FactKind, FactReader } from './facts.ts';
import type { FileChange, Finding, Fix } from './finding.ts';
import type { Lint, LintResult } from './linting.ts';
import type { Settings } from './settings.ts';

/** What is asked for by a path beside the Dockerfile, which is in the folder of the build context. */
const byPath: readonly FactKind[] = ['context', 'dockerfile', 'env', 'compose', 'folder'];

const factsIn = (facts: FactReader, context: string | null): FactReader => ({
  get<K extends FactKind>(kind: K, path: string): Answer<K> {
    if (!byPath.includes(kind)) return facts.get(kind, path);
    return context === null ? undefined : facts.get(kind, cleanPath(`${context}/${path}`));
  },
});

const movedTo = (context: string, change: FileChange): FileChange => ({
  ...change,
  path: cleanPath(`${context}/${change.path}`),
});

function fixIn(file: string, inline: InlineDockerfile, fix: Fix): Fix[] {
  const edits = writtenBack(file, inline, fix.edits);
  const { context, mapped } = inline;
  if (edits === null || (context === null && fix.files.length > 0)) return [];
  const files = fix.files.map(change => movedTo(context ?? '.', change));
  return [{ ...fix, edits, files, relies: fix.relies.map(where => fileSpan(mapped, where)) }];
}

/** The service decides the matter itself, whatever its Dockerfile says. */
function isSettled(catalogue: Catalogue, { services }: InlineDockerfile, { rule }: Finding): boolean {
  const keys = catalogue.info(rule)?.settledBy ?? [];
  return services.every(service => keys.some(key => service.get(key)?.node != null));
}

function told<F extends Finding>(file: string, inline: InlineDockerfile, finding: F): F {
  const place = (where: Span): Span => fileSpan(inline.mapped, where);
  return {
    ...finding,
    span: place(finding.span),
    related: finding.related.map(each => ({ ...each, span: place(each.span) })),
    fixes: finding.fixes.flatMap(each => fixIn(file, inline, each)),
  };
}

const readInline = ({ mapped, target }: InlineDockerfile): DockerfileModel =>
  parseDockerfile(mapped.text, target);

export const hasBrokenInline = (model: ComposeModel): boolean =>
  inlineDockerfiles(model).some(inline => readInline(inline).problems.length > 0);

/** What the rules for Dockerfiles find in those that stand in a Compose file. */
export function lintInline(
  catalogue: Catalogue,
  model: ComposeModel,
  settings: Settings,
  facts: FactReader,
  lint: Lint,
): Pick<LintResult, 'findings' | 'suppressed' | 'sensitive'> {
  const results = inlineDockerfiles(model).map(inline => {
    const request = { model: readInline(inline), settings, facts: factsIn(facts, inline.context) };
    const result = lint(catalogue, request);
    const here = <F extends Finding>(findings: readonly F[]): F[] =>
      findings
        .filter(finding => !isSettled(catalogue, inline, finding))
        .map(finding => told(model.text, inline, finding));
    return {
      findings: here(result.findings),
      suppressed: here(result.suppressed),
      sensitive: result.sensitive.map(where => fileSpan(inline.mapped, where)),
    };
  });
  return {
    findings: results.flatMap(({ findings }) => findings),
    suppressed: results.flatMap(({ suppressed }) => suppressed),
    sensitive: results.flatMap(({ sensitive }) => sensitive),
  };
}
