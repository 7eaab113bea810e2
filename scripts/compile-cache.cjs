// Loaded first by what tests start from its folder: what V8 has made of a bundle is kept there for the next process, of
// which it is most of the time to the first answer.
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const compile = Module.prototype._compile;

/** What is kept of one with an `import()` has forgotten who answers it. */
const isKept = (text, file) => file.startsWith(__dirname + path.sep) && !/\bimport\(/.test(text);

/** At the end, when it is known what has been needed of the bundle. */
function keepAtExit(script, place) {
  process.once('exit', () => {
    const written = `${place}.${process.pid}`;
    writeFileSync(written, script.createCachedData());
    renameSync(written, place);
  });
}

Module.prototype._compile = function (text, file, ...rest) {
  if (!isKept(text, file)) return compile.call(this, text, file, ...rest);
  const place = `${file}.compiled`;
  const cachedData = existsSync(place) ? readFileSync(place) : undefined;
  const script = new vm.Script(Module.wrap(text.replace(/^#!.*/, '')), { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) keepAtExit(script, place);
  const run = script.runInThisContext();
  return run.call(this.exports, this.exports, Module.createRequire(file), this, file, path.dirname(file));
};
