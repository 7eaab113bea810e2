// What asks programs of this machine: a file beside the server, loaded with the first question.
export { imageInspector } from './image-inspector.ts';
export { scanImage } from './scanners/run.ts';
export { scriptChecker } from './shellcheck.ts';
export { versionFinder } from './versions/finder.ts';
