// Measures the product on this machine, in milliseconds: the engine in this process, the language server from outside.
// Usage: npm run bench [-- FILE...], the engine on those files instead of its own inputs.
import { engineTable } from './bench/engine.ts';
import { serverTable } from './bench/servers.ts';

console.log(engineTable(process.argv.slice(2)));
console.log(
  `\n${(await serverTable()) ?? 'No harness beside the repository, or no build: no server was measured.'}`,
);
