// The finder: answers questions about versions by asking package managers in containers of the images that this machine has.
import {
  type LookupReach,
  type VersionAnswers,
  type VersionFinder,
  type VersionQuestion,
  versionQuestionText,
} from '../../core/engine/package-versions.ts';
import { type Engine, findEngines, imageIn, lastLine } from '../engines.ts';
import { type Container, runningContainer, withContainer } from './container.ts';
import { type ManagerQuery, managerQuery } from './managers.ts';

/** A refresh downloads some ten megabytes. */
const refreshSeconds = 150;

/** Found so far, and what stood in the way. */
interface Search {
  readonly versions: Map<string, string>;
  readonly problems: Set<string>;
  needsNetwork: boolean;
}

/** Questions about one image for one manager. */
interface Inquiry {
  readonly image: string;
  readonly manager: string;
  readonly query: ManagerQuery;
  readonly names: readonly string[];
}

function inquiriesOf(questions: readonly VersionQuestion[]): Inquiry[] {
  const groups = new Map<string, VersionQuestion[]>();
  for (const question of questions) {
    const key = `${question.manager} ${question.image}`;
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  return [...groups.values()].flatMap(group => {
    const [{ image, manager } = { image: '', manager: '' }] = group;
    const query = managerQuery(manager);
    return query ? [{ image, manager, query, names: [...new Set(group.map(({ name }) => name))] }] : [];
  });
}

const textOf = ({ image, manager }: Inquiry, name: string): string =>
  versionQuestionText({ image, manager, name }) ?? '';

/** The packages of which nothing has been found yet. */
const openNames = (inquiry: Inquiry, { versions }: Search): string[] =>
  inquiry.names.filter(name => !versions.has(textOf(inquiry, name)));

/** Null where the manager could be asked, else what is in the way. */
async function askIn(container: Container, inquiry: Inquiry, search: Search): Promise<string | null> {
  const names = openNames(inquiry, search);
  for (const words of inquiry.query.ask(names)) {
    const { code, out, err } = await container.exec(words);
    if (code === 126 || code === 127) return `There is no ${words[0]} in ${inquiry.image} to ask.`;
    const asked = names.filter(name => words.includes(name));
    for (const [name, version] of inquiry.query.read(out, asked))
      search.versions.set(textOf(inquiry, name), version);
    if (code === null) return `${words[0]} in ${inquiry.image} gave no answer: ${lastLine(err)}.`;
  }
  return null;
}

async function askLocally(container: Container, inquiry: Inquiry, search: Search): Promise<void> {
  const { image, manager, query } = inquiry;
  if (query.refresh === null) {
    search.needsNetwork = true;
    search.problems.add(`${manager} in ${image} knows versions only from the network.`);
    return;
  }
  const obstacle = await askIn(container, inquiry, search);
  const open = openNames(inquiry, search);
  if (obstacle !== null) search.problems.add(obstacle);
  else if (open.length > 0) {
    search.needsNetwork = true;
    search.problems.add(`${image} holds no package index in which ${open.join(', ')} could be looked up.`);
  }
}

async function askConnected(container: Container, inquiry: Inquiry, search: Search): Promise<void> {
  const { image, query } = inquiry;
  const refreshed = query.refresh && (await container.exec(query.refresh, refreshSeconds));
  const obstacle = await askIn(container, inquiry, search);
  const open = openNames(inquiry, search);
  if (obstacle !== null) search.problems.add(obstacle);
  else if (open.length > 0 && refreshed && refreshed.code !== 0) {
    search.problems.add(`The package index of ${image} could not be fetched: ${lastLine(refreshed.err)}.`);
  } else if (open.length > 0) search.problems.add(`No repository of ${image} has ${open.join(', ')}.`);
}

async function askImage(
  { engine, id, image }: { readonly engine: Engine; readonly id: string; readonly image: string },
  inquiries: readonly Inquiry[],
  reach: LookupReach,
  search: Search,
): Promise<void> {
  if (reach === 'local') {
    const running = await runningContainer(engine, id);
    for (const inquiry of running ? inquiries : []) {
      if (running && inquiry.query.refresh !== null) await askIn(running, inquiry, search);
    }
  }
  const left = inquiries.filter(inquiry => openNames(inquiry, search).length > 0);
  if (left.length === 0) return;
  const ask = reach === 'local' ? askLocally : askConnected;
  const failure = await withContainer(engine, image, reach === 'network', async container => {
    for (const inquiry of left) await ask(container, inquiry, search);
    return null;
  });
  if (failure !== null) search.problems.add(`No container of ${image} could be started: ${failure}.`);
}

/** The first engine that has the image; null where none has, which becomes a problem. */
async function engineWith(engines: readonly Engine[], image: string, { problems }: Search) {
  const silent: string[] = [];
  const answering: string[] = [];
  for (const engine of engines) {
    const { id, reason } = await imageIn(engine, image);
    if (id !== null) return { engine, id, image };
    if (reason === null) answering.push(engine.name);
    else silent.push(`${engine.name} does not answer: ${reason}`);
  }
  const [first] = answering;
  problems.add(
    first === undefined
      ? silent.join(' ')
      : `${image} is not on this machine. Fetch it first: ${first} pull ${image}`,
  );
  return null;
}

/** Programs that lie in these folders are not started. */
export const versionFinder =
  (projects: readonly string[]): VersionFinder =>
  async (questions, reach): Promise<VersionAnswers> => {
    const search: Search = { versions: new Map(), problems: new Set(), needsNetwork: false };
    const inquiries = inquiriesOf(questions);
    const engines = inquiries.length === 0 ? [] : await findEngines(projects);
    if (inquiries.length > 0 && engines.length === 0) {
      search.problems.add(
        'No version can be looked up: there is no docker, podman or nerdctl in PATH. Install one of them.',
      );
    }
    for (const image of engines.length === 0 ? [] : new Set(inquiries.map(inquiry => inquiry.image))) {
      const place = await engineWith(engines, image, search);
      if (place) {
        await askImage(
          place,
          inquiries.filter(inquiry => inquiry.image === image),
          reach,
          search,
        );
      }
    }
    return { ...search, problems: [...search.problems] };
  };
