// Files that a developer's folder holds and no image needs: what tools keep for themselves, and what they report.

const ofTools =
  /(?:^|\/)(?:__pycache__|\.(?:idea|vscode|terraform|(?:pytest|mypy|ruff)_cache|tox|nyc_output|gradle|parcel-cache|DS_Store)|coverage|htmlcov|test-results|test-reports|junit\.xml|\.coverage)(?:\/|$)/;

/** The folder or file that a path is in which belongs to no image; null for all others. */
export function localFile(path: string): string | null {
  const [found] = ofTools.exec(path) ?? [];
  return found === undefined ? null : found.replace(/^\/|\/$/g, '');
}
