// Remembered files: each file and folder is read once, for runs so short that nothing changes meanwhile.
import type { FileSystem, Location } from '../host/files.ts';

export function rememberedFiles(files: FileSystem): FileSystem {
  const once = <Answer>(look: (location: Location) => Promise<Answer>) => {
    const answers = new Map<Location, Promise<Answer>>();
    return (location: Location): Promise<Answer> => {
      const known = answers.get(location) ?? look(location);
      answers.set(location, known);
      return known;
    };
  };
  return { ...files, read: once(files.read), list: once(files.list) };
}
