import type { ApiClient } from './api-client.ts';

interface Seen {
  readonly name: string;
  readonly id: string;
  readonly state: string;
  readonly severity: string;
  readonly title: string;
}

/** What becomes of the incidents from now on. */
export interface Changes {
  /** What is new since the last look, in words. */
  look(): Promise<readonly string[]>;
  /** How many incidents are new or changed since the beginning. */
  count(): number;
  /** The incidents that changed since the beginning and are not resolved, by name. */
  open(): readonly string[];
}

/** Begins to watch the incidents of the organisation; what was there before is news only when it changes. */
export async function watchIncidents(call: ApiClient): Promise<Changes> {
  const known = new Map<string, Seen>();
  const changed = new Set<string>();
  for (const incident of await newest(call)) known.set(incident.id, incident);
  const joined = await watchJoins(call, [...known.values()]);
  return {
    async look() {
      const found = new Map((await newest(call)).map((incident) => [incident.id, incident]));
      for (const id of changed) if (!found.has(id)) found.set(id, await one(call, id));
      const news = [...found.values()].filter((incident) => !isSame(known.get(incident.id), incident));
      const joins = (await joined()).map((incident) => {
        changed.add(incident.id);
        return `${incident.name} joined, which was open already: ${incident.title}`;
      });
      const others = news.map((incident) => {
        const { id, name, state, severity, title } = incident;
        const verb = known.has(id) ? 'is now' : 'opened:';
        known.set(id, incident);
        changed.add(id);
        return `${name} ${verb} ${state}, ${severity}, ${title}`;
      });
      return [...joins, ...others];
    },
    count: () => changed.size,
    open: () =>
      [...changed].flatMap((id) => {
        const incident = known.get(id);
        return incident === undefined || incident.state === 'resolved' ? [] : [incident.name];
      }),
  };
}

/** Watches the logs of incidents that are open now: gives those, each once, that an alert has joined since. */
async function watchJoins(call: ApiClient, all: readonly Seen[]): Promise<() => Promise<readonly Seen[]>> {
  const open = all.filter(({ state }) => state !== 'resolved');
  const ends = new Map<Seen, number>();
  for (const incident of open) {
    let page = { items: [] as readonly unknown[], last: 0 };
    do page = await log(call, incident, page.last);
    while (page.items.length > 0);
    ends.set(incident, page.last);
  }
  return async () => {
    const joined: Seen[] = [];
    for (const [incident, end] of ends) {
      const { items, last } = await log(call, incident, end);
      ends.set(incident, last);
      if (items.some(({ type }) => type === 'alerts.changed')) joined.push(incident);
    }
    for (const incident of joined) ends.delete(incident);
    return joined;
  };
}

async function log(call: ApiClient, { id }: Seen, after: number) {
  const { body } = await call('GET', `/api/incidents/${id}/facts?limit=200&after=${after}`);
  return body as unknown as { readonly items: readonly { readonly type: string }[]; readonly last: number };
}

async function newest(call: ApiClient): Promise<readonly Seen[]> {
  return (await call('GET', '/api/incidents?limit=50')).body.items as readonly Seen[];
}

async function one(call: ApiClient, id: string): Promise<Seen> {
  return (await call('GET', `/api/incidents/${id}`)).body as unknown as Seen;
}

const isSame = (before: Seen | undefined, { state, severity }: Seen): boolean =>
  before?.state === state && before.severity === severity;
