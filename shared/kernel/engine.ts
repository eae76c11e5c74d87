import { RE2JS, RE2JSException } from 're2js';
import { lazily } from './lazily.ts';
import { shapeOf } from './pattern-shape.ts';
import { visitsOf } from './pattern-visits.ts';

/** A pattern that is run by the engine, in time that grows linearly with the text, whatever the pattern. */
export interface Engine {
  test(text: string): boolean;
  /** By the steps of the pattern. */
  cost(): Cost;
  /** The same by its automaton, where that is proven to stay small. */
  lookedAt(): LookedAt;
}

/** Nanoseconds at worst, of the machine that the benches were measured on: for each character of a text, and besides once in it. */
export interface Cost {
  readonly each: number;
  readonly once: number;
  /** The engine makes an automaton of it. */
  readonly isMachine?: true;
}

/**
 * What a pattern costs that was looked at, and how much work that was, some microseconds each. All of it follows from the pattern alone, and is the
 * same for all patterns of one shape, of which one need be looked at.
 */
export interface LookedAt {
  readonly cost: Cost;
  readonly work: number;
  readonly shape: string;
}

/** Bytes, as the engine counts them, that the automaton of a pattern may take: some hundred states. */
const ROOM = 128 * 1024;

/** A character that an automaton reads. */
const READ = 7;
/** Of characters beyond ASCII the class is searched for: beyond so many classes each doubling takes so much longer. */
const [ASCII, FEW_CLASSES, DOUBLING] = [128, 8, 3];
/** A step that is tried at a character, with what the engine notes of it. */
const STEP = 6;
/** Looking for the beginning. */
const SEARCH = 7;

/** A pattern as the engine compiles it when it is asked first. */
export function engineOf(pattern: string, flags = 0): Engine {
  const compile = () => RE2JS.compile(pattern, flags);
  const bounded = lazily(() => new BoundedEngine(compile()));
  // Nothing of what is compiled to be counted is kept: most patterns are never run by the process that counts.
  const bySteps = lazily(() => costBySteps(compile));
  return {
    test: (text) => bounded().test(text),
    cost: bySteps,
    lookedAt: lazily(() => {
      const compiled = compile();
      const shape = shapeOf(compiled);
      const { staysSmall, work } = sizeOf(compiled, shape);
      const isDearer = bySteps().each > READ;
      return { cost: staysSmall && isDearer ? { each: readBy(compiled), once: 0 } : bySteps(), work, shape };
    }),
  };
}

function readBy({ re2Input: { dfa } }: RE2JS): number {
  const searched = Array.from(dfa.classBounds).filter((bound) => bound >= ASCII).length;
  return READ + DOUBLING * Math.max(0, Math.log2(searched / FEW_CLASSES));
}

/** None of what the engine refuses, which `patternFault` tells. */
function costBySteps(compile: () => RE2JS): Cost {
  try {
    const { each, once } = visitsOf(compile());
    return { each: SEARCH + STEP * each, once: STEP * once };
  } catch (fault) {
    if (fault instanceof RE2JSException) return { each: 0, once: 0 };
    throw fault;
  }
}

/** Bytes that all automata of a process may take together; beyond, all are forgotten and made anew by what is read. */
const ROOM_OF_ALL = 96 * 1024 * 1024;

/** What a compiled pattern takes beside, about: it is remembered here, too, while its automaton is. */
const PROGRAM = 16 * 1024;

/**
 * The engine makes an automaton while it reads. One that grows for ever would be made anew all the time, at a hundred times the cost of going
 * through the steps of the pattern: it is given up for good.
 */
class BoundedEngine {
  static readonly #made = new Set<BoundedEngine>();
  static #taken = 0;
  readonly #engine: RE2JS['re2Input'];
  readonly #automaton: RE2JS['re2Input']['dfa'];
  #left = ROOM;

  constructor({ re2Input: engine }: RE2JS) {
    // One way through the pattern at a time, which the engine would take instead, walks many steps for a character.
    (engine as { onepass: unknown }).onepass = null;
    const { dfa } = engine;
    dfa.stateBudget = dfa.memBudget = ROOM;
    dfa.resetCache = () => {
      dfa.clearCache();
      dfa.failed = true;
      return null;
    };
    this.#engine = engine;
    this.#automaton = dfa;
  }

  test(text: string): boolean {
    const occurs = this.#engine.match(text);
    const left = this.#automaton.memBudget;
    if (left !== this.#left) this.#note(left);
    return occurs;
  }

  #note(left: number): void {
    if (!BoundedEngine.#made.has(this)) BoundedEngine.#taken += PROGRAM;
    BoundedEngine.#made.add(this);
    BoundedEngine.#taken += this.#left - left;
    this.#left = left;
    if (BoundedEngine.#taken <= ROOM_OF_ALL) return;
    for (const one of BoundedEngine.#made) {
      one.#automaton.clearCache();
      one.#left = ROOM;
    }
    BoundedEngine.#made.clear();
    BoundedEngine.#taken = 0;
  }
}

interface Size {
  readonly staysSmall: boolean;
  readonly work: number;
}

const KNOWN = 5_000;
const sizes = new Map<string, Size>();

/** The size of one pattern of this shape, which is that of all. */
function sizeOf(compiled: RE2JS, shape: string): Size {
  const known = sizes.get(shape);
  if (known) return known;
  const size = measured(compiled);
  if (sizes.size >= KNOWN) sizes.clear();
  sizes.set(shape, size);
  return size;
}

/** Whether its automaton stays within its room whatever it reads: all of it is made, with one character of each kind that it tells apart. */
function measured({ re2Input: engine }: RE2JS): Size {
  if (engine.prefixComplete) return { staysSmall: true, work: 1 };
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
