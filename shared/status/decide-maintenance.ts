import { DAY, type Instant, isSame, Refusal } from '../kernel/index.ts';
import type { PageCommand } from './commands.ts';
import { checkComponents } from './decide-components.ts';
import { fact, missing, patched } from './drafting.ts';
import type { NewPageFact } from './facts.ts';
import type { Maintenance } from './nouns.ts';
import { one, type PageState } from './state.ts';

type Command<Do extends PageCommand['do']> = Extract<PageCommand, { do: Do }>;

/** The longest that one maintenance may last. */
const LONGEST = 30 * DAY;

/** Announces maintenance; it begins and ends by itself. */
export function schedule(
  state: PageState,
  { id, maintenance }: Command<'schedule'>,
  now: Instant,
): readonly NewPageFact[] {
  if (one(state, 'maintenance', id)) return [];
  checkTimes(maintenance);
  checkComponents(state, maintenance.components);
  if (maintenance.until <= now)
    throw new Refusal(
      'invalid',
      'This maintenance would be over already; its end lies in the past.',
      'body.until',
    );
  return changed({ ...maintenance, id, createdAt: now, updatedAt: now }, now);
}

/** Changes announced maintenance. */
export function changeMaintenance(
  state: PageState,
  { id, change }: Command<'change-maintenance'>,
  now: Instant,
): readonly NewPageFact[] {
  const before = maintenanceOf(state, id);
  const is = patched(before, change);
  if (isSame(is, before)) return [];
  if (before.until <= now) throw over();
  checkTimes(is);
  if (is.until <= now)
    throw new Refusal('invalid', 'Its new end lies in the past; to end it now, cancel it.', 'body.until');
  if (change.components) checkComponents(state, change.components);
  return changed({ ...is, updatedAt: now }, now);
}

/** Cancels what has not begun, or ends what is under way. */
export function cancel(
  state: PageState,
  { id }: Command<'cancel-maintenance'>,
  now: Instant,
): readonly NewPageFact[] {
  const before = maintenanceOf(state, id);
  if (before.until <= now) throw over();
  const end = before.from < now ? { until: now } : { cancelledAt: now };
  return changed({ ...before, ...end, updatedAt: now }, now);
}

const over = () => new Refusal('conflict', 'This maintenance is over; what was told of it stays.', 'path.id');

const changed = (is: Maintenance, now: Instant): readonly NewPageFact[] =>
  fact('maintenance.changed', now, { kind: 'maintenance', id: is.id, is });

function maintenanceOf(state: PageState, id: string): Maintenance {
  const found = one(state, 'maintenance', id);
  if (!found || found.cancelledAt !== undefined) throw missing('maintenance', id);
  return found;
}

function checkTimes({ from, until }: Pick<Maintenance, 'from' | 'until'>): void {
  if (until <= from)
    throw new Refusal('invalid', 'The end of a maintenance lies after its beginning.', 'body.until');
  if (until - from > LONGEST)
    throw new Refusal(
      'invalid',
      'A maintenance lasts at most 30 days; announce a longer one in parts.',
      'body.until',
    );
}
