import { isOpen } from '../../../shared/incidents/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

/** Two incidents for one outage would page twice. */
export const oneOpen: Invariant = {
  name: 'one open incident',
  settled(changes, { books }) {
    if (!changes.some(({ after }) => after?.kind === 'incident' || after?.kind === 'guard')) return;
    const open = new Map<string, string>();
    for (const incident of books.incidents.values()) {
      if (!isOpen(incident) || incident.correlation === undefined) continue;
      const key = `O#${incident.org}#K#${incident.correlation.hash}`;
      const other = open.get(key);
      if (other !== undefined)
        throw new Violation(this.name, 'two incidents of one key are open', [other, incident]);
      open.set(key, incident.id);
      const window = books.guards.get(key)?.windows.find(({ to }) => to === undefined);
      if (incident.deletedAt === undefined && window?.incident !== incident.id)
        throw new Violation(this.name, 'an open incident is not the open window of its key', {
          incident,
          window,
        });
    }
  },
};
