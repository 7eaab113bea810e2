// Lazy objects: properties that are given, and properties derived from them at their first use and kept.
import { looking, withinFrame } from '../looking.ts';

/** A derived value is never undefined: that marks one that was not computed yet. */
type Value = NonNullable<unknown> | null;

/** How to compute each derived property of an object. None may need itself. */
export type Derivations<Given, Derived> = {
  readonly [Name in keyof Derived]: (self: Given & Derived) => Derived[Name];
};

const leads = new WeakSet<object>();

/** Marks how to derive what leads from its object to the rest of the document. */
export function outside<Self, Derived>(derive: (self: Self) => Derived): (self: Self) => Derived {
  leads.add(derive);
  return derive;
}

const ofStages = new WeakSet<object>();

/** Marks how to derive what a stage tells of itself: whoever asks has looked at the stage. */
export function ofStage<Self, Derived>(derive: (self: Self) => Derived): (self: Self) => Derived {
  ofStages.add(derive);
  return derive;
}

const kept = Symbol('derived values');

/**
 * A maker of such objects. The getters stand on a prototype that all of them share: closures on each object would
 * take longer to make than the whole file takes to scan.
 */
export function lazyObjects<Given extends object, Derived extends Record<keyof Derived, Value>>(
  derivations: Derivations<Given, Derived>,
): (given: Given) => Given & Derived {
  type Self = Given & Derived & { [kept]: (Value | undefined)[] | null };
  const names = Object.keys(derivations) as (keyof Derived & string)[];
  class Lazy {
    /** Made when something is derived: of most parts of a file nothing is, after most edits. */
    [kept]: (Value | undefined)[] | null = null;
    constructor(given: Given) {
      Object.assign(this, given);
    }
  }
  const { prototype } = Lazy;
  names.forEach((name, slot) => {
    const derive = derivations[name];
    const inside = function (this: Self): Value {
      const value = this[kept]?.[slot];
      if (value !== undefined) return value;
      const derived = derive(this);
      this[kept] ??= new Array(names.length);
      this[kept][slot] = derived;
      return derived;
    };
    const around = function (this: Self): Value {
      looking.around = true;
      return inside.call(this);
    };
    const atStage = function (this: Self): Value {
      looking.stages.push(this);
      const value = this[kept]?.[slot];
      return value === undefined ? withinFrame(() => inside.call(this)) : value;
    };
    const get = leads.has(derive) ? around : ofStages.has(derive) ? atStage : inside;
    Object.defineProperty(prototype, name, { enumerable: true, get });
  });
  return given => new Lazy(given) as unknown as Given & Derived;
}
