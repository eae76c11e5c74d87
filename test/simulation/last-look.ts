import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { authorised, httpRequest, parsed } from './requests.ts';
import { settled } from './settled.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** A page of a log as the API gives it. */
const PAGE = 200;

/** Reads every log through the API when all is calm: it has no gap, and the room's visitor has seen the same. */
export async function readLogs(
  world: World,
  goOn: (isWanted: () => boolean) => Promise<void>,
): Promise<void> {
  // A number that nobody wrote is closed by whoever misses it for some seconds, by the clock of who wrote the one after it.
  world.passTo(world.clock + 10_000 + Math.max(0, world.scenario.weather.skew?.by ?? 0));
  const incidents = world.scenario.isRead ? world.watch.books.incidents.values() : [];
  for (const { id, org } of incidents) {
    let log: readonly FactView[] | undefined;
    world.fleet.invoke('Incidents', {
      event: httpRequest(world, {
        ...{ path: `/api/incidents/${id}/facts`, query: { limit: String(PAGE) } },
        authorizer: authorised(org),
      }),
      tenants: new Set([org]),
      ended: (end) => {
        log = (parsed(end)?.body.items as readonly FactView[] | undefined) ?? [];
      },
    });
    await settled();
    await goOn(() => log === undefined);
    compare(world, id, log ?? []);
  }
  if (world.visitor.incident === undefined) return;
  world.visitor.comeBack();
  await goOn(() => world.visitor.due() < Number.POSITIVE_INFINITY || !world.isQuiet());
  visited(world);
}

function compare({ watch: { books } }: World, id: IncidentId, log: readonly FactView[]): void {
  const wrong = log.findIndex(({ seq }, place) => seq !== place + 1);
  if (wrong >= 0)
    throw new Violation(
      'I7',
      `the log of ${id} has a gap`,
      log.map(({ seq }) => seq),
    );
  const stored = books.factsOf(id);
  if (stored.length !== log.length && log.length < PAGE)
    throw new Violation('I7', `the log of ${id} is read up to ${log.length} of ${stored.length}`, stored);
}

function visited({ visitor, watch: { books } }: World): void {
  if (visitor.incident === undefined) return;
  const stored = books.factsOf(visitor.incident).map(({ id }) => id);
  const seen = visitor.seen.map(({ id }) => id);
  if (stored.join() !== seen.join()) throw new Violation('I7', 'a room missed something', { stored, seen });
}
