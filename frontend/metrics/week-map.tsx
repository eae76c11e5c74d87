import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import { type MeasureName, measures } from '../../shared/metrics/measures.ts';
import { type Asked, behindAddress } from './asked.ts';
import { brief } from './length.ts';
import type { Dashboard } from './use-dashboard.ts';

export interface WeekMapProps {
  readonly asked: Asked;
  readonly profile: Dashboard['profile'];
}

type Cell = Extract<Dashboard['profile'], { shown: true }>['cells'][number];

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const hours = [...Array(24).keys()];

/** When in the week incidents are opened, and how long those take. The numbers say it; the colour only helps. */
export function WeekMap({ asked: { measure }, profile }: WeekMapProps) {
  const [what, setWhat] = useState('count');
  const { short } = measures[measure];
  return (
    <section className="card" aria-labelledby="week">
      <h2 id="week">By weekday and hour</h2>
      {profile.shown ? (
        <>
          <SegmentedControl
            aria-label="What the numbers are"
            value={what}
            onChange={setWhat}
            data={[
              { value: 'count', label: 'Incidents' },
              { value: 'median', label: `${short}, median` },
            ]}
          />
          <Week cells={profile.cells} measure={what === 'count' ? undefined : measure} />
        </>
      ) : (
        <p className="soft">Not shown. {profile.why}</p>
      )}
    </section>
  );
}

interface MapProps {
  readonly cells: readonly Cell[];
  /** Absent: how many there are. */
  readonly measure: MeasureName | undefined;
}

function Week({ cells, measure }: MapProps) {
  const value = ({ total, medians }: Cell) => (measure === undefined ? total : medians[measure]);
  const most = Math.max(...cells.map((cell) => value(cell) ?? 0), 1);
  return (
    <div className="sideways">
      <table className="week">
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">Weekday</span>
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, weekday) => (
            <tr key={day}>
              <th scope="row">
                <abbr title={day}>{day.slice(0, 3)}</abbr>
              </th>
              {hours.map((hour) => {
                const cell = cells.find((one) => one.weekday === weekday && one.hour === hour);
                return <Hour key={hour} {...{ cell, measure, most, day }} value={cell && value(cell)} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HourProps {
  readonly cell: Cell | undefined;
  readonly value: number | undefined;
  readonly most: number;
  readonly measure: MeasureName | undefined;
  readonly day: string;
}

function Hour({ cell, value, most, measure, day }: HourProps) {
  if (cell === undefined) return <td />;
  const words = `${day}, ${cell.hour}:00 to ${cell.hour + 1}:00: ${cell.total} opened`;
  const title =
    measure === undefined || value === undefined
      ? words
      : `${words}, ${measures[measure].short} ${lasting(value)}`;
  return (
    <td className={`heat-${value === undefined ? 0 : Math.ceil((value / most) * 5)}`}>
      <Link to={behindAddress(cell.incidents)} title={title} aria-label={title}>
        {value === undefined ? '–' : measure === undefined ? value : brief(value)}
      </Link>
    </td>
  );
}
