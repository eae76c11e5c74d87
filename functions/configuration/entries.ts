import { type Configuration, givenConfiguration, wholeOf } from '../../shared/configuration/index.ts';
import { type Ctx, didYouMean, Refusal } from '../../shared/kernel/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { parseInput } from '../edge/input.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { changedFrom, outdated } from './in-force.ts';
import { type PutInForce, putInForce } from './put-in-force.ts';
import { refuseDearer } from './refuse-dearer.ts';
import { refuseToLose } from './refuse-to-lose.ts';

/** The lists whose entries can be changed one by one. */
type EntryList = 'rules' | 'services';
export type Entry<List extends EntryList> = Configuration[List][number];

/** What a change of one entry comes with. */
export interface EntryChange {
  readonly ctx: Ctx;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: { readonly reason?: string | undefined };
}

/** Changes one list of the configuration in force, and leaves all else as it is. The whole must agree, as if it had been sent. */
export async function changeEntries<List extends EntryList>(
  { ctx, headers, query: { reason } }: EntryChange,
  list: List,
  change: (entries: readonly Entry<List>[]) => readonly Entry<List>[],
): Promise<PutInForce> {
  const from = changedFrom(headers);
  const inForce = await loadConfiguration(ctx.org, tellLeftOut);
  if (inForce.version !== from) throw outdated(from);
  refuseToLose(inForce);
  const entries: readonly Entry<List>[] = inForce.body[list];
  const wanted = wholeOf(
    parseInput(givenConfiguration, { ...inForce.body, [list]: change(entries) }, 'configuration'),
  );
  refuseDearer(wanted, inForce.body, 'configuration');
  return putInForce(ctx, { inForce, from, wanted, why: reason === undefined ? {} : { reason } });
}

/** The entry in place of the one with its id, at its place; a new one at the end; or at the place that is said, if there is one. */
export function withEntry<One extends { readonly id: string }>(
  entries: readonly One[],
  entry: One,
  place?: number,
): readonly One[] {
  const before = entries.findIndex(({ id }) => id === entry.id);
  const others = entries.filter(({ id }) => id !== entry.id);
  if (place !== undefined && place > others.length) throw noPlace(place, others.length);
  return others.toSpliced(place ?? (before < 0 ? others.length : before), 0, entry);
}

const noPlace = (place: number, last: number) =>
  new Refusal(
    'invalid',
    `Got ${place}; allowed is 0 to ${last}, which is behind all others. Leave it out, and a new one is put where it is tried.`,
    'query.place',
  );

/** The entries without the one with this id. */
export function withoutEntry<One extends { readonly id: string }>(
  entries: readonly One[],
  id: string,
): readonly One[] {
  const others = entries.filter((entry) => entry.id !== id);
  if (others.length === entries.length)
    throw new Refusal(
      'not_found',
      `There is no '${id}' in the configuration in force${
        didYouMean(
          id,
          entries.map((one) => one.id),
        ) || '.'
      }`,
      'path.id',
    );
  return others;
}

/** Refuses an entry that is sent to the address of another. */
export function refuseOtherId(id: string, entry: { readonly id: string }): void {
  if (entry.id !== id)
    throw new Refusal(
      'invalid',
      `The address names '${id}', and the body '${entry.id}'; send the same id.`,
      'body.id',
    );
}
