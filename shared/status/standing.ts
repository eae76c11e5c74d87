import type { Instant } from '../kernel/index.ts';
import { type ComponentStatus, type Maintenance, type Update, type Working, workings } from './nouns.ts';
import { all, type PageState } from './state.ts';

/** How something worked from a time on. */
interface Turn {
  readonly at: Instant;
  readonly status: Working;
}

/** How one component worked, as each who said something of it said it: by hand, and each incident. */
export interface Course {
  readonly voices: readonly (readonly Turn[])[];
  readonly maintenance: readonly Maintenance[];
}

const rank = (status: Working): number => workings.indexOf(status);

/** The worse of two. */
export const worse = (a: Working, b: Working): Working => (rank(b) > rank(a) ? b : a);

/** What was said of every component of a page. */
export function courses(state: PageState): (component: string) => Course {
  const updates = Map.groupBy(
    all(state, 'update').filter(({ withdrawnAt }) => withdrawnAt === undefined),
    ({ incident }) => incident,
  );
  const told = [...updates.values()].map((own) => own.toSorted((a, b) => a.number - b.number));
  const marks = Map.groupBy(all(state, 'mark'), ({ component }) => component as string);
  const maintenance = all(state, 'maintenance').filter(({ cancelledAt }) => cancelledAt === undefined);
  return (component) => ({
    voices: [
      (marks.get(component) ?? []).toSorted((a, b) => a.number - b.number),
      ...told.map((own) => turnsOf(own, component)).filter((turns) => turns.length > 0),
    ],
    maintenance: maintenance.filter(({ components }) => components.some((id) => id === component)),
  });
}

/** What the updates of one incident say of one component: nothing, as long as none names it. */
function turnsOf(updates: readonly Update[], component: string): readonly Turn[] {
  const turns = updates.map(({ at, affected }) => ({
    at,
    status: affected.find((one) => one.component === component)?.status ?? ('operational' as const),
  }));
  const first = turns.findIndex(({ status }) => status !== 'operational');
  return first < 0 ? [] : turns.slice(first);
}

/** How a component works at a time, maintenance left aside: the worst that anybody says of it. */
export function workingAt({ voices }: Course, at: Instant): Working {
  return voices
    .map((turns) => turns.findLast((turn) => turn.at <= at)?.status ?? 'operational')
    .reduce(worse, 'operational');
}

/** Whether a maintenance is under way at a time. */
export const isUnderWay = ({ from, until }: Pick<Maintenance, 'from' | 'until'>, at: Instant): boolean =>
  from <= at && at < until;

/** What the page shows of a component: a real outage is not hidden by announced work. */
export function statusAt(course: Course, at: Instant): ComponentStatus {
  const working = workingAt(course, at);
  const isMaintained = course.maintenance.some((one) => isUnderWay(one, at));
  return isMaintained && rank(working) < rank('partial_outage') ? 'under_maintenance' : working;
}
