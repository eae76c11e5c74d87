import type { Api } from '../api/use-api.ts';
import { Moment } from '../time/moment.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { OverrideForm, type OverrideFormProps } from './override-form.tsx';
import { OverrideList } from './override-list.tsx';
import { ScheduleStrip } from './schedule-strip.tsx';
import { ScheduleTurns } from './schedule-turns.tsx';
import type { OnCallNow } from './use-on-call.ts';
import { useOverrides, useSchedule } from './use-schedule.ts';

export type ScheduleNow = OnCallNow['schedules'][number];

export interface ScheduleCardProps {
  readonly api: Api;
  readonly schedule: ScheduleNow;
  /** Who can take over. */
  readonly people: OverrideFormProps['people'];
  readonly mayWrite: boolean;
  readonly now: number;
  /** Somebody takes over, or does not any more. */
  onChanged(): void;
}

/** One schedule: who is on call now, its next two weeks, and who takes over. */
export function ScheduleCard({ api, schedule, people, mayWrite, now, onChanged }: ScheduleCardProps) {
  const { id, name, timeZone } = schedule;
  const { value, problem, refresh } = useSchedule(api, id);
  const overrides = useOverrides(api, id, () => {
    refresh();
    onChanged();
  });
  const head = `schedule-${id}`;
  return (
    <section className="card schedule" aria-labelledby={head}>
      <h2 id={head}>
        {name} <span className="soft usual">{timeZone}</span>
      </h2>
      <Now schedule={schedule} now={now} />
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      {value === undefined && problem === undefined && <Waiting what="the schedule" />}
      {value !== undefined && (
        <>
          <ScheduleStrip schedule={value.schedule} />
          <ScheduleTurns spans={value.schedule.spans} />
          <OverrideList items={value.overrides} overrides={mayWrite ? overrides : undefined} now={now} />
          {mayWrite && <OverrideForm people={people} turns={value.schedule.people} overrides={overrides} />}
        </>
      )}
    </section>
  );
}

function Now({ schedule, now }: Pick<ScheduleCardProps, 'schedule' | 'now'>) {
  const { person, override, until, next } = schedule;
  return (
    <dl className="turns">
      <dt>Now</dt>
      <dd>
        {person === undefined ? (
          <strong className="alarm">Nobody</strong>
        ) : (
          <>
            <strong>{person.name}</strong>
            {override !== undefined && <span className="soft"> has taken over</span>}
          </>
        )}
        {until !== undefined && (
          <span className="soft">
            {' '}
            until <Moment at={until} now={now} />
          </span>
        )}
      </dd>
      {next !== undefined && (
        <>
          <dt>Next</dt>
          <dd>{next.person?.name ?? <strong className="alarm">Nobody</strong>}</dd>
        </>
      )}
    </dl>
  );
}
