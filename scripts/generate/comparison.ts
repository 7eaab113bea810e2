// The table of the README that compares: how many rules of each other tool are answered, counted from what the rules say.
import type { RuleInfo } from '../../server/core/engine/rule.ts';
import { type Answer, answersOf, peerIds } from '../peers.ts';
import { markdownTable } from './markdown.ts';

const names: Readonly<Record<string, string>> = {
  hadolint: 'Hadolint',
  buildkit: 'BuildKit checks',
  trivy: 'Trivy',
  checkov: 'Checkov',
  kics: 'KICS',
  semgrep: 'Semgrep',
  sonar: 'SonarQube',
  'dockerfile-utils': 'dockerfile-utils (Docker DX, Container Tools)',
  tally: 'tally',
};

const isRepaired = ({ rule }: Answer): boolean => rule.fix.availability !== 'never';

export function comparison(rules: readonly RuleInfo[]): string {
  const answers = answersOf(rules);
  const rows = Object.entries(peerIds).map(([tool, ids]) => {
    const answered = ids.flatMap(id => {
      const given = answers.get(`${tool}:${id}`);
      return given ? [given] : [];
    });
    const repaired = answered.filter(given => given.some(isRepaired));
    const counts = [ids.length, answered.length, repaired.length].map(String);
    return [`[${names[tool] ?? tool}](docs/equivalents.md#${tool})`, ...counts];
  });
  return markdownTable(['tool', 'its rules for Dockerfiles', 'answered', 'of those, with a repair'], rows);
}
