import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../shared/kernel/index.ts';
import type { Program } from '../program.ts';
import { BEGIN } from '../scenario.ts';
import { theProgram } from '../simulate.ts';
import { ended, firing, type Said, scene, tenantOf } from './scenes.ts';
import { type StagedWorld, stage } from './staged.ts';

const MINUTES = 30;

let program: Program;

beforeAll(async () => {
  program = await theProgram();
});

const isOver = (minute: number): boolean => minute % 3 === 1;
const severityOf = (minute: number) => (minute % 2 === 0 ? 'P1_CRITICAL' : 'P3_MEDIUM');
const nameOf = (minute: number): string => `m${String(minute).padStart(2, '0')}`;
const minutes = Array.from({ length: MINUTES }, (_, minute) => minute);

/** Each minute another service begins to fail; a third of them is well again four minutes later or at the very end. */
const backlog: readonly Said[] = minutes.flatMap((minute) => {
  const [key, at] = [nameOf(minute), minute * 60];
  const more = { service: key, severity: severityOf(minute) } as const;
  const begins = firing(key, at, more);
  const ends = ended(key, Math.min(at + 240, MINUTES * 60 - 5), more);
  return isOver(minute) ? [begins, ends] : [begins];
});

/** The services that were paged for, in the order of their pages. */
const paged = ({ watch: { books } }: StagedWorld): readonly string[] =>
  books.mails.map(({ incident }) => {
    const name = /m\d\d/.exec(books.incidents.get(incident)?.title ?? '')?.[0];
    if (name === undefined) throw new Error(`A page for an unknown incident ${incident}`);
    return name;
  });

describe('[F31] 30 minutes without a detector, then all that came meanwhile', () => {
  it('pages nobody for what ended meanwhile, the rest once and what came last first', async () => {
    const outage = BEGIN + MINUTES * MINUTE;
    const world = await stage(program, scene(tenantOf(), backlog, [], { outage }));
    const wanted = minutes.filter((minute) => !isOver(minute)).map(nameOf);
    expect(paged(world)).toEqual(wanted.toReversed());
    expect(world.watch.books.incidents.size).toBe(MINUTES);
  });

  it('pages for everything critical that still fails within ten minutes', async () => {
    const outage = BEGIN + MINUTES * MINUTE;
    const world = await stage(program, scene(tenantOf(), backlog, [], { outage }));
    const critical = minutes.filter((minute) => severityOf(minute) === 'P1_CRITICAL' && !isOver(minute));
    const names = paged(world);
    expect(critical.map(nameOf).filter((name) => !names.includes(name))).toEqual([]);
    const last = Math.max(...world.watch.books.mails.map(({ at }) => at));
    expect(last).toBeLessThan(outage + 10 * MINUTE);
  });
});
