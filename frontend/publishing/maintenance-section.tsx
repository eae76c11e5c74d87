import { Button } from '@mantine/core';
import { useState } from 'react';
import { Moment } from '../time/moment.tsx';
import { MaintenanceForm } from './maintenance-form.tsx';
import { Removal, type Removed } from './removal.tsx';
import type { Maintenance, Publishing } from './use-status.ts';

export interface MaintenanceSectionProps extends Publishing {
  readonly now: number;
}

/** Work that is announced or under way. */
export function MaintenanceSection({ now, ...publishing }: MaintenanceSectionProps) {
  const { components, maintenance } = publishing.status;
  const [doomed, setDoomed] = useState<Removed>();
  const cancel = ({ id, title, state }: Maintenance) => {
    const isRunning = state === 'in_progress';
    const consequence = isRunning ? 'It ends now.' : 'It leaves the page at once.';
    const verb = isRunning ? 'End' : 'Cancel';
    setDoomed({ name: title, path: `/maintenance/${id}`, verb, consequence });
  };
  return (
    <section className="stack" aria-labelledby="works">
      <h2 id="works">Announced maintenance</h2>
      {maintenance.length === 0 && <p className="soft">No maintenance is announced.</p>}
      {maintenance.length > 0 && (
        <ul className="card lines">
          {maintenance.map((one) => (
            <li key={one.id}>
              <div className="grow">
                <b dir="auto">{one.title}</b>
                <p className="soft">
                  {one.state === 'in_progress' ? 'Under way: ' : ''}
                  <Moment at={one.from} now={now} /> to <Moment at={one.until} now={now} />
                </p>
                <p className="soft" dir="auto">
                  {components
                    .filter(({ id }) => one.components.includes(id))
                    .map(({ name }) => name)
                    .join(', ')}
                </p>
              </div>
              <Button
                variant="default"
                aria-label={`${one.state === 'in_progress' ? 'End' : 'Cancel'} ${one.title}`}
                onClick={() => cancel(one)}
              >
                {one.state === 'in_progress' ? 'End' : 'Cancel'}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <MaintenanceForm {...publishing} />
      {doomed !== undefined && (
        <Removal key={doomed.path} of={doomed} {...publishing} onClose={() => setDoomed(undefined)} />
      )}
    </section>
  );
}
