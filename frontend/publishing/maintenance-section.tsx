import { Button } from '@mantine/core';
import { useState } from 'react';
import { Moment } from '../time/moment.tsx';
import { MaintenanceEdit } from './maintenance-edit.tsx';
import { MaintenanceForm } from './maintenance-form.tsx';
import { Removal, type Removed } from './removal.tsx';
import type { Maintenance, Publishing } from './use-status.ts';

export interface MaintenanceSectionProps extends Publishing {
  readonly now: number;
}

/** Work that is announced or under way. */
export function MaintenanceSection({ now, ...publishing }: MaintenanceSectionProps) {
  const { maintenance } = publishing.status;
  const [doomed, setDoomed] = useState<Removed>();
  return (
    <section className="stack" aria-labelledby="works">
      <h2 id="works">Announced maintenance</h2>
      {maintenance.length === 0 && <p className="soft">No maintenance is announced.</p>}
      {maintenance.length > 0 && (
        <ul className="card lines">
          {maintenance.map((one) => (
            <Row key={one.id} maintenance={one} now={now} onEnd={setDoomed} {...publishing} />
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

interface RowProps extends MaintenanceSectionProps {
  readonly maintenance: Maintenance;
  onEnd(removed: Removed): void;
}

function Row({ maintenance, now, onEnd, ...publishing }: RowProps) {
  const { title } = maintenance;
  const [isEditing, setEditing] = useState(false);
  const removed = endOf(maintenance);
  return (
    <li>
      <About {...{ maintenance, now, ...publishing }} />
      <Button
        variant="default"
        aria-expanded={isEditing}
        aria-label={`Change ${title}`}
        onClick={() => setEditing(!isEditing)}
      >
        Change
      </Button>
      <Button variant="default" aria-label={`${removed.verb} ${title}`} onClick={() => onEnd(removed)}>
        {removed.verb}
      </Button>
      <MaintenanceEdit
        maintenance={maintenance}
        isOpen={isEditing}
        onClose={() => setEditing(false)}
        {...publishing}
      />
    </li>
  );
}

/** What is under way is complete when it ends; what has not begun leaves the page. */
function endOf({ id, title, state }: Maintenance): Removed {
  const isRunning = state === 'in_progress';
  return {
    name: title,
    path: `/maintenance/${id}`,
    verb: isRunning ? 'End' : 'Cancel',
    consequence: isRunning
      ? 'It is complete from now on, and its components work as they did before.'
      : 'It leaves the page at once.',
  };
}

function About({ maintenance, now, ...publishing }: Omit<RowProps, 'onEnd'>) {
  const { title, from, until, state, internal } = maintenance;
  return (
    <div className="grow">
      <b dir="auto">{title}</b>
      <p className="soft">
        {state === 'in_progress' && 'Under way: '}
        <Moment at={from} now={now} /> to <Moment at={until} now={now} />
        {internal && '. For members only'}
      </p>
      <p className="soft" dir="auto">
        {namesOf(maintenance, publishing)}
      </p>
    </div>
  );
}

const namesOf = ({ components }: Maintenance, { status }: Pick<Publishing, 'status'>): string =>
  status.components
    .filter(({ id }) => components.includes(id))
    .map(({ name }) => name)
    .join(', ');
