// What a stage is for: to be shipped, or for those who write and test the software.
import { isDevelopmentServer } from '../knowledge/development-programs.ts';
import type { Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { processOf } from './process.ts';

const nameOfDevelopment =
  /(?:^|[-_.])(?:dev|devel|develop|development|tests?|testing|ci|debug|local|watch)(?:$|[-_.])/;
const environments = ['NODE_ENV', 'RAILS_ENV', 'RACK_ENV', 'APP_ENV', 'FLASK_ENV', 'DJANGO_ENV'];

/** `npm run dev`, `manage.py runserver`. */
export const startsDevelopmentServer = ({ name, args }: ShellCommand): boolean =>
  name !== null && isDevelopmentServer(name, args.map(({ value }) => value ?? '$').join(' '));

export const isNamedForDevelopment = ({ name }: Stage): boolean => nameOfDevelopment.test(name ?? '');

/** By its name, by the environment it sets, or by what it starts. */
export const isForDevelopment = rememberFor((stage: Stage): boolean => {
  if (isNamedForDevelopment(stage)) return true;
  const isSet = environments.some(name => {
    const value = stage.final.variable(name)?.value;
    return value?.known === true && /^(?:dev|test|local)/i.test(value.value);
  });
  const started = [processOf(stage, 'ENTRYPOINT'), processOf(stage, 'CMD')];
  return isSet || started.some(process => process?.script.commands.some(startsDevelopmentServer));
});
