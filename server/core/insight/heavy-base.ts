// What needs the heavy variant of a base image: compilers, and the other tools that only that one has.
import type { Stage } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { builtFrom, mentions } from './run-effects.ts';

/** Of buildpack-deps, and of what compiles with it as a rule. */
const tools =
  'autoconf automake bundle bundler bzr c++ cargo cc cmake cpanm curl file g++ gcc gem git hg imagemagick ld libtool make ' +
  'mix node-gyp patch pkg-config rebar3 scp ssh svn unzip wget xz';
const needed = new Set(tools.split(' '));
/** A first look, with every plus for `git+https://…`: without such a word nothing needs them. */
const named = new RegExp(
  `(?<![\\w-])(?:${tools.replaceAll('+', '\\+').replaceAll(' ', '|')})(?![\\w-])|--no-binary|--build-from-source|\\+`,
);

const compiling = /^--no-binary|^--build-from-source|^(?:git|hg|svn)\+|node-gyp/;

const needsHeavy = ({ name, args }: ShellCommand): boolean =>
  needed.has(name ?? '') || args.some(({ value }) => compiling.test(value ?? ''));

/** Whether something that is done on the base of a stage, or started in it, calls for them. */
export const compilesOnBase = (stage: Stage): boolean =>
  builtFrom(stage).some(instruction => {
    if (!mentions(instruction, named)) return false;
    switch (instruction.keyword) {
      case 'RUN':
      case 'CMD':
      case 'ENTRYPOINT':
        return instruction.script.commands.some(needsHeavy);
      case 'HEALTHCHECK':
        return instruction.script?.commands.some(needsHeavy) ?? false;
      default:
        return false;
    }
  });

/** The same by the words that a service is told to run. */
export const namesHeavyTool = (command: string): boolean =>
  command.split(/[\s;&|()"']+/).some(word => needed.has(word) || compiling.test(word));
