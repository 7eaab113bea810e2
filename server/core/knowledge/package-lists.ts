// Commands that take a list of packages, besides those of systems: which words of theirs are the list.

interface ListCommand {
  /** What stands before the list, options left out: `add`, `pip install`. */
  readonly verbs: readonly string[];
  /** Options whose value is the next word. */
  readonly valued: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const npm: ListCommand = {
  verbs: ['add', 'i', 'install'],
  valued: words(
    '-C --prefix --registry --tag --omit --include --cache --loglevel -w --workspace --filter --dir',
  ),
};
const pip: ListCommand = {
  verbs: ['install'],
  valued: words(
    '-c --constraint -r --requirement -e --editable -t --target --platform --python-version --prefix --root --src -i --index-url --extra-index-url -f --find-links --trusted-host --proxy --timeout --retries --cache-dir --no-binary --only-binary --progress-bar -p --python',
  ),
};

const commands: Readonly<Record<string, ListCommand>> = {
  bun: npm,
  npm,
  pnpm: npm,
  yarn: { ...npm, verbs: ['add', 'global add'] },
  pip,
  pip3: pip,
  composer: { verbs: ['require', 'global require'], valued: words('-d --working-dir') },
  uv: { ...pip, verbs: ['add', 'pip install'] },
};

export const listPrograms: readonly string[] = Object.keys(commands);

interface Word {
  readonly value: string | null;
}

/** The words of the list; null where the command takes none. */
export function packageList<W extends Word>(program: string, args: readonly W[]): readonly W[] | null {
  const command = commands[program];
  if (command === undefined) return null;
  const operands = args.filter(
    ({ value }, index) =>
      value?.startsWith('-') !== true && !command.valued.has(args[index - 1]?.value ?? ''),
  );
  const verb = command.verbs.find(words => {
    const wanted = words.split(' ');
    return wanted.every((word, index) => operands[index]?.value === word);
  });
  return verb === undefined ? null : operands.slice(verb.split(' ').length);
}
