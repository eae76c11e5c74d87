import type { Split } from '../../shared/detection/index.ts';
import { chunkEntries, type Incident } from '../../shared/incidents/index.ts';
import { alertsWrites } from './alert-rows.ts';
import { decidedBy } from './control-part.ts';
import { evolvedBy } from './evolved.ts';
import { guardWrite } from './guards.ts';
import { factWrites, headWrites, logged, type Recording } from './incident-rows.ts';
import { closeNumbers, nextNumber, reserve, sequenceWrites } from './sequence.ts';
import { table } from './table.ts';

/** The new incident, written in one transaction with the alerts that move and the word in the log that they leave; undefined when another writer was faster. */
export async function writeSplit(
  source: Incident,
  split: Split,
  recording: Recording,
): Promise<Incident | undefined> {
  const { org } = source;
  const { incident: id, opening, commands, entries, heads, guard, sourceGuard } = split;
  const data = { ...opening.data, number: await nextNumber(org) };
  const opens = { do: 'open', at: opening.at, data } as const;
  const control = decidedBy({ org, id }, [opens, ...commands], recording).map((fact, i) =>
    logged(org, id, i + 1, fact, recording),
  );
  const told = chunkEntries(entries).map((fact, i) =>
    logged(org, id, control.length + i + 1, fact, recording),
  );
  const made = evolvedBy(undefined, control);
  const leaves = { ...split.sourceDoes, number: data.number };
  const left = decidedBy({ org, id: source.id, before: source }, [leaves], recording);
  const first = await reserve(org, source.id, left.length);
  const leaving = left.map((fact, i) => logged(org, source.id, first + i, fact, recording));
  const { committed } = await table.transact([
    ...headWrites(undefined, made),
    ...factWrites([...control, ...told, ...leaving]),
    ...sequenceWrites(org, id, control.length + told.length),
    ...headWrites(source, evolvedBy(source, leaving)),
    guardWrite(org, guard),
    ...(sourceGuard ? [guardWrite(org, sourceGuard)] : []),
    ...alertsWrites(
      heads.map((head) => ({ head, past: [] })),
      told,
    ),
  ]);
  if (committed) return made;
  await closeNumbers(
    org,
    source.id,
    leaving.map(({ seq }) => seq),
    recording,
  );
  return undefined;
}
