// What only some sessions ask for: a file beside the server, loaded with the first question.
export { imageBuilder } from './build/builder.ts';
export { sizeInspector } from './image/inspector.ts';
export { registryAccess } from './registry/access.ts';
