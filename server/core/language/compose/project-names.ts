// Names across the files of a project: files that are run together or included share them, and a service that another file
// extends brings along the names that it uses.
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { isName, referencesOf } from '../../model/compose/references.ts';
import { wordAt } from '../../model/compose/short-form.ts';
import { filledText } from '../../model/compose/value.ts';
import { emptySpan, type Span, span, touches } from '../../text/span.ts';
import { type Named, type NameKind, type NamePlace, nameAt, namesOf } from './names.ts';

export interface ProjectFile {
  /** By which other files speak of it. */
  readonly location: string;
  readonly model: ComposeModel;
  /** The locations of files that are read together with it: their names are its own. */
  readonly shares: readonly string[];
  /** The location that a path in it leads to; null where nothing may be looked at. */
  at(path: string): string | null;
}

export interface ProjectPlace extends NamePlace {
  readonly file: ProjectFile;
}

export interface ProjectName {
  readonly kind: NameKind;
  readonly name: string;
  readonly places: readonly ProjectPlace[];
  /** All whose names have to differ from it. */
  readonly files: readonly ProjectFile[];
  /** Where it was asked about. */
  readonly span: Span;
}

/** A service of another file by its name, where one extends it. */
interface Extending {
  readonly service: string;
  readonly span: Span;
  readonly from: ProjectFile;
}

/** What a name is known by. */
interface Identity {
  readonly file: ProjectFile;
  readonly kind: NameKind;
  readonly name: string;
}

const keyOf = ({ file, kind, name }: Identity): string => `${file.location}\n${kind}\n${name}`;

class ProjectNames {
  readonly #files: ReadonlyMap<string, ProjectFile>;
  readonly #groups: readonly (readonly ProjectFile[])[];
  readonly #extending = new Map<ProjectFile, readonly Extending[]>();

  constructor(files: readonly ProjectFile[]) {
    this.#files = new Map(files.map(file => [file.location, file]));
    const known = (location: string): ProjectFile[] => {
      const file = this.#files.get(location);
      return file ? [file] : [];
    };
    this.#groups = files.map(file => [file, ...file.shares.flatMap(known)]);
  }

  #extends(file: ProjectFile, { get }: Service): Extending[] {
    const path = filledText(file.model, get('extends', 'file')?.node)?.text;
    const value = filledText(file.model, get('extends', 'service')?.node);
    const location = path === undefined ? null : file.at(path);
    const from = location === null ? undefined : this.#files.get(location);
    if (from === undefined || value === null || !isName(value.text)) return [];
    const { text, span: where } = wordAt(value, span(0, value.text.length));
    // Not where the name is put together from several places.
    const isWritten = file.model.text.slice(where.start, where.end) === text;
    return isWritten ? [{ service: text, span: where, from }] : [];
  }

  extendingIn(file: ProjectFile): readonly Extending[] {
    const known =
      this.#extending.get(file) ?? file.model.services.flatMap(service => this.#extends(file, service));
    this.#extending.set(file, known);
    return known;
  }

  /** What a service uses, and what it uses by the ones that it extends. */
  #broughtBy(file: ProjectFile, name: string, seen = new Set<string>()): readonly Omit<Identity, 'file'>[] {
    const key = keyOf({ file, kind: 'services', name });
    const service = file.model.services.find(each => each.name === name);
    if (service === undefined || seen.has(key)) return [];
    seen.add(key);
    const used = referencesOf(file.model, service);
    return [
      ...used.filter(({ key: by }) => by !== 'extends').map(use => ({ kind: use.section, name: use.name })),
      ...used.filter(({ key: by }) => by === 'extends').flatMap(use => this.#broughtBy(file, use.name, seen)),
      ...this.#extends(file, service).flatMap(({ from, service: other }) =>
        this.#broughtBy(from, other, seen),
      ),
    ];
  }

  /** Files between which the name goes back and forth with services that are extended. */
  #alongExtended({ file, kind, name }: Identity): ProjectFile[] {
    const brings = ({ from, service }: Extending): boolean =>
      this.#broughtBy(from, service).some(use => use.kind === kind && use.name === name);
    return [...this.#files.values()].flatMap(other =>
      this.extendingIn(other).flatMap(extending => {
        if (other !== file && extending.from !== file) return [];
        return brings(extending) ? [other === file ? extending.from : other] : [];
      }),
    );
  }

  /** Two variants of a file that has no such name know nothing of each other. */
  #isThere(identity: Identity): boolean {
    return this.placesOf(identity).length > 0 || this.#alongExtended(identity).length > 0;
  }

  groupsOf = (file: ProjectFile): readonly ProjectFile[] =>
    this.#groups.filter(group => group.includes(file)).flat();

  /** Every file's part of one name. */
  partsOf(start: Identity): readonly Identity[] {
    const found = new Map([[keyOf(start), start]]);
    if (start.kind === 'anchor' || start.kind === 'variable') return [start];
    for (const part of found.values()) {
      const together = this.groupsOf(part.file).map(file => ({ ...part, file }));
      const along = this.#alongExtended(part).map(file => ({ ...part, file }));
      for (const other of [...together.filter(each => this.#isThere(each)), ...along]) {
        if (!found.has(keyOf(other))) found.set(keyOf(other), other);
      }
    }
    return [...found.values()];
  }

  placesOf({ file, kind, name }: Identity): ProjectPlace[] {
    const own = namesOf(file.model).find(named => named.kind === kind && named.name === name)?.places ?? [];
    const extending = [...this.#files.values()].flatMap(other =>
      this.extendingIn(other)
        .filter(({ from, service }) => kind === 'services' && from === file && service === name)
        .map(({ span: where }) => ({ file: other, span: where, declares: false })),
    );
    return [...own.map(place => ({ file, ...place })), ...extending];
  }
}

/** The name at an offset of one of the files, with its places in all of them. */
export function projectNameAt(
  files: readonly ProjectFile[],
  file: ProjectFile,
  offset: number,
): ProjectName | null {
  const names = new ProjectNames(files);
  const extending = names.extendingIn(file).find(each => touches(each.span, emptySpan(offset)));
  const own = extending ? null : nameAt(file.model, offset);
  const start: (Identity & { readonly span: Span }) | null = extending
    ? { file: extending.from, kind: 'services', name: extending.service, span: extending.span }
    : own && { file, kind: own.named.kind, name: own.named.name, span: own.place.span };
  if (start === null) return null;
  const { kind, name } = start;
  if (own && kind === 'anchor') return aloneIn(file, own.named, start.span);
  const parts = names.partsOf(start);
  const places = new Map<string, ProjectPlace>();
  for (const place of parts.flatMap(part => names.placesOf(part))) {
    places.set(`${place.file.location}\n${place.span.start}`, place);
  }
  const touched = [...places.values()].map(place => place.file);
  const near = [...touched, ...touched.flatMap(names.groupsOf)];
  return { kind, name, places: [...places.values()], files: [...new Set(near)], span: start.span };
}

/** Anchors end with their file, and several of one may have one name. */
const aloneIn = (file: ProjectFile, { kind, name, places }: Named, span: Span): ProjectName => ({
  kind,
  name,
  places: places.map(place => ({ file, ...place })),
  files: [file],
  span,
});
