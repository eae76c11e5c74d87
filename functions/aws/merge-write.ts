import type { Merge } from '../../shared/detection/index.ts';
import type { Incident, IncidentCommand, LoggedFact } from '../../shared/incidents/index.ts';
import { allDone } from './all-done.ts';
import { decidedBy } from './control-part.ts';
import { evolvedBy } from './evolved.ts';
import { guardWrite } from './guards.ts';
import { factWrites, headWrites, logged, type Recording } from './incident-rows.ts';
import { closeNumbers, reserve } from './sequence.ts';
import { table } from './table.ts';

/** One incident's part of a merge. */
interface Part {
  readonly before: Incident;
  readonly after: Incident;
  readonly facts: readonly LoggedFact[];
}

/** The two incidents after a merge, which is written whole; undefined when another writer was faster. */
export async function writeMerge(
  [keep, gone]: readonly [Incident, Incident],
  { guards, keepDoes, goneDoes }: Merge,
  recording: Recording,
): Promise<readonly [Incident, Incident] | undefined> {
  const kept = await prepare(keep, keepDoes, recording);
  const left = await prepare(gone, goneDoes, recording);
  const { committed } = await table.transact([
    ...[kept, left].flatMap(({ before, after, facts }) => [
      ...headWrites(before, after),
      ...factWrites(facts),
    ]),
    ...guards.map((guard) => guardWrite(keep.org, guard)),
  ]);
  if (committed) return [kept.after, left.after];
  await allDone(
    [kept, left].map(({ before, facts }) =>
      closeNumbers(
        before.org,
        before.id,
        facts.map(({ seq }) => seq),
        recording,
      ),
    ),
  );
  return undefined;
}

/** Its facts under numbers of its log. */
async function prepare(
  before: Incident,
  commands: readonly IncidentCommand[],
  recording: Recording,
): Promise<Part> {
  const { org, id } = before;
  const facts = decidedBy({ org, id, before }, commands, recording);
  const first = await reserve(org, id, facts.length);
  const numbered = facts.map((fact, i) => logged(org, id, first + i, fact, recording));
  return { before, after: evolvedBy(before, numbered), facts: numbered };
}
