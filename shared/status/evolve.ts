import type { PageFact } from './facts.ts';
import { type Kept, nameOfEntry, type PageState } from './state.ts';

/** What of a fact changes a page. */
type Changing = Pick<PageFact, 'seq' | 'data'>;

/** A page after a fact: each thing is replaced unless what is there has a newer number. */
export function evolvePage(state: PageState, fact: Changing): PageState {
  return evolvedBy(state, [fact]);
}

/** A page after facts, in whatever order they come and however often. */
export function evolvedBy(state: PageState, facts: Iterable<Changing>): PageState {
  const things = new Map(state.things);
  let { version } = state;
  for (const { seq, data } of facts) {
    version = Math.max(version, seq);
    for (const entry of data.entries) {
      const name = nameOfEntry(entry);
      const before = things.get(name);
      if (before === undefined || before.seq < seq) things.set(name, { ...entry, seq });
    }
  }
  return { version, things };
}

/** A page with what a person wrote laid over it: of each thing theirs, unless what is there has a newer number. */
export function laidOver(state: PageState, written: PageState): PageState {
  const things = new Map(state.things);
  for (const [name, thing] of written.things) {
    const before = things.get(name);
    if (before === undefined || before.seq <= thing.seq) things.set(name, thing);
  }
  return { version: Math.max(state.version, written.version), things };
}

/** A page from what was kept of it, as rows of the table or in a file. */
export function pageOf(kept: Iterable<Kept>, version = 0): PageState {
  const things = new Map([...kept].map((one) => [nameOfEntry(one), one]));
  return { version: Math.max(version, ...[...things.values()].map(({ seq }) => seq)), things };
}
