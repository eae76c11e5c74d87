import { RE2JS } from 're2js';
import { lazily } from './lazily.ts';
import { visitsOf } from './pattern-visits.ts';

/** A pattern that is run by the engine, in time that grows linearly with the text, whatever the pattern. */
export interface Engine {
  test(text: string): boolean;
  /** Nanoseconds for each character of a text at worst, of the machine that the benches were measured on, by the steps of the pattern. */
  cost(): number;
  /** The same by its automaton, where that is proven to stay small. */
  lookedAt(): LookedAt;
}

/** What a pattern costs that was looked at, and how much work that was, some microseconds each. Both follow from the pattern alone. */
export interface LookedAt {
  readonly cost: number;
  readonly work: number;
}

/** Bytes, as the engine counts them, that the automaton of a pattern may take: some hundred states. */
const ROOM = 128 * 1024;

/** A character that an automaton reads, or the one way through a pattern that has no more. */
const READ = 12;
/** A step that is tried at a character, with what the engine notes of it. */
const STEP = 7;
/** Looking for the beginning. */
const SEARCH = 8;

/** A pattern as the engine compiles it when it is asked first. */
export function engineOf(pattern: string, flags = 0): Engine {
  const compile = () => RE2JS.compile(pattern, flags);
  const bounded = lazily(() => withinRoom(compile()));
  // Nothing of what is compiled to be counted is kept: most patterns are never run by the process that counts.
  const bySteps = lazily(() => SEARCH + STEP * visitsOf(compile()));
  return {
    test: (text) => bounded().test(text),
    cost: bySteps,
    lookedAt: lazily(() => {
      const { staysSmall, work } = sizeOf(compile());
      return { cost: staysSmall ? Math.min(READ, bySteps()) : bySteps(), work };
    }),
  };
}

/**
 * The engine makes an automaton while it reads. One that grows for ever would be made anew all the time, at a hundred times the cost of going
 * through the steps of the pattern: it is given up for good.
 */
function withinRoom(compiled: RE2JS): RE2JS {
  const { dfa } = compiled.re2Input;
  dfa.stateBudget = dfa.memBudget = ROOM;
  dfa.resetCache = () => {
    dfa.clearCache();
    dfa.failed = true;
    return null;
  };
  return compiled;
}

/** Whether its automaton stays within its room whatever it reads: all of it is made, with one character of each kind that it tells apart. */
function sizeOf({ re2Input: engine }: RE2JS): { readonly staysSmall: boolean; readonly work: number } {
  if (engine.onepass !== null || engine.prefixComplete) return { staysSmall: true, work: 1 };
  const { dfa, prog } = engine;
  dfa.stateBudget = dfa.memBudget = ROOM;
  const first: unknown = dfa.makeState([prog.start], BEGINNING, []);
  const states = new Set([first]);
  let work = 0;
  for (const state of states) {
    for (let kind = 0; kind <= dfa.numClasses; kind++) {
      const char = kind === dfa.numClasses ? END : (dfa.classBounds[kind - 1] ?? 0);
      const next: unknown = dfa.step(state, kind, char, ANYWHERE);
      work++;
      if (next === null) return { staysSmall: false, work };
      states.add(next);
    }
  }
  return { staysSmall: true, work };
}

/** As the engine names them: the beginning of a line and of the text, the end of the text, and a pattern that may begin anywhere. */
const BEGINNING = 1 | 4;
const END = -1;
const ANYWHERE = 0;
